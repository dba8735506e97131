"""The planner's statistics, renewed in the transaction that changed much: nobody else will before it ends."""

from sqlalchemy import text
from sqlalchemy.orm import Session

MUCH = 2_000  # changed rows; below, the old statistics do


def refresh_statistics(db: Session, *tables: str, changed: int) -> None:
    if changed >= MUCH:
        db.execute(text(f"ANALYZE {', '.join(tables)}"))
