"""The units of a round as they are now, beside what they were frozen with."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

NOW = """
    WITH RECURSIVE led AS (
        SELECT e.id AS number, e.id, e.merged_into FROM employer e WHERE e.id = ANY(:numbers)
        UNION ALL SELECT led.number, e.id, e.merged_into FROM led JOIN employer e ON e.id = led.merged_into
    )
    SELECT DISTINCT ON (e.id) led.number, e.id AS unit, e.name, e.credit_code, e.legacy_code, e.county, e.town, e.address,
        e.industry, e.headcount, e.size, e.phone, e.state, e.state_on
    FROM led JOIN employer e ON e.id = led.id
    WHERE led.merged_into IS NULL AND e.ended_at IS NULL
    ORDER BY e.id, led.number = e.id DESC, led.number"""
# what a list was frozen with beside the facts of the unit; a unit that came by a transfer has none of it
FROZEN: dict[str, Any] = {"sector": None, "borderline": None, "risk": None, "programmes": [], "found": []}
FROZEN |= {"extra": None, "flag": None, "pending": False, "unsure": False, "work_order": 2**62}


def unit_rows(
    db: Session, numbers: Sequence[int], frozen: Mapping[int, dict[str, Any]], *, gone: Collection[int] = ()
) -> list[dict[str, Any]]:
    """One row per living unit: several numbers that are one unit by now make one row, `gone` ones none."""
    rows = db.execute(text(NOW), {"numbers": list(numbers)}).mappings()
    units = [FROZEN | frozen.get(row["number"], {}) | dict(row) for row in rows if row["unit"] not in gone]
    return sorted(units, key=lambda unit: (unit["work_order"], unit["name"] or "", unit["unit"]))


def codes_of(db: Session, units: Sequence[int]) -> dict[int, str]:
    """How a person would call each unit: by its code, else by its name."""
    statement = text(
        "SELECT id, coalesce(credit_code, legacy_code, name) FROM employer WHERE id = ANY(:units)"
    )
    return {row[0]: row[1] for row in db.execute(statement, {"units": list(units)}) if row[1]}
