"""Units of R whose declaration waits on the platform for a decision longer than it may (annex A of 2.5)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

# what the exports up to the day showed; of several the oldest filing tells how long the unit waits
WAITING = """
    SELECT u.county, u.employer_id, u.name, u.credit_code, min(r.filed_on) AS filed_on,
        (array_agg(r.declaration_no ORDER BY r.filed_on, r.declaration_no))[1] AS declaration_no
    FROM figure_unit u
    JOIN link l ON l.employer_id = u.unit AND l.verdict = 'sure' AND l.recorded_at <= :known_at
        AND (l.ended_at IS NULL OR l.ended_at > :known_at)
    JOIN record r ON r.entry = l.entry AND r.declaration_state = '待审核' AND r.filed_on <= :filed_by
    WHERE u.population = 'R' AND u.pending AND EXISTS (
        SELECT FROM sighting s JOIN batch b ON b.id = s.batch_id
        WHERE s.record_id = r.id AND b.recorded_at <= :known_at)
    GROUP BY 1, 2, 3, 4 ORDER BY u.county, filed_on, u.employer_id"""


def long_pending(db: Session, filed_by: date, known_at: datetime) -> list[dict[str, Any]]:
    """Those filed on that day or before; the units of the day must be laid out (`figure_unit`)."""
    given = {"filed_by": filed_by, "known_at": known_at}
    return [dict(row) for row in db.execute(text(WAITING), given).mappings()]
