"""Questions about messages on their way out. A robot's address is never part of an answer."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from models.outbox import Message, SendState
from models.rules.routes import shown_address

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


def waiting(db: Session) -> dict[str, tuple[int, int]]:
    """By channel: (messages that may go now, messages that wait for their time)."""
    due = func.count().filter(Message.not_before <= func.now())
    later = func.count().filter(Message.not_before > func.now())
    asked = select(Message.channel, due, later).where(Message.state == SendState.WAITING)
    return {channel: (now, then) for channel, now, then in db.execute(asked.group_by(Message.channel))}


def _shown(row: Row[Any]) -> dict[str, Any]:
    shown = dict(row._mapping)
    shown["addressee"] = shown_address(shown["channel"], shown["addressee"])
    return shown
