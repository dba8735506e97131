"""What a letter needs of a unit beyond the target list: its own hazards and where it lies in its street (C11)."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session


@dataclass(frozen=True)
class OwnFacts:
    hazards: str | None
    address_key: str | None


def own_facts(db: Session, units: Sequence[int], *, facts: str = "employer") -> dict[int, OwnFacts]:
    """Hazards as the unit's lists name them; where none does, as its latest surely linked declaration does."""
    statement = text(f"""
        SELECT e.id, e.address_key, coalesce(nullif(e.hazards, ''), (
            SELECT r.hazards FROM link l JOIN record r ON r.entry = l.entry AND r.current
            WHERE l.employer_id = e.id AND l.ended_at IS NULL AND l.verdict = 'sure' AND r.hazards <> ''
            ORDER BY coalesce(r.approved_on, r.filed_on) DESC NULLS LAST, r.id LIMIT 1)) AS hazards
        FROM {facts} e WHERE e.id = ANY(:units)""")
    found = db.execute(statement, {"units": list(units)})
    return {row.id: OwnFacts(row.hazards, row.address_key) for row in found}
