"""`yingbao review registrations|search|correct-code|conflicts|handover…`: entries in the system (F06, F07, F16–F18)."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated

import typer

from deployments.cli import review_words as words
from deployments.cli.options import AsJson, By, CampaignKey, County, Reason, parse_county
from deployments.cli.output import county_names, say, say_json, show
from deployments.cli.review_actor import As, actor_of
from deployments.cli.review_acts import On, day_of_act
from models.actions.handover import Headquarters
from models.errors import UsageTrouble
from models.filing import Registration
from tasks import registrations, review
from tasks.campaigns import open_campaign

Entry = Annotated[int, typer.Argument(help="注册编号，见 review registrations")]
Limit = Annotated[int, typer.Option("--limit", min=1, help="最多列出多少家")]
HeadCounty = Annotated[
    str | None,
    typer.Option("--county", parser=parse_county, metavar="县（区）", help="总公司所在县（区），名称或代码"),
]


def add_to(app: typer.Typer) -> None:
    for name, command in COMMANDS.items():
        app.command(name)(command)


def list_entries(
    county: County = None,
    state: Annotated[Registration | None, typer.Option("--state", help="只看这一状态")] = None,
    as_json: AsJson = False,
) -> None:
    """单位的注册，待审核的在前。"""
    found = registrations.entries(county=county, state=state)
    rows = found if as_json else [words.registration_row(row) for row in found]
    show(rows, columns=words.ENTRIES, as_json=as_json, title=f"注册 {len(rows)} 条")


def approve_entry(number: Entry, acting: As, by: By, on: On = None, as_json: AsJson = False) -> None:
    """注册审核通过。"""
    day = day_of_act(on)
    review.decide_registration(number, Registration.APPROVED, actor=actor_of(acting, by), on=day)
    say(f"第 {number} 号注册已审核通过。", as_json=as_json, number=number, state="已审核", on=day)


def return_entry(
    number: Entry, acting: As, reason: Reason, by: By, on: On = None, as_json: AsJson = False
) -> None:
    """退回注册；已审核的也可以退回。"""
    day, actor = day_of_act(on), actor_of(acting, by)
    review.decide_registration(number, Registration.RETURNED, actor=actor, on=day, reason=reason)
    told = f"第 {number} 号注册已退回：{reason}。"
    say(told, as_json=as_json, number=number, state="已退回", reason=reason, on=day)


def search(
    fragment: Annotated[str, typer.Argument(help="名称的一部分或简称，如 柳钢；或信用代码的开头")],
    campaign: CampaignKey,
    county: County = None,
    limit: Limit = 20,
    as_json: AsJson = False,
) -> None:
    """按名称片段查单位，给出信用代码和县（区），最像的在前。"""
    rows = registrations.search(open_campaign(campaign), fragment, county=county, limit=limit)
    show(rows, columns=words.HITS, as_json=as_json, title=f"“{fragment}”：{len(rows)} 家")


def correct_code(
    number: Entry,
    before: Annotated[str, typer.Option("--from", help="现在的（错的）信用代码")],
    after: Annotated[str, typer.Option("--to", help="营业执照上的信用代码")],
    acting: As,
    reason: Reason,
    campaign: CampaignKey,
    by: By,
    on: On = None,
    as_json: AsJson = False,
) -> None:
    """更正注册的信用代码：只有在线咨询可以办，留痕，并重新对号。"""
    opened, day = open_campaign(campaign), day_of_act(on)
    done = registrations.correct(
        opened,
        number,
        before=before or None,
        after=after,
        reason=reason,
        actor=actor_of(acting, by),
        on=day,
    )
    if as_json:
        say_json(asdict(done))
        return
    unit = f"对应单位 {done.unit}" if done.unit else "数据库中没有唯一对应的单位，待人工核对"
    say(f"第 {number} 号注册的信用代码已由 {before} 更正为 {after}；{unit}。")
    if done.branches:
        say(f"仍用原代码作上级代码的分支机构，也须更正：{'、'.join(map(str, done.branches))}。")
    say(str(done.links))


def conflicts(county: County = None, as_json: AsJson = False) -> None:
    """分公司占用总公司代码的注册；导入后有几条未审批申报的单位。"""
    found = registrations.conflicts(county=county)
    if as_json:
        say_json(found)
        return
    show(
        found["codes"],
        columns=words.CODES,
        title=f"代码冲突 {len(found['codes'])} 条（review handover 移交）",
    )
    show(found["open"], columns=words.OPEN, title=f"有几条未审批申报的单位 {len(found['open'])} 家")


def handover(
    number: Entry,
    acting: As,
    reason: Reason,
    by: By,
    name: Annotated[str | None, typer.Option("--name", help="总公司名称；不写按数据库")] = None,
    county: HeadCounty = None,
    on: On = None,
    as_json: AsJson = False,
) -> None:
    """分公司误用总公司代码注册的：由其注册时所选县（区）退回，注册移交总公司，分公司可重新注册。"""
    if (name is None) != (county is None):
        raise UsageTrouble("E1715", "--name 和 --county 要写都写，不写则按数据库里的总公司。")
    day, actor = day_of_act(on), actor_of(acting, by)
    to = Headquarters(name, county) if name and county else None
    done = registrations.handover(number, to, reason=reason, actor=actor, on=day)
    if as_json:
        say_json(asdict(done))
        return
    where = county_names().get(done.county, done.county)
    say(f"第 {number} 号注册已退回，移交{done.name}（第 {done.headquarters} 号注册，待{where}审核）。")
    if done.rejected:
        say(f"同时驳回待审核的申报：{'、'.join(map(str, done.rejected))}。")
    if done.standing:
        say(f"仍为已审核、需要时请撤销的申报：{'、'.join(map(str, done.standing))}。")


COMMANDS: dict[str, Callable[..., None]] = {
    "registrations": list_entries,
    "register-approve": approve_entry,
    "register-return": return_entry,
    "search": search,
    "correct-code": correct_code,
    "conflicts": conflicts,
    "handover": handover,
}
