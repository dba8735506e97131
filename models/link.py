"""A link is a judgement that a declaration is an employer's: sure, unsure or rejected (design 3)."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Numbered

RULE, MODEL = "规则", "模型"
BY_MACHINE = (RULE, MODEL)


class Verdict(StrEnum):
    SURE = "sure"
    UNSURE = "unsure"
    REJECTED = "rejected"


class Link(Numbered, Base):
    """One judgement of one declaration entry and one employer. Ended, never overwritten.

    A person's judgement (`by` is not 规则 or 模型) survives every re-run; nobody is cleared by a guess:
    only `sure` counts as declared, `unsure` is shown as 待人工核对.
    """

    __tablename__ = "link"
    __table_args__ = (
        CheckConstraint("verdict IN ('sure', 'unsure', 'rejected')", name="verdict"),
        CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name="ended_whole"),
        Index(
            "uq_link_one_sure",
            "entry",
            unique=True,
            postgresql_where=text("ended_at IS NULL AND verdict = 'sure'"),
        ),
        Index(
            "uq_link_open_pair",
            "entry",
            "employer_id",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_link_employer_id", "employer_id", postgresql_where=text("ended_at IS NULL")),
    )

    entry: Mapped[int] = mapped_column(BigInteger)
    employer_id: Mapped[int] = mapped_column(BigInteger)
    verdict: Mapped[str]
    method: Mapped[str]  # the rule that decided: code, name_county, model …, person
    score: Mapped[float | None]  # log2 odds of the model, null for certain rules
    evidence: Mapped[dict[str, Any] | None]
    by: Mapped[str]
    reason: Mapped[str | None]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]
    ended_reason: Mapped[str | None]
