"""The form of a kind of field work for one county, its undeclared units written in."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from models.campaign import Campaign
from models.database import session
from models.fieldwork import RUNGS, Rung, Work
from models.queries.undeclared_work import undeclared_units
from models.reference.words import town_name
from models.rules.fieldwork_forms import CODE, FORMS, NAME, UNIT, Field, Form, Sort
from models.rules.offices import office_names
from notices.workbook import Column, Cover, Sheet, write_workbook
from tasks.targets import see_targets

SPARE = 200
# a check is of a unit that has declared: which ones are looked at is the inspectors' choice
LISTS_UNITS = frozenset([Work.TRAINING, Work.GUIDANCE, Work.VISIT, Work.REASON, Work.ESCALATE])
ASSIGNED = ("assigned_on", "agency", "assignee", "programme", "due_on", "note")


def write_template(campaign: Campaign, work: Work, county: str, as_of: date, out: Path) -> Path:
    form = FORMS[work]
    rows = []
    if work in LISTS_UNITS:
        with session() as db:
            see_targets(db, campaign, as_of)
            rows = [_row(work, unit) for unit in undeclared_units(db, campaign, as_of, county=county)]
    name = office_names(campaign)[county]
    facts: list[tuple[str, str | int]] = [("行动", campaign.name), ("县（区）", name)]
    facts += [("截至", as_of.isoformat()), ("列出的未申报单位", len(rows))]
    cover = Cover(f"{name}{form.title}登记表", facts, _steps(form))
    sheet = Sheet(form.title, _columns(form, campaign), rows, spare=SPARE)
    meta = {"kind": f"fieldwork-{work}", "campaign": campaign.key, "county": county}
    return write_workbook(out / f"{name}_{form.title}登记表.xlsx", cover, [sheet], meta)


def _columns(form: Form, campaign: Campaign) -> list[Column]:
    columns = []
    if form.units:
        columns = [
            Column("unit", UNIT, 10, hidden=True),
            Column("name", NAME, 30, answer=True, wrap=True),
            Column("code", CODE, 21, answer=True),
            Column("town", "乡镇（街道）", 12),
            Column("address", "地址", 26, wrap=True),
            Column("now", "现状", 22, wrap=True),
        ]
    return columns + [_column(one, campaign) for one in form.fields]


def _column(one: Field, campaign: Campaign) -> Column:
    choices = one.choices if one.sort is Sort.CHOICE else ()
    if one.sort is Sort.COUNTY:
        choices = tuple(county.name for county in campaign.counties)
    day = one.sort in (Sort.DAY, Sort.COMING_DAY)
    return Column(
        one.key, one.title, one.width, answer=True, choices=choices, day=day, prompt=one.prompt, wrap=True
    )


def _row(work: Work, unit: Mapping[str, Any]) -> dict[str, Any]:
    row = {"unit": str(unit["employer_id"]), "name": unit["name"], "code": unit["credit_code"]}
    row |= {"town": town_name(unit["town"]), "address": unit["address"]}
    told = [RUNGS[Rung(unit["rung"])] if unit["rung"] else "", unit["reason"] or ""]
    if unit["assigned_on"]:
        told.append(f"{unit['agency']}（{unit['assignee']}）指导")
    row["now"] = "；".join(filter(None, told)) or None
    if work is Work.GUIDANCE and unit["assigned_on"]:
        row |= {name: unit[name] for name in ASSIGNED}
    return row


def _steps(form: Form) -> list[str]:
    needed = "、".join(f"“{one.title}”" for one in form.needed)
    steps = ["填写方法：", f"1. 每行登记一项，必填：{needed}；浅黄色各列由填表单位填写。"]
    if form.units:
        steps.append(
            "2. 列出的是未申报单位；没有内容的行留空，不作处理。表里没有的单位写在下面，写明名称或代码。"
        )
    if form.work is Work.GUIDANCE:
        steps.append("3. 已指派未办结的已经写上；办结时填“办结日期”“办理结果”，其他各列不动。")
    if form.work is Work.ESCALATE:
        steps.append(
            f"3. 措施依次为{' → '.join(RUNGS.values())}；越级写明理由；移送由人决定，写明决定人和理由。"
        )
    return [
        *steps,
        f"{len(steps)}. 填好后用 yingbao fieldwork import 文件名 --by 姓名 导入，逐行答复；可以重复导入。",
    ]
