"""The campaign's database as plain values, without ids, batch numbers and recorded times: what must be equal."""

from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.employer import FACTS
from models.inbound import NORMAL

UNIT = """
SELECT employer_id, array_agg(record_id ORDER BY record_id) AS records
FROM placement WHERE ended_at IS NULL GROUP BY employer_id
"""


def dump(db: Session) -> dict[str, list[tuple[Any, ...]]]:
    """Every noun as a sorted list of tuples; a unit is named by the contents it is made of."""
    units = {row.employer_id: tuple(row.records) for row in db.execute(text(UNIT))}
    normal = ", ".join(f"record.{name}" for name in NORMAL)
    facts = ", ".join(f"employer.{name}" for name in FACTS)
    return {
        "record": _rows(db, f"SELECT record.id, entry, current, {normal} FROM record"),
        "sighting": _rows(
            db,
            "SELECT source.kind, source.name, data_date, file_sha256, sheet, record_id, row_no FROM sighting "
            "JOIN batch ON batch.id = batch_id JOIN source ON source.id = source_id",
        ),
        "problem": _rows(db, "SELECT record_id, field, code, severity, value, message FROM row_problem"),
        "dropped": _rows(
            db, "SELECT file_sha256, sheet, row_no, reason FROM dropped_row JOIN batch ON batch.id = batch_id"
        ),
        "missing": _rows(db, "SELECT entry, missing_on, last_seen_on FROM missing_entry"),
        "employer": _named(db, units, f"SELECT employer.id, {facts} FROM employer WHERE merged_into IS NULL"),
        "standing": _rows(db, "SELECT entry, from_on, to_on, presumed FROM standing"),
        "link": _named(
            db, units, "SELECT employer_id, entry, verdict, method FROM link WHERE ended_at IS NULL"
        ),
        "target": _named(
            db,
            units,
            "SELECT employer_id, county, rule, in_r, declared, unsure, pending, sector, risk FROM target",
        ),
    }


def _rows(db: Session, query: str) -> list[tuple[Any, ...]]:
    return sorted((tuple(row) for row in db.execute(text(query))), key=repr)


def _named(db: Session, units: dict[int, tuple[int, ...]], query: str) -> list[tuple[Any, ...]]:
    """Rows whose first column is an employer, which is named by its contents."""
    return sorted(((units.get(row[0]), *row[1:]) for row in db.execute(text(query))), key=repr)
