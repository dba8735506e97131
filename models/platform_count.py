"""What the platform itself counts per county (C28)."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Numbered


class PlatformCount(Numbered, Base):
    __tablename__ = "platform_count"
    __table_args__ = (UniqueConstraint("batch_id", "county", "metric"),)

    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"))
    county: Mapped[str]
    metric: Mapped[str]
    value: Mapped[int]
