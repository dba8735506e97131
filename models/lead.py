"""How a lead (线索) ended (C09, C10)."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Numbered


class LeadOutcome(StrEnum):
    ACCEPTED = "已采纳"
    DUPLICATE = "重复"
    DECLARED = "已申报"
    NOT_EMPLOYER = "非用人单位"


class LeadJudgement(Numbered, Base):
    """A person's word on a lead; without one the outcome follows from units and links."""

    __tablename__ = "lead_judgement"
    __table_args__ = (
        CheckConstraint(f"outcome IN ({', '.join(repr(str(one)) for one in LeadOutcome)})", name="outcome"),
    )

    entry: Mapped[int] = mapped_column(BigInteger, index=True)
    outcome: Mapped[str]
    reason: Mapped[str]
    by: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str | None]
