"""`yingbao review approve|reject|revoke|object|withdraw-objection`: one step of one declaration (1.5, M03, M07)."""

from collections.abc import Callable
from datetime import date
from typing import Annotated

import typer

from deployments.cli.options import AsJson, By, CampaignKey, Reason, day_or_today, parse_day
from deployments.cli.output import say
from deployments.cli.review_actor import As, actor_of
from models.clock import today
from models.rules.membership import check_day
from models.rules.review_list import objection_due
from tasks import review
from tasks.campaigns import open_campaign

Number = Annotated[int, typer.Argument(help="申报编号，见 review list")]
On = Annotated[
    date | None, typer.Option("--on", parser=parse_day, metavar="日期", help="哪一天办理的，默认今天")
]
Reasons = Annotated[list[str], typer.Option("--reason", help="驳回原因，可写几个，一次告知")]
Due = Annotated[
    date | None,
    typer.Option("--due", parser=parse_day, metavar="日期", help="处理期限，默认按行动文件 [review]"),
]


def add_to(app: typer.Typer) -> None:
    for name, command in COMMANDS.items():
        app.command(name)(command)


def day_of_act(on: date | None) -> date:
    """Nothing is decided on a day that has not come."""
    day = day_or_today(on)
    check_day(day, today())
    return day


def approve(number: Number, acting: As, by: By, on: On = None, as_json: AsJson = False) -> None:
    """审核通过。"""
    day = day_of_act(on)
    waiting = review.approve(number, actor=actor_of(acting, by), on=day)
    hint = (
        f"单位的注册（第 {waiting} 号）还待审核，请用 review register-approve {waiting}。" if waiting else ""
    )
    facts = {"number": number, "state": "已审核", "on": day, "registration_waiting": waiting}
    say(f"第 {number} 号申报已审核通过。{hint}", as_json=as_json, **facts)


def reject(
    number: Number, acting: As, reasons: Reasons, by: By, on: On = None, as_json: AsJson = False
) -> None:
    """审核不通过；全部原因一次写清，单位改正后再提交。"""
    day = day_of_act(on)
    review.reject(number, reasons, actor=actor_of(acting, by), on=day)
    told = f"第 {number} 号申报已驳回：{'；'.join(reasons)}。"
    say(told, as_json=as_json, number=number, state="已驳回", reasons=reasons, on=day)


def revoke(
    number: Number, acting: As, reason: Reason, by: By, on: On = None, as_json: AsJson = False
) -> None:
    """撤销已审核的，回到待审核；从当天起不再计入已申报。"""
    day = day_of_act(on)
    review.revoke(number, reason, actor=actor_of(acting, by), on=day)
    told = f"第 {number} 号申报的审核已撤销，回到待审核：{reason}。"
    say(told, as_json=as_json, number=number, state="待审核", reason=reason, on=day)


def raise_objection(
    number: Number,
    acting: As,
    reason: Reason,
    campaign: CampaignKey,
    by: By,
    due: Due = None,
    on: On = None,
    as_json: AsJson = False,
) -> None:
    """市级、自治区对已审核的提出异议，由县（区）在期限内处理。"""
    day, terms = day_of_act(on), open_campaign(campaign)
    due_on = due or objection_due(day, terms.review.objection_working_days, terms.calendar)
    made = review.raise_objection(number, reason, actor=actor_of(acting, by), on=day, due_on=due_on)
    told = f"已对第 {number} 号申报提出审核异议（{made}），请县（区）处理，期限 {due_on}（含当天）。"
    say(told, as_json=as_json, number=number, objection=made, due_on=due_on, on=day)


def withdraw_objection(number: Number, acting: As, by: By, on: On = None, as_json: AsJson = False) -> None:
    """撤回本机关提出、县（区）尚未处理的异议。"""
    day = day_of_act(on)
    review.withdraw_objection(number, actor=actor_of(acting, by), on=day)
    say(f"对第 {number} 号申报的审核异议已撤回。", as_json=as_json, number=number, on=day)


COMMANDS: dict[str, Callable[..., None]] = {
    "approve": approve,
    "reject": reject,
    "revoke": revoke,
    "object": raise_objection,
    "withdraw-objection": withdraw_objection,
}
