"""How many units of N declared lately (issue 6)."""

from datetime import date

from sqlalchemy import text
from sqlalchemy.orm import Session

RECENT = """
    SELECT county, count(*)::int AS units FROM figure_unit
    WHERE population = 'N' AND NOT removed AND declared AND declared_on > :since AND declared_on <= :as_of
    GROUP BY county"""


def declared_since(db: Session, since: date, as_of: date) -> dict[str, int]:
    """County → units; those of the day must be laid out (`figure_unit`)."""
    return {row.county: row.units for row in db.execute(text(RECENT), {"since": since, "as_of": as_of})}
