"""What each county owes by which day, who answers for it, and what became of it (C25, C26, C31)."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Numbered


class ObligationKind(StrEnum):
    VERIFICATION = "verification"
    SUMMARY = "summary"
    MONTHLY = "monthly"


class ObligationAct(StrEnum):
    """What can happen to an obligation; its state is derived from these in order."""

    RETURNED = "returned"
    NOTHING = "nothing"  # 无事项: said, never the same as silence
    ACCEPTED = "accepted"
    SENT_BACK = "sent_back"
    EXTENDED = "extended"


class Obligation(Numbered, Base):
    """An obligation (县区任务): one thing one county owes the city. `due` is the first one; extensions are acts."""

    __tablename__ = "obligation"
    __table_args__ = (
        UniqueConstraint("campaign", "county", "key"),
        CheckConstraint("kind IN ('verification', 'summary', 'monthly')", name="kind"),
    )

    campaign: Mapped[str]
    county: Mapped[str]
    key: Mapped[str]  # verification, summary-2024, monthly-2024-09 …
    kind: Mapped[str]
    name: Mapped[str]
    opened_on: Mapped[date]
    due: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())


class ObligationEvent(Numbered, Base):
    """One act on an obligation. Added, never changed."""

    __tablename__ = "obligation_event"
    __table_args__ = (
        CheckConstraint("act IN ('returned', 'nothing', 'accepted', 'sent_back', 'extended')", name="act"),
        CheckConstraint("(act = 'extended') = (new_due IS NOT NULL)", name="extended_says_until"),
        CheckConstraint("act NOT IN ('sent_back', 'extended') OR reason IS NOT NULL", name="reasoned"),
        Index("ix_obligation_event_obligation_id", "obligation_id"),
    )

    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"))
    act: Mapped[str]
    effective_on: Mapped[date]  # the day from which it holds
    new_due: Mapped[date | None]
    reason: Mapped[str | None]
    file_sha256: Mapped[str | None]
    file_name: Mapped[str | None]
    by: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Contact(Numbered, Base):
    """Who answers for a county (or, under the city's code, for the city). One at a time; earlier ones stay."""

    __tablename__ = "contact"
    __table_args__ = (
        CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name="ended_whole"),
        Index(
            "uq_contact_open", "campaign", "office", unique=True, postgresql_where=text("ended_at IS NULL")
        ),
    )

    campaign: Mapped[str]
    office: Mapped[str]  # county code, or the city's
    name: Mapped[str]
    phone: Mapped[str | None]
    mail: Mapped[str | None]
    bot: Mapped[str | None]  # address of a group robot; it holds a secret, never shown or logged whole
    by: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]


class CountyPlan(Numbered, Base):
    """A county's own plan for the campaign, kept by its hash (C31). The newest counts."""

    __tablename__ = "county_plan"

    campaign: Mapped[str]
    county: Mapped[str]
    file_sha256: Mapped[str]
    file_name: Mapped[str]
    received_on: Mapped[date]
    by: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
