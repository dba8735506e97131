"""Whether what is stored now is what was known, and if not, the tables as they were (design 4)."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import column, func, insert, select, table, text
from sqlalchemy.orm import Session

from models.batch import Batch
from models.queries.standing import standing_periods

STANDING = "standing_known"


def has_later_lists(db: Session, as_of: date) -> bool:
    """Whether lists are stored that speak of days after `as_of`: the current facts are then not those of the day."""
    return db.scalar(select(Batch.id).where(Batch.data_date > as_of).limit(1)) is not None


def transaction_time(db: Session) -> datetime:
    """Every row this transaction writes carries this instant."""
    return db.execute(select(func.now())).scalar_one()


def lay_standing(db: Session, platforms: Collection[str], known_at: datetime) -> str:
    """Standing approvals as the exports stored by then tell them, as a temporary table."""
    periods = standing_periods(platforms, known_at=known_at).subquery("period")
    chosen = select(periods.c.entry, periods.c.from_on, periods.c.to_on)
    db.execute(text(f"DROP TABLE IF EXISTS pg_temp.{STANDING}"))
    db.execute(text(f"CREATE TEMP TABLE {STANDING} (entry bigint, from_on date, to_on date) ON COMMIT DROP"))
    target = table(STANDING, column("entry"), column("from_on"), column("to_on"))
    db.execute(insert(target).from_select(["entry", "from_on", "to_on"], chosen))
    db.execute(text(f"ANALYZE {STANDING}"))
    return STANDING
