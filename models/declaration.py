"""A declaration (申报) as the platform's exports show it, and the days on which its approval stood (Q1)."""

from datetime import date
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Numbered


class DeclarationState(StrEnum):
    """The four states of F14."""

    DRAFT = "暂存"
    SUBMITTED = "待审核"
    APPROVED = "已审核"
    REJECTED = "已驳回"


class Standing(Numbered, Base):
    """Days on which a declaration stood approved: from `from_on` on, before `to_on`.

    Derived from the sightings of its exports, so it can be built again for any day of knowledge.
    `presumed`: the export gave no approval date, the first export that showed 已审核 counts (推定).
    """

    __tablename__ = "standing"
    __table_args__ = (
        CheckConstraint("to_on IS NULL OR to_on >= from_on", name="order"),
        Index("ix_standing_entry", "entry"),
    )

    entry: Mapped[int] = mapped_column(BigInteger)
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    presumed: Mapped[bool]
