"""What is kept of the platform's declarations and of the registrations they may belong to, by sets of keys."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from models.employer import Employer
from models.filing import Registrant, Registration
from models.link import Link, Verdict
from models.queries.registrant_of import Held
from models.queries.review_case import SNAPSHOT
from models.queries.survivors import survivors
from models.record import record


class Known(NamedTuple):
    id: int
    registrant: int
    state: str
    revoked: bool
    version: int
    filed_on: date | None
    steps: int
    head: str
    sha256: str  # of the version in force
    effective_on: date
    data_date: date  # of the youngest export that showed something new


def known_filings(db: Session, keys: Collection[str]) -> dict[str, Known]:
    found = db.execute(text(KNOWN), {"keys": list(keys)})
    return {row[0]: Known(*row[1:]) for row in found}


KNOWN = """
SELECT held.source_key, held.id, held.registrant_id, held.state, held.revoked, held.version, held.filed_on, held.steps,
    held.head, version.sha256, event.effective_on, CAST(event.payload ->> 'data_date' AS date)
FROM filed_declaration AS held
JOIN declaration_version AS version ON version.declaration_id = held.id AND version.number = held.version
JOIN declaration_event AS event ON event.declaration_id = held.id AND event.number = held.steps
WHERE held.source = 'platform' AND held.source_key = ANY(:keys)
"""


def known_registrants(db: Session, codes: Collection[str]) -> dict[str, list[Held]]:
    """By code, those registered with us first."""
    columns = (Registrant.id, Registrant.name, Registrant.is_branch, Registrant.parent_code)
    rows = db.execute(
        select(*columns, Registrant.credit_code)
        .where(Registrant.credit_code == func.any(list(codes)), Registrant.state != Registration.RETURNED)
        .order_by(Registrant.source, Registrant.id)
    )
    found: dict[str, list[Held]] = defaultdict(list)
    for row in rows:
        found[row.credit_code].append(Held(*row))
    return found


def linked_units(db: Session) -> dict[str, int]:
    """Declaration number → unit, where linkage is sure. A number that leads to two units leads to none."""
    merged = survivors()
    unit = func.coalesce(merged.c.survivor, Link.employer_id)
    rows = db.execute(
        select(record.c.declaration_no, func.min(unit))
        .select_from(Link)
        .join(record, (record.c.entry == Link.entry) & record.c.current)
        .outerjoin(merged, merged.c.merged == Link.employer_id)
        .where(Link.ended_at.is_(None), Link.verdict == Verdict.SURE, record.c.declaration_no.is_not(None))
        .group_by(record.c.declaration_no)
        .having(func.min(unit) == func.max(unit))
    )
    return {number: unit for number, unit in rows}


def facts_of(db: Session, units: Collection[int]) -> dict[int, dict[str, Any]]:
    """What the database says of each unit, as a version keeps it."""
    columns = [getattr(Employer, name) for name in SNAPSHOT]
    rows = db.execute(select(Employer.id, *columns).where(Employer.id == func.any(list(units))))
    return {row[0]: dict(zip(SNAPSHOT, row[1:], strict=True)) for row in rows}


def conflict_lines(db: Session, limit: int | None = None) -> Iterator[dict[str, Any]]:
    """Registrants with several open declarations, in the words of a list (F13)."""
    for row in db.execute(text(CONFLICTS), {"limit": limit}):
        yield dict(row._mapping)


CONFLICTS = """
SELECT owner.id AS registrant, owner.name, owner.credit_code, owner.county,
    array_agg(held.id ORDER BY held.id) AS declarations,
    string_agg(coalesce(held.source_key, '第' || held.id || '号') || '（' || held.state || '）', '、' ORDER BY held.id) AS told
FROM filed_declaration AS held JOIN registrant AS owner ON owner.id = held.registrant_id
WHERE held.state <> '已审核' AND NOT held.revoked
GROUP BY owner.id, owner.name, owner.credit_code, owner.county
HAVING count(*) > 1
ORDER BY owner.county, owner.id
LIMIT :limit
"""
