"""Messages on their way out, each sent once (design 4, notes on channels)."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Numbered


class SendState(StrEnum):
    """waiting → sending → sent | refused | unknown; an unknown one is reconciled by asking, never sent again blindly."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    UNKNOWN = "unknown"


class ChannelKind(StrEnum):
    FOLDER = "folder"
    MAIL = "mail"
    BOT = "bot"
    SMS = "sms"


class Message(Numbered, Base):
    """One message to one addressee by one channel. `key` makes it once; `message_id` goes out with it."""

    __tablename__ = "message"
    __table_args__ = (
        CheckConstraint("channel IN ('folder', 'mail', 'bot', 'sms')", name="channel"),
        CheckConstraint("state IN ('waiting', 'sending', 'sent', 'refused', 'unknown')", name="state"),
        CheckConstraint("(state = 'waiting') OR (claimed_at IS NOT NULL)", name="claimed_before_sent"),
        CheckConstraint("(file_sha256 IS NULL) = (file_name IS NULL)", name="file_has_name"),
        Index("ix_message_waiting", "not_before", "id", postgresql_where=text("state = 'waiting'")),
        Index("ix_message_sending", "claimed_at", postgresql_where=text("state = 'sending'")),
        Index("ix_message_pace", "channel", "claimed_at", postgresql_where=text("claimed_at IS NOT NULL")),
    )

    key: Mapped[str] = mapped_column(unique=True)
    campaign: Mapped[str]
    office: Mapped[str]  # county code, or the city's
    purpose: Mapped[str]  # digest, failure …
    channel: Mapped[str]
    addressee: Mapped[str]
    message_id: Mapped[str] = mapped_column(unique=True)
    subject: Mapped[str]
    body: Mapped[str]
    file_sha256: Mapped[str | None]  # an attached file, kept by its hash like a received one
    file_name: Mapped[str | None]
    blanks: Mapped[dict[str, Any] | None]  # what fills an SMS template: the gateway takes no free text
    state: Mapped[str]
    attempts: Mapped[int] = mapped_column(server_default="0")
    not_before: Mapped[datetime] = mapped_column(server_default=func.now())
    claimed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    reference: Mapped[str | None]  # the other side's own number for it
    answer: Mapped[str | None]  # what the other side said, or who reconciled it and how
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
