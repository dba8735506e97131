"""A published month (调度考核): its table, every unit that any figure of it counts, and how it came about (C27, 1.7)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, func
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Numbered


class Assessment(Numbered, Base):
    """One month, frozen once: a trigger forbids change. What is known later stands beside it, never over it.

    `campaign_file` is the campaign as it was read: a later file changes no published month.
    """

    __tablename__ = "assessment"
    __table_args__ = (
        UniqueConstraint("campaign", "month"),
        CheckConstraint("month ~ '^20[0-9]{2}-(0[1-9]|1[0-2])$'", name="month"),
    )

    campaign: Mapped[str]
    month: Mapped[str]
    as_of: Mapped[date]
    known_at: Mapped[datetime]
    terms: Mapped[str]
    campaign_file: Mapped[dict[str, Any]]
    figures: Mapped[dict[str, Any]]  # the printed table
    units: Mapped[int]
    sha256: Mapped[str]
    by: Mapped[str]
    reason: Mapped[str | None]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())


class AssessmentUnit(Numbered, Base):
    """A unit as a population of the month counts it: R, N (in it once, removed or not) or E, county extras apart.

    A unit of R and of N has a row for each: the two are never mixed. `unit` is who answers for `employer_id` if that
    was merged. An unknown county is the empty text.
    """

    __tablename__ = "assessment_unit"
    __table_args__ = (
        CheckConstraint("population IN ('R', 'N', 'E')", name="population"),
        Index("ix_assessment_unit_assessment", "assessment_id", "population", "county"),
    )

    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"))
    population: Mapped[str]
    county: Mapped[str]
    employer_id: Mapped[int] = mapped_column(BigInteger)
    unit: Mapped[int] = mapped_column(BigInteger)
    based: Mapped[bool]
    added_on: Mapped[date | None]  # none where it entered A by itself, having lost its approval
    added_reason: Mapped[str | None]
    removed: Mapped[bool]
    removed_on: Mapped[date | None]
    removed_reason: Mapped[str | None]
    rule: Mapped[str | None]
    flag: Mapped[str | None]
    in_r: Mapped[bool]
    declared: Mapped[bool]
    declared_on: Mapped[date | None]
    pending: Mapped[bool]
    unsure: Mapped[bool]
    own_on: Mapped[date | None]  # not declared on the platform, approved in our own review (Q1)
    sector: Mapped[str | None]
    borderline: Mapped[str | None]
    risk: Mapped[str | None]
    programmes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    extra: Mapped[str | None]
    indicators: Mapped[list[str]] = mapped_column(ARRAY(Text))
    name: Mapped[str | None]
    credit_code: Mapped[str | None]
    town: Mapped[str | None]
    industry: Mapped[str | None]
    headcount: Mapped[int | None]
    size: Mapped[str | None]
    hazards: Mapped[str | None]
    ownership: Mapped[str | None]
    park: Mapped[str | None]
    group_key: Mapped[str | None]
    rung: Mapped[int | None]  # how far up the ladder (C18)
    reason: Mapped[str | None]  # why it does not declare (C32)
    work_order: Mapped[int | None]


class AssessmentAct(Numbered, Base):
    """What else the month counts, by the key of its figure: work done (a visit, a training, a unit reached), and
    the units that changed since the month before, each with its cause.
    """

    __tablename__ = "assessment_act"
    __table_args__ = (Index("ix_assessment_act_assessment", "assessment_id", "kind", "county"),)

    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"))
    kind: Mapped[str]
    county: Mapped[str]
    act: Mapped[int | None] = mapped_column(BigInteger)
    employer_id: Mapped[int | None] = mapped_column(BigInteger)
    done_on: Mapped[date | None]
