"""Questions about messages on their way out. A robot's address is never part of an answer."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from models.notice_round import SmsReceipt
from models.outbox import ChannelKind, Message, SendState
from models.rules.quiet_hours import NOTICE
from models.rules.routes import shown_address
from models.rules.sending import Pace

REMEMBERED = timedelta(days=30)
QUIET = "夜间（20:00–8:00）和休息日不发告知"
FULL_MINUTE, FULL_DAY = "到了每分钟的上限", "到了当天的上限"
SHOWN = (
    "id",
    "campaign",
    "office",
    "purpose",
    "channel",
    "addressee",
    "subject",
    "state",
    "attempts",
    "not_before",
    "claimed_at",
    "ended_at",
    "answer",
    "message_id",
)


def messages(db: Session, *, state: str | None = None, office: str | None = None) -> list[dict[str, Any]]:
    """The oldest first."""
    asked = select(*(getattr(Message, name) for name in SHOWN)).order_by(Message.id)
    if state is not None:
        asked = asked.where(Message.state == state)
    if office is not None:
        asked = asked.where(Message.office == office)
    return [_shown(row) for row in db.execute(asked)]


def expired(db: Session, lease: timedelta) -> list[Message]:
    """Messages whose worker must be dead."""
    held = Message.claimed_at < func.now() - lease
    return list(
        db.scalars(select(Message).where(Message.state == SendState.SENDING, held).order_by(Message.id))
    )


def unknown_since(db: Session, channel: str, age: timedelta, most: int) -> list[Message]:
    """Messages of unknown fate by a channel that can be asked, the oldest first."""
    asked = select(Message).where(Message.state == SendState.UNKNOWN, Message.channel == channel)
    asked = asked.where(Message.claimed_at < func.now() - age)
    return list(db.scalars(asked.order_by(Message.claimed_at).limit(most)))


def without_receipt(db: Session, age: timedelta, limit: int | None) -> list[Message]:
    """SMS that were taken and of which nothing more was heard; any of them first. A gateway remembers 30 days."""
    heard = select(SmsReceipt.id).where(
        SmsReceipt.out_id == func.split_part(func.btrim(Message.message_id, "<>"), "@", 1)
    )
    tried = Message.claimed_at.between(func.now() - REMEMBERED, func.now() - age)
    asked = select(Message).where(Message.channel == ChannelKind.SMS, Message.state == SendState.SENT, tried)
    return list(db.scalars(asked.where(~heard.exists()).order_by(func.random()).limit(limit)))


def waiting_notices(db: Session) -> dict[str, int]:
    """By channel: notices that may go now as far as their own time is concerned."""
    due = Message.state == SendState.WAITING, Message.purpose == NOTICE, Message.not_before <= func.now()
    counted = select(Message.channel, func.count()).where(*due).group_by(Message.channel)
    return {channel: count for channel, count in db.execute(counted)}


def waiting(db: Session) -> dict[str, tuple[int, int]]:
    """By channel: (messages that may go now, messages that wait for their time)."""
    due = func.count().filter(Message.not_before <= func.now())
    later = func.count().filter(Message.not_before > func.now())
    asked = select(Message.channel, due, later).where(Message.state == SendState.WAITING)
    return {channel: (now, then) for channel, now, then in db.execute(asked.group_by(Message.channel))}


def shut_to_notices(db: Session, pace: Pace) -> dict[str, str]:
    """The channels by which no notice may go now, and why."""
    if pace.quiet:
        return {ChannelKind.MAIL: QUIET, ChannelKind.SMS: QUIET}
    if not pace.limits or pace.day_began is None:
        return {}
    of_minute = func.count().filter(Message.claimed_at > func.now() - timedelta(minutes=1))
    counted = (
        select(Message.channel, of_minute, func.count())
        .where(Message.purpose == NOTICE, Message.channel.in_(pace.limits))
        .where(Message.claimed_at >= pace.day_began)
        .group_by(Message.channel)
    )
    shut = {}
    for channel, minute, day in db.execute(counted):
        if day >= pace.limits[channel].per_day:
            shut[channel] = FULL_DAY
        elif minute >= pace.limits[channel].per_minute:
            shut[channel] = FULL_MINUTE
    return shut


def _shown(row: Row[Any]) -> dict[str, Any]:
    shown = dict(row._mapping)
    shown["addressee"] = shown_address(shown["channel"], shown["addressee"])
    return shown
