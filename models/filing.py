"""Declarations that go through our own review: who files, each version as a whole, and every step as an event (1.5)."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Numbered
from models.declaration import DeclarationState

STATES = ", ".join(f"'{state}'" for state in DeclarationState)


class Source(StrEnum):
    FILED = "filed"  # with us
    LEGACY = "legacy"  # a skeleton from the old system, to be filled in with us (F25)
    PLATFORM = "platform"  # another system's, shown as it is


SOURCES = "source IN ('filed', 'legacy', 'platform')"


class Act(StrEnum):
    """What leads a declaration from state to state. The words are those of the platform's buttons."""

    SAVE = "暂存"
    EDIT = "修改"
    SUBMIT = "提交"
    APPROVE = "审核通过"
    REJECT = "审核不通过"
    REVOKE = "撤销"
    IMPORT = "导入"


PLATFORM_ROLE = "平台"  # its exports show states, not the steps between: the only 导入 that may come later


class Level(StrEnum):
    EMPLOYER = "用人单位"
    COUNTY = "县（区）"
    CITY = "市级"
    REGION = "自治区"
    DESK = "在线咨询"  # corrects a credit code (F07), and has no say in a declaration


class Role(StrEnum):
    """What an actor is to one declaration (the five of 1.5)."""

    EMPLOYER = "用人单位"
    REVIEWER = "本县（区）"
    OTHER_COUNTY = "其他县（区）"
    CITY = "市级"
    REGION = "自治区"


class Registration(StrEnum):
    PENDING = "待审核"
    APPROVED = "已审核"
    RETURNED = "已退回"  # F18: the code goes to another, the history stays


class Registrant(Numbered, Base):
    """A unit's entry in the system. The code may be its superior's (F16); one principal to a code (F18)."""

    __tablename__ = "registrant"
    __table_args__ = (
        CheckConstraint("state IN ('待审核', '已审核', '已退回')", name="state"),
        CheckConstraint("parent_code IS NULL OR is_branch", name="only_a_branch_has_a_parent"),
        CheckConstraint(SOURCES, name="source"),
        CheckConstraint("(source = 'filed') = (source_key IS NULL)", name="key_of_imported"),
        CheckConstraint("handed_to IS NULL OR state = '已退回'", name="handed_over_is_returned"),
        UniqueConstraint("source", "source_key"),
        Index(
            "uq_registrant_principal",
            "credit_code",
            unique=True,
            postgresql_where=text("source = 'filed' AND NOT is_branch AND state <> '已退回'"),
        ),
        Index("ix_registrant_credit_code", "credit_code"),
        Index("ix_registrant_employer_id", "employer_id"),
    )

    employer_id: Mapped[int | None] = mapped_column(BigInteger)  # the unit, once known
    name: Mapped[str]
    credit_code: Mapped[str | None]
    is_branch: Mapped[bool]
    parent_code: Mapped[str | None]
    county: Mapped[str]  # chosen at registration
    reviewer: Mapped[str]  # the division whose agency decides: the county, unless set for the unit (Q11)
    state: Mapped[str]
    source: Mapped[str]
    source_key: Mapped[str | None]
    handed_to: Mapped[int | None] = mapped_column(
        ForeignKey("registrant.id")
    )  # the headquarters' entry (F18)
    by: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())


class FiledDeclaration(Numbered, Base):
    """One declaration. `state` repeats its last event; `head` and `steps` seal the chain's end.

    At most one open declaration per registrant among those filed with us (F13). A revoked one is left out of the
    index, so that revoking is always possible.
    """

    __tablename__ = "filed_declaration"
    __table_args__ = (
        CheckConstraint(f"state IN ({STATES})", name="state"),
        CheckConstraint(SOURCES, name="source"),
        CheckConstraint("(source = 'filed') = (source_key IS NULL)", name="key_of_imported"),
        CheckConstraint("state = '暂存' OR filed_on IS NOT NULL", name="submitted_on_a_day"),
        UniqueConstraint("source", "source_key"),
        Index(
            "uq_filed_declaration_open",
            "registrant_id",
            unique=True,
            postgresql_where=text("source <> 'platform' AND state <> '已审核' AND NOT revoked"),
        ),
        Index("ix_filed_declaration_registrant_id", "registrant_id"),
    )

    registrant_id: Mapped[int] = mapped_column(ForeignKey("registrant.id"))
    source: Mapped[str]
    source_key: Mapped[str | None]
    state: Mapped[str]
    revoked: Mapped[bool] = mapped_column(server_default=text("false"))  # its approval was taken back
    version: Mapped[int]  # number of the version in force
    filed_on: Mapped[date | None]  # last submitted
    steps: Mapped[int]
    head: Mapped[str]


class DeclarationVersion(Base):
    """A whole document as it was saved, with what the database knew of the unit then. Never changed."""

    __tablename__ = "declaration_version"

    declaration_id: Mapped[int] = mapped_column(ForeignKey("filed_declaration.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    form: Mapped[dict[str, Any]]
    sha256: Mapped[str]
    unit_facts: Mapped[dict[str, Any] | None]
    by: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())


class DeclarationEvent(Numbered, Base):
    """One step, sealed together with the step before it. Never changed (trigger), and a change would show (chain)."""

    __tablename__ = "declaration_event"
    __table_args__ = (
        UniqueConstraint("declaration_id", "number"),
        CheckConstraint("(number = 1) = (previous IS NULL)", name="chained"),
        CheckConstraint("(number = 1) = (from_state IS NULL)", name="begins_once"),
        CheckConstraint("act NOT IN ('审核不通过', '撤销') OR reason IS NOT NULL", name="reason_given"),
        # coalesce: a comparison with null would let anything pass
        CheckConstraint(
            "(act, coalesce(from_state, ''), to_state) IN (('暂存', '', '暂存'), ('修改', '暂存', '暂存'), "
            "('修改', '已驳回', '已驳回'), ('提交', '暂存', '待审核'), ('提交', '已驳回', '待审核'), "
            "('审核通过', '待审核', '已审核'), ('审核不通过', '待审核', '已驳回'), ('撤销', '已审核', '待审核')) "
            "OR act = '导入' AND (from_state IS NULL OR role = '平台')",
            name="edge",
        ),
        CheckConstraint(f"to_state IN ({STATES})", name="to_state"),
    )

    declaration_id: Mapped[int] = mapped_column(ForeignKey("filed_declaration.id"))
    number: Mapped[int]
    act: Mapped[str]
    from_state: Mapped[str | None]
    to_state: Mapped[str]
    role: Mapped[str]
    agency: Mapped[str]
    by: Mapped[str]
    reason: Mapped[str | None]
    version: Mapped[int]
    effective_on: Mapped[date]
    recorded_at: Mapped[datetime]
    payload: Mapped[dict[str, Any]]
    payload_sha256: Mapped[str]
    previous: Mapped[str | None]
    sha256: Mapped[str]


class ReviewObjection(Numbered, Base):
    """City or region holds an approval to be wrong: the county's to look at by a day (M07)."""

    __tablename__ = "review_objection"
    __table_args__ = (
        CheckConstraint("due_on >= raised_on", name="due_after_raised"),
        CheckConstraint("closing IN ('revoked', 'withdrawn')", name="closing"),
        CheckConstraint(
            "(closing IS NULL) = (closed_on IS NULL) AND (closing IS NULL) = (closed_by IS NULL) "
            "AND (closing IS NULL) = (closed_at IS NULL)",
            name="closed_whole",
        ),
        Index(
            "uq_review_objection_open",
            "declaration_id",
            "raised_by",
            unique=True,
            postgresql_where=text("closing IS NULL"),
        ),
    )

    declaration_id: Mapped[int] = mapped_column(ForeignKey("filed_declaration.id"))
    county: Mapped[str]  # whose reminder it goes into
    raised_by: Mapped[str]  # the division of the agency
    reason: Mapped[str]
    raised_on: Mapped[date]
    due_on: Mapped[date]
    by: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
    closing: Mapped[str | None]
    closed_on: Mapped[date | None]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str | None]
