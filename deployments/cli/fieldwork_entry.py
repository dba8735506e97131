"""`yingbao fieldwork training|guidance|visit|check|publicity|reason|escalate`: one act by hand."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from deployments.cli.options import AsJson, AsOf, By, CampaignKey, day_or_today
from deployments.cli.output import say
from models.clock import today
from models.errors import UsageTrouble
from models.fieldwork import Work
from models.rules.fieldwork_forms import FORMS
from models.rules.membership import check_day
from tasks.campaigns import open_campaign
from tasks.fieldwork.entering import enter

Employer = Annotated[str, typer.Argument(help="单位编号、统一社会信用代码或完整名称")]
On = Annotated[str | None, typer.Option("--on", metavar="日期", help="哪一天的事，默认登记日")]
Note = Annotated[str | None, typer.Option("--note", help="说明")]
Programme = Annotated[str, typer.Option("--programme", help="专项治理、监测、帮扶、三同时、其他服务")]
Agency = Annotated[str, typer.Option("--agency", help="疾控中心、卫生监督机构、技术支撑机构")]
CountyName = Annotated[str, typer.Option("--county", help="哪个县（区）或柳州市，名称或代码")]


def add_to(app: typer.Typer) -> None:
    for work, command in COMMANDS.items():
        app.command(str(work))(command)


def training(
    county: CountyName,
    place: Annotated[str, typer.Option("--place", help="地点")],
    topics: Annotated[
        str,
        typer.Option("--topics", help="申报程序、企业行业类型、劳动者人数、因素辨识，几项用“、”；或写 全部"),
    ],
    campaign: CampaignKey,
    by: By,
    employer: Annotated[str | None, typer.Argument(help="受邀或到场的单位；不写只登记这一期培训")] = None,
    invited: Annotated[bool, typer.Option("--invited", help="只是受邀，还没有到场")] = False,
    on: On = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """登记一期专题培训，或一个单位受邀、到场。"""
    part = ("受邀" if invited else "到场") if employer else None
    cells = {"done_on": on, "county": county, "place": place, "topics": topics, "part": part}
    _enter(Work.TRAINING, employer, cells, "done_on", campaign, by, as_of, as_json)


def guidance(
    employer: Employer,
    campaign: CampaignKey,
    by: By,
    agency: Annotated[
        str | None, typer.Option("--agency", help="疾控中心、卫生监督机构、技术支撑机构")
    ] = None,
    assignee: Annotated[str | None, typer.Option("--to", help="指派给谁")] = None,
    due: Annotated[str | None, typer.Option("--due", metavar="日期", help="指导期限")] = None,
    programme: Annotated[
        str | None, typer.Option("--programme", help="专项治理、监测、帮扶、三同时、其他服务")
    ] = None,
    close: Annotated[
        str | None,
        typer.Option(
            "--close",
            help="办结未办结的指派：已申报、已提交待审核、仍未申报、停业或注销、失联、无危害因素、其他",
        ),
    ] = None,
    on: On = None,
    note: Note = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """指派指导，或用 --close 办结；一个单位同时只有一个未办结的指派。"""
    cells: dict[str, str | None]
    if close:
        if agency or assignee or due or programme:
            raise UsageTrouble(
                "E1041", "--close 只办结已有的指派，不要再写 --agency、--to、--due、--programme。"
            )
        cells = {"closed_on": on, "result": close}
        _enter(Work.GUIDANCE, employer, cells, "closed_on", campaign, by, as_of, as_json)
        return
    cells = {"assigned_on": on, "agency": agency, "assignee": assignee, "due_on": due}
    cells |= {"programme": programme, "note": note}
    _enter(Work.GUIDANCE, employer, cells, "assigned_on", campaign, by, as_of, as_json)


def visit(
    employer: Employer,
    programme: Programme,
    agency: Agency,
    visitor: Annotated[str, typer.Option("--visitor", help="谁去的")],
    campaign: CampaignKey,
    by: By,
    on: On = None,
    note: Note = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """登记一次入户指导。"""
    cells = {"done_on": on, "programme": programme, "agency": agency, "visitor": visitor, "note": note}
    _enter(Work.VISIT, employer, cells, "done_on", campaign, by, as_of, as_json)


def check(
    employer: Employer,
    occasion: Annotated[str, typer.Option("--occasion", help="分类监督执法、双随机检查、其他检查")],
    inspector: Annotated[str, typer.Option("--inspector", help="谁检查的")],
    campaign: CampaignKey,
    by: By,
    industry: Annotated[str | None, typer.Option("--industry", help="实际行业，代码或名称")] = None,
    headcount: Annotated[str | None, typer.Option("--headcount", help="实际劳动者人数")] = None,
    hazards: Annotated[
        str | None, typer.Option("--hazards", help="实际危害因素，几项用“；”；没有的写 无")
    ] = None,
    on: On = None,
    note: Note = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """登记执法检查时对申报信息的核对，逐项比对；没有核对的项目不写。"""
    cells = {"done_on": on, "occasion": occasion, "inspector": inspector, "industry": industry}
    cells |= {"headcount": headcount, "hazards": hazards, "note": note}
    _enter(Work.CHECK, employer, cells, "done_on", campaign, by, as_of, as_json)


def publicity(
    kind: Annotated[
        str,
        typer.Argument(help="宣传周、安康杯、健康企业、五进、公众号、网站、电视、移动终端、其他"),
    ],
    title: Annotated[str, typer.Argument(help="内容，如 进工地宣讲")],
    county: CountyName,
    campaign: CampaignKey,
    by: By,
    evidence: Annotated[Path | None, typer.Option("--evidence", help="佐证文件，按校验码留存")] = None,
    on: On = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """登记一次宣传活动。"""
    cells = {"done_on": on, "county": county, "kind": kind, "title": title}
    cells["evidence"] = evidence.name if evidence else None
    folder = evidence.parent if evidence else Path()
    _enter(Work.PUBLICITY, None, cells, "done_on", campaign, by, as_of, as_json, folder=folder)


def reason(
    employer: Employer,
    why: Annotated[str, typer.Argument(help="拒报、不会报、账号问题、失联、无危害争议、其他（须写 --note）")],
    campaign: CampaignKey,
    by: By,
    on: On = None,
    note: Note = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """登记为什么没有申报；最新的有效。"""
    cells = {"effective_on": on, "reason": why, "note": note}
    _enter(Work.REASON, employer, cells, "effective_on", campaign, by, as_of, as_json)


def escalate(
    employer: Employer,
    rung: Annotated[str, typer.Argument(help="告知、培训/宣讲、入户指导、移送监督执法")],
    campaign: CampaignKey,
    by: By,
    why: Annotated[str | None, typer.Option("--reason", help="理由；越级和移送必须写")] = None,
    decided_by: Annotated[
        str | None, typer.Option("--decided-by", help="谁决定的；移送监督执法必须写明姓名")
    ] = None,
    on: On = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """登记推进到哪一级；不能无理由越级，移送监督执法只能由人决定。"""
    cells = {"done_on": on, "rung": rung, "reason": why, "decided_by": decided_by}
    _enter(Work.ESCALATE, employer, cells, "done_on", campaign, by, as_of, as_json)


COMMANDS: Mapping[Work, Callable[..., None]] = {
    Work.TRAINING: training,
    Work.GUIDANCE: guidance,
    Work.VISIT: visit,
    Work.CHECK: check,
    Work.PUBLICITY: publicity,
    Work.REASON: reason,
    Work.ESCALATE: escalate,
}


def _enter(
    work: Work,
    employer: str | None,
    cells: Mapping[str, str | None],
    day_field: str,
    campaign: str,
    by: str,
    as_of: date | None,
    as_json: bool,
    *,
    folder: Path = Path(),
) -> None:
    day = day_or_today(as_of)
    check_day(day, today())
    told = {**cells, day_field: cells[day_field] or day.isoformat()}
    answer = enter(open_campaign(campaign), work, employer, told, day, by=by, folder=folder)
    said = f"{FORMS[work].title}：{answer.outcome}{'，' + answer.words if answer.words else ''}。"
    say(said, as_json=as_json, kind=work, outcome=answer.outcome, told=answer.words)
