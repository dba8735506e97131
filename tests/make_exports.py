"""The platform's export as a workbook, from documents of the form: one list with the columns of
declaration_form_fields.csv, and sheets of details that name the declaration's number."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from models.form.form import Form
from models.form.hazards import TITLES, HazardClass
from models.form.items import items
from models.form.tables import SINGLE
from models.reference import city_counties
from models.reference.words import industry_text

LATER_COLUMNS = {"products.secret", "monitoring.done", "monitoring.agency", "monitoring.report_nos"}
LATER_COLUMNS |= {"surveillance.done", "surveillance.agency", "surveillance.report_nos"}
Line = dict[str, Any]


def main_row(number: str, form: Form, **columns: Any) -> Line:
    """`columns`: 状态, 申报日期, 审核日期 and whatever else is to be said of this row."""
    row: Line = {"申报编号": number}
    for item in SINGLE:
        if item.path.startswith("basics.") or item.path in (
            "type",
            "year",
            "reason",
            "event_on",
            *LATER_COLUMNS,
        ):
            row[item.title] = _shown(item.path, _at(form, item.path))
    for kind in HazardClass:
        exposure = getattr(form.hazards, kind) if form.hazards else None
        row[f"{TITLES[kind]} 有/无"] = _yes(exposure.present if exposure else None, "有", "无")
        row[f"{TITLES[kind]} 接触总人数"] = exposure.exposed if exposure else None
    return row | {"状态": "已审核", "申报日期": "2024-09-02", "审核日期": "2024-09-04"} | columns


def details(number: str, form: Form) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {"主要产品": [], "危害因素": [], "检测": [], "体检": []}
    for product in form.products.rows if form.products else ():
        found["主要产品"].append(
            {"产品名称": product.name, "年产量": product.output, "计量单位": product.unit}
        )
    for kind, exposure in form.hazards.classes() if form.hazards else ():
        for factor in exposure.factors:
            line = {"危害因素种类": TITLES[kind], "危害因素名称": factor.name, "接触人数": factor.exposed}
            found["危害因素"].append(line)
    for points in form.monitoring.rows if form.monitoring else ():
        line = {"检测对象": points.of, "检测点数": points.measured, "超标点数": points.exceeding}
        found["检测"].append(line)
    for one in form.surveillance.rows if form.surveillance else ():
        own = {items()[f"surveillance.rows.{name}"].title: value for name, value in one.model_dump().items()}
        found["体检"].append(own | {"危害因素种类": TITLES[one.of] if one.of else None})
    return {sheet: [{"申报编号": number} | line for line in lines] for sheet, lines in found.items()}


def write_export(
    path: Path, rows: Sequence[Line], further: Iterable[Mapping[str, Sequence[Line]]] = ()
) -> Path:
    sheets: dict[str, list[Line]] = {"申报信息": list(rows)}
    for one in further:
        for name, lines in one.items():
            sheets.setdefault(name, []).extend(lines)
    with xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_formulas": False}) as book:
        for name, lines in sheets.items():
            page = book.add_worksheet(name)
            heads = list(dict.fromkeys(head for line in lines for head in line))
            page.write_row(0, 0, heads)
            for at, line in enumerate(lines, start=1):
                for column, head in enumerate(heads):
                    value = line.get(head)
                    if isinstance(value, int):
                        page.write_number(at, column, value)
                    elif value is not None:
                        page.write_string(at, column, str(value))
    return path


def _at(form: Form, path: str) -> Any:
    at: Any = form
    for step in path.split("."):
        at = None if at is None else getattr(at, step)
    return at


def _shown(path: str, value: Any) -> Any:
    if isinstance(value, bool):
        return _yes(value, *items()[path].choices)
    if path == "basics.county":
        names = dict(city_counties().select("code", "name").iter_rows())
        return f"广西壮族自治区/柳州市/{names.get(value, value)}" if value else None
    if path == "basics.industry" and value:
        return industry_text(value)
    return value


def _yes(value: bool | None, true: str, false: str) -> str | None:
    return None if value is None else true if value else false
