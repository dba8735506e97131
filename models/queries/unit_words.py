"""Units by whatever a row calls them, all rows at once: number (an old one leads to its survivor), code, name."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.queries.verification import known_units

LEADS = """
    WITH RECURSIVE led AS (
        SELECT e.id AS number, e.id, e.merged_into FROM employer e WHERE e.id = ANY(:numbers)
        UNION ALL SELECT led.number, e.id, e.merged_into FROM led JOIN employer e ON e.id = led.merged_into
    )
    SELECT number, id FROM led WHERE merged_into IS NULL"""
CALLED = """
    SELECT id, name, name_key, credit_code, legacy_code FROM employer
    WHERE id = ANY(:units) AND ended_at IS NULL"""


@dataclass(frozen=True)
class Called:
    """How one unit is known."""

    name: str
    name_key: str | None
    codes: frozenset[str]


@dataclass
class Directory:
    leads: dict[int, int] = field(default_factory=dict)
    by_code: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_name: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    units: dict[int, Called] = field(default_factory=dict)


def directory(
    db: Session, numbers: Collection[int], codes: Collection[str], names: Collection[str]
) -> Directory:
    """`names`: normal names."""
    found = Directory()
    leads = db.execute(text(LEADS), {"numbers": list(numbers)})
    found.leads = {row.number: row.id for row in leads}
    known = known_units(db, codes, names)
    units = {*found.leads.values(), *(unit for unit, *_ in known)}
    for row in db.execute(text(CALLED), {"units": sorted(units)}):
        own = frozenset(filter(None, (row.credit_code, row.legacy_code)))
        found.units[row.id] = Called(row.name or f"单位 {row.id}", row.name_key, own)
        for code in own:
            found.by_code[code].append(row.id)
        if row.name_key:
            found.by_name[row.name_key].append(row.id)
    return found
