"""A filled-in form, wherever its columns went: which kind it is, and its rows as cells under our names."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from models.errors import InputRefused
from models.rules.fieldwork_forms import CODE, FORMS, UNIT_HEADINGS, Form
from models.rules.fieldwork_rows import is_blank
from models.rules.headers import Header, normal_heading
from notices.workbook import META
from tasks.cell_faults import LONGEST_EXACT_NUMBER
from tasks.own_sheets import meta_of, meta_plan
from tasks.reading.limits import Limits
from tasks.reading.rows import filled
from tasks.reading.table import Body, Grid, Plan
from tasks.reading.tables import bodies

NO_FORM, OTHER_CAMPAIGN = "E1571", "E1590"
Cells = dict[str, str | None]


@dataclass
class FilledForm:
    form: Form
    rows: dict[int, Cells] = field(default_factory=dict)


def headings_of(form: Form) -> dict[str, str]:
    """Our name → heading."""
    own = {one.key: one.title for one in form.fields}
    return own if not form.units else UNIT_HEADINGS | own


def read_form(path: Path, campaign: str) -> FilledForm:
    """Raises InputRefused where the file is none of the forms, or of another campaign."""
    found: list[tuple[Form, Body]] = []
    meta: dict[str, str] = {}

    def choose(grid: Grid) -> Plan | None:
        if grid.sheet == META:
            return meta_plan(grid)
        planned = _planned(path.name, grid)
        return planned[1] if planned else None

    for body in bodies(path, Limits(), choose, also=(META,)):
        if body.grid.sheet == META:
            meta = meta_of(body)
        else:
            planned = _planned(path.name, body.grid)
            assert planned is not None
            found.append((planned[0], body))
    return _joined(path.name, found, meta, campaign)


def _joined(file: str, found: list[tuple[Form, Body]], meta: Mapping[str, str], campaign: str) -> FilledForm:
    kinds = {form.work: form for form, _ in found}
    if len(kinds) != 1:
        told = f"有 {len(kinds)} 种表，请分开" if kinds else "没有一张现场工作的登记表"
        raise InputRefused(NO_FORM, f"“{file}”里{told}；空表用 yingbao fieldwork template 取。")
    if meta.get("campaign", campaign) != campaign:
        raise InputRefused(OTHER_CAMPAIGN, f"“{file}”是另一个行动（{meta['campaign']}）的登记表。")
    result = FilledForm(next(iter(kinds.values())))
    for form, body in found:
        result.rows |= _rows(form, body)
    if county := meta.get("county"):
        _at_home(result, county)
    return result


def _at_home(filled_in: FilledForm, county: str) -> None:
    """A county's own sheet need not name the county in every line."""
    form = filled_in.form
    if not any(one.key == "county" for one in form.fields):
        return
    for cells in filled_in.rows.values():
        if not cells["county"] and not is_blank(form, cells):
            cells["county"] = county


def _planned(file: str, grid: Grid) -> tuple[Form, Plan] | None:
    """The form whose needed headings stand together in one line."""
    for at, line in enumerate(grid.head):
        said = [normal_heading(cell) for cell in line]
        for form in FORMS.values():
            ours = {normal_heading(heading): name for name, heading in headings_of(form).items()}
            if not {normal_heading(one.title) for one in form.needed} <= set(said):
                continue
            names = tuple(ours.get(heading, "") for heading in said)
            if twice := next((name for name in names if name and names.count(name) > 1), None):
                heading = headings_of(form)[twice]
                raise InputRefused(NO_FORM, f"“{file}”的“{grid.sheet}”里有几列都叫“{heading}”，请只留一列。")
            columns = [column for column, name in enumerate(names) if name]
            codes = [column for column in columns if names[column] == "code"]
            return form, Plan(Header(at, at, names, (None,) * len(names)), columns, codes)
    return None


def _rows(form: Form, body: Body) -> dict[int, Cells]:
    header = body.plan.header
    below = body.frame.filter(pl.col("row_no") > header.last + 1)
    below = below.with_columns(filled(column) for column in body.plan.columns)
    empty: Cells = dict.fromkeys(headings_of(form))
    found: dict[int, Cells] = {}
    for line in below.iter_rows(named=True):
        cells = {header.headings[column]: line[f"c{column}"] for column in body.plan.columns}
        for column in body.plan.codes:
            if line.get(f"n{column}") and len(cells["code"] or "") > LONGEST_EXACT_NUMBER:
                cells["code"] = f"{CODE}按数字保存，末位已丢失"
        if any(cells.values()):
            found[line["row_no"]] = empty | cells
    return found
