"""Work out again on which days approvals stood (Q1)."""

from collections.abc import Collection

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from models.actions.statistics import refresh_statistics
from models.declaration import Standing
from models.queries.standing import standing_periods


def rebuild_standing(
    db: Session, platforms: Collection[str], *, entries: Collection[int] | None = None
) -> int:
    """Fill `standing` from all stored exports, or for `entries` only; how many spans it now holds.

    Everything follows from the set of stored exports, so any order of loading ends in the same table.
    """
    old = delete(Standing)
    db.execute(old if entries is None else old.where(Standing.entry.in_(entries)))
    period = standing_periods(platforms, entries=entries).subquery("period")
    columns = ["entry", "from_on", "to_on", "presumed"]
    ordered = select(*(period.c[name] for name in columns)).order_by(period.c.entry, period.c.from_on)
    db.execute(insert(Standing).from_select(columns, ordered))
    spans = db.scalar(select(func.count()).select_from(Standing)) or 0
    refresh_statistics(db, "standing", changed=spans)
    return spans
