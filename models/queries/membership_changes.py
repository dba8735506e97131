"""What became of a county's list after its baseline: who left it, who joined, when and why (Q2, 1.7)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.queries.membership import MEMBERS, asked

HOLDS = """c.campaign = :campaign AND c.effective_on <= :as_of
    AND (c.cancelled_on IS NULL OR c.cancelled_on > :as_of)"""
CHANGES = f"""
    SELECT DISTINCT coalesce(m.survivor, m.employer_id) AS employer_id, m.county, m.removed,
        a.effective_on AS added_on, a.reason_code AS added_reason, a.note AS added_note,
        x.effective_on AS removed_on, x.reason_code AS removed_reason, x.note AS removed_note, x.by AS removed_by
    FROM ({MEMBERS}) m
    LEFT JOIN membership_change a ON NOT m.based AND a.change = 'added' AND a.employer_id = m.employer_id
        AND a.county = m.county AND {HOLDS.replace("c.", "a.")}
    LEFT JOIN membership_change x ON m.removed AND x.change = 'removed' AND x.employer_id = m.employer_id
        AND x.county = m.county AND {HOLDS.replace("c.", "x.")}
    WHERE (m.removed OR NOT m.based) AND (CAST(:county AS text) IS NULL OR m.county = :county)
        AND (CAST(:unit AS bigint) IS NULL OR coalesce(m.survivor, m.employer_id) = :unit)
    ORDER BY removed_on, 1, 2"""


@dataclass(frozen=True)
class Change:
    """A unit that joined (A) or left (X) a county's N, as it holds on the day; perhaps first the one, then the other.

    An addition without a day is nobody's act: the unit lost its approval (撤销后未申报).
    """

    employer_id: int
    county: str
    removed: bool
    added_on: date | None = None
    added_reason: str | None = None
    added_note: str | None = None
    removed_on: date | None = None
    removed_reason: str | None = None
    removed_note: str | None = None
    removed_by: str | None = None


def changes_in_force(
    db: Session, campaign: Campaign, as_of: date, *, county: str | None = None, unit: int | None = None
) -> list[Change]:
    given = asked(campaign, as_of) | {"county": county, "unit": unit}
    found = db.execute(text(CHANGES), given).mappings()
    return [Change(**row) for row in found]


def changes_by_unit(changes: Iterable[Change]) -> dict[int, list[Change]]:
    found: dict[int, list[Change]] = {}
    for one in changes:
        found.setdefault(one.employer_id, []).append(one)
    return found


def names_of(db: Session, units: list[int]) -> dict[int, tuple[str | None, str | None]]:
    """Name and credit code of each unit by its number, whatever became of it."""
    statement = text(
        "SELECT id, name, coalesce(credit_code, legacy_code) FROM employer WHERE id = ANY(:units)"
    )
    return {row[0]: (row[1], row[2]) for row in db.execute(statement, {"units": units})}
