"""What a whole list no longer names (C06, C12)."""

from collections.abc import Sequence
from typing import Any

from models.database import session
from models.inbound import Kind
from models.queries import missing as queries


def list_missing(kind: Kind | None = None) -> list[dict[str, Any]]:
    with session() as db:
        return queries.missing(db, kind)


def count_missing(batch_ids: Sequence[int]) -> int:
    """Told once all files are in: a whole list may come as several."""
    with session() as db:
        return queries.missing_count(db, batch_ids)
