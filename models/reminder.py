"""What the daily tick said to whom: every rung of the ladder claimed once, one digest per office and day (C30)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, UniqueConstraint, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Numbered


class Tick(Base):
    """The tick of one day ran: so a missed day is known."""

    __tablename__ = "tick"

    campaign: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Digest(Numbered, Base):
    """Everything due, overdue and waiting of one office, on one day; at most one (C30)."""

    __tablename__ = "digest"
    __table_args__ = (UniqueConstraint("campaign", "office", "day"),)

    campaign: Mapped[str]
    office: Mapped[str]  # county code, or the city's
    day: Mapped[date]
    content: Mapped[dict[str, Any]] = mapped_column(JSONB)
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Reminder(Numbered, Base):
    """One rung of one obligation's ladder, claimed by a unique insert: whoever inserts it sends it."""

    __tablename__ = "reminder"
    __table_args__ = (
        UniqueConstraint("obligation_id", "course", "rung"),
        Index("ix_reminder_digest_id", "digest_id"),
    )

    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"))
    course: Mapped[int]  # 0 at first; every send-back and every extension begins a new course of the ladder
    rung: Mapped[int]  # days from the due day: -14 … 0 … 28; the send-back notice has a rung of its own
    planned_on: Mapped[date]
    digest_id: Mapped[int] = mapped_column(ForeignKey("digest.id"))
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
