"""What is recorded of some units already, so that an entry can be compared with it before it is written."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.fieldwork import Recorded

Act = TypeVar("Act", bound=Recorded)

NUMBERS = """
    WITH RECURSIVE same AS (
        SELECT id AS unit, id FROM unnest(CAST(:units AS bigint[])) AS asked(id)
        UNION SELECT same.unit, e.id FROM same JOIN employer e ON e.merged_into = same.id
    )
    SELECT id, unit FROM same"""


def numbers_of(db: Session, units: Collection[int]) -> dict[int, int]:
    """Every number that leads to one of the units, its own among them → the unit."""
    found = db.execute(text(NUMBERS), {"units": list(units)})
    return {row.id: row.unit for row in found}


def held_acts(
    db: Session, table: type[Act], campaign: Campaign, units: Collection[int] | None = None
) -> list[tuple[int, Act]]:
    """(unit, act) in the order of entry, the withdrawn ones as well; of all units, or those of a table without any."""
    wanted = select(table).where(table.campaign == campaign.key)
    columns: Any = table
    if units is None:
        return [(0, act) for act in db.scalars(wanted.order_by(columns.id))]
    leads = numbers_of(db, units)
    wanted = wanted.where(columns.employer_id.in_(leads)).order_by(columns.id)
    return [(leads[act.employer_id], act) for act in db.scalars(wanted)]  # type: ignore[attr-defined]


# The approval that stood on the day, the youngest of several; and its record as the last export up to the day showed
# it, or else the first one after it: an inspector sees what was declared, whenever the export was loaded.
DECLARED = """
    WITH RECURSIVE asked AS (
        SELECT * FROM unnest(CAST(:units AS bigint[]), CAST(:days AS date[])) AS a(unit, day)
    ), same AS (
        SELECT DISTINCT unit, unit AS id FROM asked
        UNION SELECT same.unit, e.id FROM same JOIN employer e ON e.merged_into = same.id
    ), then_standing AS (
        SELECT DISTINCT ON (a.unit, a.day) a.unit, a.day, l.entry
        FROM asked a JOIN same ON same.unit = a.unit
        JOIN link l ON l.employer_id = same.id AND l.verdict = 'sure' AND l.ended_at IS NULL
        JOIN standing p ON p.entry = l.entry AND p.from_on <= a.day AND (p.to_on IS NULL OR p.to_on > a.day)
        ORDER BY a.unit, a.day, p.from_on DESC, l.entry
    )
    SELECT s.unit, s.day, s.entry, r.industry, r.headcount::text AS headcount, r.hazards
    FROM then_standing s
    JOIN LATERAL (
        SELECT r.* FROM record r
        JOIN sighting g ON g.record_id = r.id
        JOIN batch b ON b.id = g.batch_id
        WHERE r.entry = s.entry
        ORDER BY b.data_date > s.day, abs(b.data_date - s.day), r.id LIMIT 1) r ON true"""


def declared_then(db: Session, asked: Sequence[tuple[int, date]]) -> dict[tuple[int, date], dict[str, Any]]:
    """(unit, day) → entry, industry, headcount and hazards of the declaration that stood then."""
    given = {"units": [unit for unit, _ in asked], "days": [day for _, day in asked]}
    found = db.execute(text(DECLARED), given).mappings()
    return {(row["unit"], row["day"]): dict(row) for row in found}
