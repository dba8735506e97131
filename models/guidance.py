"""Guidance of single units: who is assigned, who went, why the unit does not declare, how far it came (C14, C15, C18, C32)."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Numbered
from models.fieldwork import (
    STANDS,
    Agency,
    Errand,
    Reason,
    Recorded,
    Result,
    one_of,
    withdrawn_whole,
)


class Guidance(Recorded, Numbered, Base):
    """An assignment: this agency guides this unit. A unit has at most one open at a time (C14)."""

    __tablename__ = "guidance"
    __table_args__ = (
        withdrawn_whole(),
        one_of("agency", Agency),
        one_of("programme", Errand),
        one_of("result", Result),
        CheckConstraint("due_on >= assigned_on", name="due_after_assigned"),
        CheckConstraint("closed_on >= assigned_on", name="closed_after_assigned"),
        CheckConstraint(
            "(closed_on IS NULL) = (result IS NULL) AND (closed_on IS NULL) = (closed_by IS NULL) "
            "AND (closed_on IS NULL) = (closed_at IS NULL)",
            name="closed_whole",
        ),
        Index(
            "uq_guidance_open",
            "campaign",
            "employer_id",
            unique=True,
            postgresql_where=text(f"closed_on IS NULL AND {STANDS}"),
        ),
        Index("ix_guidance_employer_id", "campaign", "employer_id"),
    )

    employer_id: Mapped[int] = mapped_column(BigInteger)
    assigned_on: Mapped[date]
    agency: Mapped[str]
    assignee: Mapped[str]
    programme: Mapped[str]
    due_on: Mapped[date]
    note: Mapped[str | None]
    closed_on: Mapped[date | None]
    result: Mapped[str | None]
    closed_by: Mapped[str | None]
    closed_at: Mapped[datetime | None]


class Visit(Recorded, Numbered, Base):
    """Somebody went to the unit, on the occasion of which programme (C15)."""

    __tablename__ = "visit"
    __table_args__ = (
        withdrawn_whole(),
        one_of("agency", Agency),
        one_of("programme", Errand),
        Index(
            "uq_visit_stands",
            "campaign",
            "employer_id",
            "done_on",
            "programme",
            unique=True,
            postgresql_where=text(STANDS),
        ),
    )

    employer_id: Mapped[int] = mapped_column(BigInteger)
    done_on: Mapped[date]
    programme: Mapped[str]
    agency: Mapped[str]
    visitor: Mapped[str]
    note: Mapped[str | None]


class UndeclaredReason(Recorded, Numbered, Base):
    """Why the unit does not declare, as of a day; the newest is in force (C32)."""

    __tablename__ = "undeclared_reason"
    __table_args__ = (
        withdrawn_whole(),
        one_of("reason", Reason),
        Index("ix_undeclared_reason_employer_id", "campaign", "employer_id"),
    )

    employer_id: Mapped[int] = mapped_column(BigInteger)
    effective_on: Mapped[date]
    reason: Mapped[str]
    note: Mapped[str | None]


class Escalation(Recorded, Numbered, Base):
    """A rung that a unit reached (C18). Steps are only added; a rung is reached once."""

    __tablename__ = "escalation"
    __table_args__ = (
        withdrawn_whole(),
        CheckConstraint("rung BETWEEN 1 AND 4", name="rung"),
        # nothing and nobody but a named person refers a unit to enforcement (Q17)
        CheckConstraint(
            "rung < 4 OR (decided_by IS NOT NULL AND reason IS NOT NULL)", name="last_rung_by_a_person"
        ),
        Index(
            "uq_escalation_stands",
            "campaign",
            "employer_id",
            "rung",
            unique=True,
            postgresql_where=text(STANDS),
        ),
    )

    employer_id: Mapped[int] = mapped_column(BigInteger)
    rung: Mapped[int]
    done_on: Mapped[date]
    reason: Mapped[str | None]
    decided_by: Mapped[str | None]
