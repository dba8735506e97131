"""`yingbao targets remove|add|cancel|move|membership`: the county's list after its baseline (Q2, 1.7)."""

from datetime import date
from typing import Annotated

import typer

from deployments.cli import target_words
from deployments.cli.options import AsJson, AsOf, By, CampaignKey, Reason, day_or_today, parse_day
from deployments.cli.output import say, show
from models.clock import today
from models.rules.county_words import county_code
from models.rules.membership import check_day
from tasks.campaigns import open_campaign
from tasks.membership import add, cancel, membership_table, move, remove

Employer = Annotated[str, typer.Argument(help="单位编号、统一社会信用代码或完整名称")]
RemovalReason = Annotated[
    str,
    typer.Option(
        "--reason",
        help="原因代码或名称：deregistered 注销、no_hazard 无危害、stopped 停产>6月、duplicate 重复、"
        "elsewhere 非本辖区、other 其他（须写 --note）；以行动文件为准",
    ),
]
AdditionReason = Annotated[
    str,
    typer.Option(
        "--reason",
        help="原因代码或名称：found 补充发现、moved_in 划入、revoked 撤销后未申报、corrected 信息更正后纳入；以行动文件为准",
    ),
]
Note = Annotated[str | None, typer.Option("--note", help="情况说明")]
On = Annotated[
    date | None, typer.Option("--on", parser=parse_day, metavar="日期", help="从哪一天起，默认今天")
]
To = Annotated[str, typer.Option("--to", help="划入哪个县（区）")]
Into = Annotated[str | None, typer.Option("--county", help="新增到哪个县（区），默认单位所在县（区）")]


def _day(on: date | None) -> date:
    day = day_or_today(on)
    check_day(day, today())
    return day


def table(
    campaign: CampaignKey,
    as_of: AsOf = None,
    county: Annotated[str | None, typer.Option("--county", help="只看一个县（区）")] = None,
    as_json: AsJson = False,
) -> None:
    """扩面目标 N = B + A − X 和进度；基线冻结以前为 —。"""
    opened, day = open_campaign(campaign), day_or_today(as_of)
    code = None if county is None else county_code(opened, county) or opened.city.code
    rows = [target_words.membership_row(one) for one in membership_table(opened, day, code)]
    show(rows, columns=target_words.CHANGES, as_json=as_json, title=f"扩面目标，截至 {day}")


def remove_unit(
    employer: Employer,
    reason: RemovalReason,
    campaign: CampaignKey,
    by: By,
    note: Note = None,
    on: On = None,
    as_json: AsJson = False,
) -> None:
    """核销：基线之后从扩面目标里移出，必须有原因代码。"""
    day = _day(on)
    unit = remove(open_campaign(campaign), employer, reason=reason, note=note, by=by, on=day)
    say(f"单位 {unit} 自 {day} 起核销。", as_json=as_json, employer_id=unit, on=day)


def add_unit(
    employer: Employer,
    reason: AdditionReason,
    campaign: CampaignKey,
    by: By,
    county: Into = None,
    note: Note = None,
    on: On = None,
    as_json: AsJson = False,
) -> None:
    """新增：基线之后补进扩面目标，必须有原因代码。"""
    opened, day = open_campaign(campaign), _day(on)
    code = None if county is None else county_code(opened, county) or opened.city.code
    unit = add(opened, employer, county=code, reason=reason, note=note, by=by, on=day)
    say(f"单位 {unit} 自 {day} 起新增。", as_json=as_json, employer_id=unit, on=day)


def cancel_unit(
    employer: Employer,
    reason: Reason,
    campaign: CampaignKey,
    by: By,
    on: On = None,
    as_json: AsJson = False,
) -> None:
    """撤回核销（如复产）或误加的新增；恢复不算新增。"""
    day = _day(on)
    unit = cancel(open_campaign(campaign), employer, reason=reason, by=by, on=day)
    say(f"单位 {unit} 的变动自 {day} 起撤回。", as_json=as_json, employer_id=unit, on=day)


def move_unit(
    employer: Employer,
    to: To,
    campaign: CampaignKey,
    by: By,
    note: Note = None,
    on: On = None,
    as_json: AsJson = False,
) -> None:
    """划转：原县（区）核销（非本辖区），接收县（区）新增，同一天生效，全市合计不变。"""
    opened, day = open_campaign(campaign), _day(on)
    code = county_code(opened, to) or opened.city.code
    unit = move(opened, employer, to=code, note=note, by=by, on=day)
    say(f"单位 {unit} 自 {day} 起划转。", as_json=as_json, employer_id=unit, to=code, on=day)
