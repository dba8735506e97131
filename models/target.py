"""Targets (申报目标): who must declare and has not, per county, and the frozen lists of them (C08, 1.7)."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Numbered


class Target(Base):
    """The computed standing of every employer in one campaign; `TargetDay` says for which day."""

    __tablename__ = "target"
    __table_args__ = (
        Index(
            "ix_target_work",
            "campaign",
            "county",
            "declared",
            "work_order",
            postgresql_where=text("in_r"),
        ),
    )

    campaign: Mapped[str] = mapped_column(primary_key=True)
    employer_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    county: Mapped[str | None]
    rule: Mapped[str]  # the one rule that put it in or out, models.rules.targets.Rule
    flag: Mapped[str | None]  # what a person should look at, models.rules.targets.Flag
    in_r: Mapped[bool]  # 应申报 R
    declared: Mapped[bool]  # a sure link to a standing approval
    declared_on: Mapped[date | None]
    pending: Mapped[bool]  # not declared, a sure link to a record 待审核
    unsure: Mapped[bool]  # 待人工核对: not declared, an unsure link waits for a person
    sector: Mapped[str | None]
    borderline: Mapped[str | None]  # the group of codes argued about (Q7)
    risk: Mapped[str | None]  # class of the industry in the 2021 catalogue
    programmes: Mapped[list[str]] = mapped_column(ARRAY(Text))  # keys, of the day's year or earlier (Q19)
    found: Mapped[list[str]] = mapped_column(ARRAY(Text))  # kinds of lists and channels that found it
    extra: Mapped[str | None]  # county extra sector, reported apart (C22)
    indicators: Mapped[list[str]] = mapped_column(ARRAY(Text))  # keys of the indicators it counts in
    headcount: Mapped[int | None]
    size: Mapped[str | None]
    group_key: Mapped[str | None]
    work_order: Mapped[int]  # sorts the county's work (C21)


class TargetDay(Base):
    """The day for which the targets of a campaign are computed. Apart, so that a new day rewrites no unit."""

    __tablename__ = "target_day"

    campaign: Mapped[str] = mapped_column(primary_key=True)
    as_of: Mapped[date]
    terms: Mapped[str]  # hash of the campaign file's content: other terms, other targets
    computed_at: Mapped[datetime] = mapped_column(server_default=func.now())


class TargetTotal(Numbered, Base):
    """The targets of a campaign counted by everything a county table shows: thousands of rows, whatever the city.

    An unknown county is the empty text, so that nothing is lost in a sum.
    """

    __tablename__ = "target_total"
    __table_args__ = (Index("ix_target_total_campaign", "campaign"),)

    campaign: Mapped[str]
    county: Mapped[str]
    rule: Mapped[str]
    flag: Mapped[str | None]
    in_r: Mapped[bool]
    declared: Mapped[bool]
    pending: Mapped[bool]
    unsure: Mapped[bool]
    sector: Mapped[str | None]
    borderline: Mapped[str | None]
    extra: Mapped[str | None]
    indicators: Mapped[list[str]] = mapped_column(ARRAY(Text))
    units: Mapped[int]


class SnapshotKind(StrEnum):
    ISSUED = "issued"
    BASELINE = "baseline"


class Snapshot(Numbered, Base):
    """A frozen list of undeclared targets of one county: the 下发清单 or the 基线. A trigger forbids change."""

    __tablename__ = "snapshot"
    __table_args__ = (
        CheckConstraint("kind IN ('issued', 'baseline')", name="kind"),
        UniqueConstraint("campaign", "kind", "county"),
    )

    campaign: Mapped[str]
    kind: Mapped[str]
    county: Mapped[str]
    as_of: Mapped[date]
    known_at: Mapped[datetime]
    members: Mapped[int]
    sha256: Mapped[str]
    by: Mapped[str]
    reason: Mapped[str | None]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())


class SnapshotMember(Base):
    """One frozen unit with the facts it was frozen with."""

    __tablename__ = "snapshot_member"

    snapshot_id: Mapped[int] = mapped_column(ForeignKey("snapshot.id"), primary_key=True)
    employer_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    facts: Mapped[dict[str, Any]]


class MembershipChange(Numbered, Base):
    """After the baseline: a unit removed (X) or added (A), always with a reason code (Q2)."""

    __tablename__ = "membership_change"
    __table_args__ = (
        CheckConstraint("change IN ('removed', 'added')", name="change"),
        CheckConstraint(
            "(cancelled_at IS NULL) = (cancelled_by IS NULL) AND (cancelled_at IS NULL) = (cancelled_on IS NULL)",
            name="cancelled_whole",
        ),
        Index(
            "uq_membership_change_open",
            "campaign",
            "employer_id",
            "county",
            "change",
            unique=True,
            postgresql_where=text("cancelled_at IS NULL"),
        ),
    )

    campaign: Mapped[str]
    employer_id: Mapped[int] = mapped_column(BigInteger)
    county: Mapped[str]
    change: Mapped[str]
    reason_code: Mapped[str]
    note: Mapped[str | None]
    effective_on: Mapped[date]
    by: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
    cancelled_on: Mapped[date | None]  # the day from which it no longer holds
    cancelled_at: Mapped[datetime | None]
    cancelled_by: Mapped[str | None]
    cancelled_reason: Mapped[str | None]
