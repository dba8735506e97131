"""`yingbao review list|show|second-look|verify`: what the desk looks at (M04, and the whole declaration)."""

from collections.abc import Callable
from typing import Annotated

import typer

from deployments.cli import review_words as words
from deployments.cli.options import AsJson, AsOf, By, CampaignKey, County, day_or_today
from deployments.cli.output import say, say_json, show
from deployments.cli.review_actor import As, actor_of
from deployments.cli.review_acts import Number, On, day_of_act
from models.declaration import DeclarationState
from models.errors import RuleRefused, UsageTrouble
from tasks import review, review_desk
from tasks.campaigns import open_campaign
from tasks.review_desk import Dossier

State = Annotated[
    DeclarationState | None, typer.Option("--state", help="只看这一状态；不写只列待办的（见 --all）")
]


def add_to(app: typer.Typer) -> None:
    for name, command in COMMANDS.items():
        app.command(name)(command)


def list_command(
    acting: As,
    campaign: CampaignKey,
    county: County = None,
    state: State = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="只看逾期的")] = False,
    everything: Annotated[bool, typer.Option("--all", help="已办结的也列出")] = False,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """审核清单：逾期的在前，再按期限；同一期限的按行动的工作次序。"""
    opened, day = open_campaign(campaign), day_or_today(as_of)
    lines = review_desk.work_list(
        opened,
        actor_of(acting, ""),
        day,
        county=county,
        state=state,
        overdue=overdue,
        everything=everything,
    )
    facts = [words.line_facts(line, day) for line in lines]
    rows = facts if as_json else [words.list_row(one) for one in facts]
    show(rows, columns=words.LIST, as_json=as_json, title=f"申报审核 {len(rows)} 条，截至 {day}")


def show_command(
    number: Number, acting: As, campaign: CampaignKey, as_of: AsOf = None, as_json: AsJson = False
) -> None:
    """一条申报的全部内容、与数据库和上一次的对照、检查结果、办理经过。"""
    day = day_or_today(as_of)
    found = review_desk.dossier(open_campaign(campaign), number, actor_of(acting, ""), day)
    if as_json:
        say_json(found.as_row())
        return
    _tell(found)


def _tell(found: Dossier) -> None:
    entry = found.registrant
    due = f"，审核期限 {found.due_on}" if found.due_on else ""
    late = f"（逾期 {found.days_late} 天）" if found.days_late else ""
    say(f"第 {found.number} 号申报（第 {found.version} 版）：{found.state}{due}{late}。")
    unit = f"单位编号 {found.unit}" if found.unit else "数据库中没有对应单位"
    say(f"注册 {entry['id']}：{entry['name']}，{entry['credit_code']}，{entry['state']}；{unit}。")
    for section, rows in words.sections(found.lines):
        show(rows, columns=words.FIELDS, title=section)
    if found.last_filed_on is None:
        say("此前没有审核通过的申报。")
    if found.findings:
        rows = [words.finding_row(finding) for finding in found.findings]
        show(rows, columns=words.FINDINGS, title="检查结果")
    else:
        say("检查没有发现问题。")
    show([words.history_row(step) for step in found.history], columns=words.HISTORY, title="办理经过")
    show(
        [words.entry_row(step) for step in found.entry_history], columns=words.ENTRY_HISTORY, title="注册经过"
    )
    for held, columns, title in (
        (found.objections, words.OBJECTIONS, "审核异议"),
        (found.second_looks, words.LOOKS, "自动审核的复看"),
    ):
        if held:
            show([words.closed_row(row) for row in held], columns=columns, title=title)
    for fault in found.faults:
        say(f"记录被改动过：{fault}。")


def second_look(
    number: Number,
    acting: As,
    by: By,
    confirm: Annotated[bool, typer.Option("--confirm", help="复看无误")] = False,
    revoke: Annotated[bool, typer.Option("--revoke", help="复看有误，撤销审核，须写 --reason")] = False,
    reason: Annotated[str | None, typer.Option("--reason", help="撤销的原因")] = None,
    on: On = None,
    as_json: AsJson = False,
) -> None:
    """复看一条抽出来的自动审核：无误，或撤销。"""
    if confirm == revoke:
        raise UsageTrouble("E1714", "--confirm 与 --revoke 写且只写一个。")
    day, actor = day_of_act(on), actor_of(acting, by)
    if confirm:
        review_desk.confirm_second_look(number, actor=actor, on=day)
    else:
        review_desk.revoke_at_second_look(number, reason or "", actor=actor, on=day)
    told = "复看无误" if confirm else "复看有误，已撤销审核，回到待审核"
    say(f"第 {number} 号申报{told}。", as_json=as_json, number=number, confirmed=confirm, on=day)


def verify(as_json: AsJson = False) -> None:
    """核对每条申报的办理记录有没有被改动过。"""
    found = review.verify_chains()
    rows = [
        {"number": number, "step": fault.number, "message": fault.message}
        for number, faults in found.items()
        for fault in faults
    ]
    if rows or as_json:
        show(rows, columns=words.FAULTS, as_json=as_json, title="办理记录与当时不符")
    else:
        say("全部申报的办理记录完整，没有被改动。")
    if rows:
        raise typer.Exit(RuleRefused.exit_code)


COMMANDS: dict[str, Callable[..., None]] = {
    "list": list_command,
    "show": show_command,
    "second-look": second_look,
    "verify": verify,
}
