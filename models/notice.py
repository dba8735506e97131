"""What an expert of the disease-control centre stands for before a notice quotes a derived row (2.9)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Numbered


class HazardConfirmation(Numbered, Base):
    """An expert's word on one row. It holds for the text it was given on; a later word ends it, nothing overwrites it.

    `quoted` is what a notice may say: the proposal, a correction of it, or nothing at all.
    """

    __tablename__ = "hazard_confirmation"
    __table_args__ = (
        CheckConstraint("kind IN ('industry', 'factor')", name="kind"),
        CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name="ended_whole"),
        Index(
            "uq_hazard_confirmation_open",
            "kind",
            "key",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    kind: Mapped[str]  # models.rules.notice_rows.RowKind
    key: Mapped[str]  # industry code, or the factor's catalogue name
    proposed: Mapped[str]
    quoted: Mapped[str]
    confirmed_by: Mapped[str]  # the expert
    confirmed_on: Mapped[date]
    by: Mapped[str]  # who entered it
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]
