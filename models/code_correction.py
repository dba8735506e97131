"""F07: a registrant's credit code is corrected by the help desk alone, and each correction stays on record."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Numbered


class CodeCorrection(Numbered, Base):
    """Never changed (trigger). The database lets a code change only in the transaction that writes such a row."""

    __tablename__ = "code_correction"
    __table_args__ = (
        CheckConstraint("before IS DISTINCT FROM after", name="changes_something"),
        CheckConstraint("btrim(reason) <> ''", name="reason_given"),
        Index("ix_code_correction_registrant_id", "registrant_id"),
    )

    registrant_id: Mapped[int] = mapped_column(ForeignKey("registrant.id"))
    before: Mapped[str | None]
    after: Mapped[str]
    reason: Mapped[str]
    by: Mapped[str]
    corrected_on: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
    transaction: Mapped[int] = mapped_column(BigInteger, server_default=text("txid_current()"))
