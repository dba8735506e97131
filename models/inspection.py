"""What inspectors found beside what the unit had declared, field by field (C16)."""

from datetime import date

from sqlalchemy import BigInteger, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Numbered
from models.fieldwork import STANDS, Occasion, Prompt, Recorded, one_of, withdrawn_whole


class Inspection(Recorded, Numbered, Base):
    """One check of one unit on one day. `entry`: the declaration it was compared with; none: it had none that stood."""

    __tablename__ = "inspection"
    __table_args__ = (
        withdrawn_whole(),
        one_of("occasion", Occasion),
        one_of("prompt", Prompt),
        Index(
            "uq_inspection_stands",
            "campaign",
            "employer_id",
            "done_on",
            unique=True,
            postgresql_where=text(STANDS),
        ),
    )

    employer_id: Mapped[int] = mapped_column(BigInteger)
    done_on: Mapped[date]
    occasion: Mapped[str]
    inspector: Mapped[str]
    note: Mapped[str | None]
    entry: Mapped[int | None] = mapped_column(BigInteger)
    prompt: Mapped[str | None]  # null: nothing differs, or nothing was declared


class InspectionItem(Base):
    """One field as declared and as found; a field nobody looked at has no row."""

    __tablename__ = "inspection_item"

    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspection.id"), primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)  # industry, headcount, hazards
    declared: Mapped[str | None]
    found: Mapped[str]
    differs: Mapped[bool]
