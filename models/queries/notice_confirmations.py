"""Experts' words in force on derived hazard rows (2.9)."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.notice import HazardConfirmation
from models.rules.notice_rows import RowKind, Word, Words


def confirmations(db: Session) -> dict[tuple[RowKind, str], HazardConfirmation]:
    """Every row's word of now."""
    found = db.scalars(select(HazardConfirmation).where(HazardConfirmation.ended_at.is_(None)))
    return {(RowKind(one.kind), one.key): one for one in found}


def words(db: Session) -> Words:
    return {row: Word(one.proposed, one.quoted) for row, one in confirmations(db).items()}
