"""Lines that the latest whole list of their source lacks: for a person to look at (C06, C12)."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.inbound import Kind

MISSING = """
SELECT * FROM (
    SELECT DISTINCT ON (gone.source_id, gone.entry)
        source.kind, source.name AS source, gone.last_seen_on, gone.missing_on,
        record.name, record.credit_code, record.county, gone.entry
    FROM missing_entry AS gone
    JOIN source ON source.id = gone.source_id
    JOIN record ON record.entry = gone.entry AND record.source_id = gone.source_id
    WHERE CAST(:kind AS text) IS NULL OR source.kind = :kind
    ORDER BY gone.source_id, gone.entry, record.current DESC, record.id
) AS line
ORDER BY kind, source, county, name, entry
"""


def missing(db: Session, kind: Kind | None = None) -> list[dict[str, Any]]:
    """Each with the day it was last seen and the day of the list that lacks it."""
    return [dict(row) for row in db.execute(text(MISSING), {"kind": kind}).mappings()]


def missing_count(db: Session, batches: Sequence[int]) -> int:
    """How many lines these lists lack, where they are the latest whole ones of their source."""
    query = text("SELECT count(*) FROM missing_entry WHERE batch_id = ANY(:batches)")
    return db.scalar(query, {"batches": list(batches)}) or 0
