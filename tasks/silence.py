"""What has been silent for too long, in words for the office (C30, C31)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.database import reading
from models.outbox import SendState
from models.queries.obligations import obligation_standings
from models.queries.silence import county_signs, last_tick, messages_by_state, newest_export
from models.rules.silence import missed_days, too_long


@dataclass(frozen=True)
class Silence:
    """One thing to look after: `days` since it was last heard, if it ever was."""

    what: str  # tick export county messages
    message: str
    since: date | None = None
    days: int | None = None
    county: str | None = None


def silences(campaign: Campaign, as_of: date, tick_until: date) -> list[Silence]:
    """Everything to look after on a day. Up to `tick_until` the daily tick should have run by now."""
    with reading() as db:
        return [
            *_tick(db, campaign, tick_until),
            *_export(db, campaign, as_of),
            *_counties(db, campaign, as_of),
            *_messages(db, campaign),
        ]


def _tick(db: Session, campaign: Campaign, until: date) -> Iterator[Silence]:
    begins = min((duty.opens for duty in campaign.obligations), default=until)
    last = last_tick(db, campaign, until)
    missed = missed_days(last, begins, until, campaign.calendar)
    if not missed.days:
        return
    heard = f"上次是 {last}" if last else "从未运行"
    message = (
        f"每日跟踪{heard}，到 {until} 漏了 {missed.days} 天（工作日 {missed.working_days} 天）。"
        "下次运行会一并补上。"
    )
    yield Silence("tick", message, since=last, days=missed.days)


def _export(db: Session, campaign: Campaign, as_of: date) -> Iterator[Silence]:
    newest, limit = newest_export(db, campaign, as_of), campaign.watch.export_days
    if newest is None:
        yield Silence("export", "还没有导入过申报数据。")
    elif days := too_long(newest, as_of, limit):
        message = f"最新的申报数据截至 {newest}，已 {days} 天（超过 {limit} 天），请导入新的平台数据。"
        yield Silence("export", message, since=newest, days=days)


def _counties(db: Session, campaign: Campaign, as_of: date) -> Iterator[Silence]:
    """Only counties that owe something: who has nothing to answer may well be silent."""
    signs, limit = county_signs(db, campaign, as_of), campaign.watch.county_days
    standing = obligation_standings(db, campaign, as_of)
    for county in campaign.counties:
        owed = [one for one in standing if one.county == county.code and one.owed]
        if not owed:
            continue
        heard = signs.get(county.code)
        since = heard or min(one.opened_on for one in standing if one.county == county.code)
        if days := too_long(since, as_of, limit):
            told = f"上次有消息是 {heard}" if heard else f"自 {since} 起从未有消息"
            message = f"{county.name}{told}，已 {days} 天；还欠：{'、'.join(one.name for one in owed)}。"
            yield Silence("county", message, since=heard, days=days, county=county.code)


def _messages(db: Session, campaign: Campaign) -> Iterator[Silence]:
    counted = messages_by_state(db, campaign)
    for state, told in MESSAGES.items():
        if number := counted.get(state):
            yield Silence("messages", f"{number} 条消息{told}")


MESSAGES = {
    SendState.UNKNOWN: "不知是否送达，请向对方核实后用 yingbao outbox reconcile 记下。",
    SendState.REFUSED: "被拒收，见 yingbao outbox。",
    SendState.SENDING: "正在发送或发送中断，过几分钟仍在就会转为“不知是否送达”。",
    SendState.WAITING: "等待发送。",
}
