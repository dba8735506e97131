"""An automatic approval that was drawn for a person to look at again; it stays in the county's list until somebody did."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Numbered


class SecondLook(Numbered, Base):
    __tablename__ = "second_look"
    __table_args__ = (
        UniqueConstraint("declaration_id", "step"),
        CheckConstraint("closing IN ('confirmed', 'revoked')", name="closing"),
        CheckConstraint(
            "(closing IS NULL) = (closed_on IS NULL) AND (closing IS NULL) = (closed_by IS NULL) "
            "AND (closing IS NULL) = (closed_at IS NULL)",
            name="closed_whole",
        ),
        Index(
            "uq_second_look_open",
            "declaration_id",
            unique=True,
            postgresql_where=text("closing IS NULL"),
        ),
    )

    declaration_id: Mapped[int] = mapped_column(ForeignKey("filed_declaration.id"))
    step: Mapped[int]  # number of the automatic approval among the declaration's events
    campaign: Mapped[str]
    drawn_on: Mapped[date]
    closing: Mapped[str | None]
    closed_on: Mapped[date | None]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str | None]
