"""Targets (申报目标): who must declare and has not, per county, and the frozen lists of them (C08, 1.7)."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Numbered


class Target(Base):
    """The computed standing of every employer in one campaign on one day; rebuilt by `targets compute`."""

    __tablename__ = "target"
    __table_args__ = (
        Index("ix_target_county", "campaign", "county", "in_r", "declared"),
        Index(
            "ix_target_undeclared",
            "campaign",
            "county",
            "work_order",
            postgresql_where=text("in_r AND NOT declared"),
        ),
    )

    campaign: Mapped[str] = mapped_column(primary_key=True)
    employer_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    as_of: Mapped[date]
    county: Mapped[str | None]
    rule: Mapped[str]  # the rule that put it in or out, key of models.rules.targets
    in_r: Mapped[bool]  # 应申报 R
    declared: Mapped[bool]  # a sure link to a standing approval
    unsure: Mapped[bool]  # 待人工核对: an unsure link, or the verdict waits for a person
    declared_on: Mapped[date | None]
    pending: Mapped[bool]  # sure link to a record 待审核
    sector: Mapped[str | None]
    risk: Mapped[str | None]
    programmes: Mapped[list[str]]
    extra: Mapped[str | None]  # county extra sector, reported apart (C22)
    headcount: Mapped[int | None]
    size: Mapped[str | None]
    group_key: Mapped[str | None]
    work_order: Mapped[int | None]


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
        CheckConstraint("(cancelled_at IS NULL) = (cancelled_by IS NULL)", name="cancelled_whole"),
        Index(
            "uq_membership_change_open",
            "campaign",
            "employer_id",
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
    cancelled_at: Mapped[datetime | None]
    cancelled_by: Mapped[str | None]
    cancelled_reason: Mapped[str | None]
