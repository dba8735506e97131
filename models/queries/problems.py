"""What was wrong in which cell of which list (design 7)."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.inbound import RAW

PROBLEMS_OF = """
SELECT batch.id AS batch_id, batch.file_name AS file, batch.sheet, sighting.row_no,
       batch.columns ->> row_problem.field AS "column", row_problem.field, row_problem.code,
       row_problem.severity, row_problem.value, row_problem.message
FROM row_problem
JOIN sighting ON sighting.record_id = row_problem.record_id
JOIN batch ON batch.id = sighting.batch_id
WHERE (CAST(:batches AS bigint[]) IS NULL OR batch.id = ANY(:batches))
  AND (CAST(:code AS text) IS NULL OR row_problem.code = :code)
ORDER BY batch.id, sighting.row_no, row_problem.field, row_problem.code
LIMIT :most
"""

PROBLEM_COUNT = """
SELECT count(*) FROM sighting JOIN row_problem USING (record_id) WHERE sighting.batch_id = :batch
"""

COUNTS = """
SELECT row_problem.code, row_problem.severity, count(*) AS rows, min(row_problem.message) AS example
FROM row_problem
GROUP BY row_problem.code, row_problem.severity
ORDER BY count(*) DESC, row_problem.code
"""


def problems(
    db: Session, batches: Sequence[int] | None = None, *, code: str | None = None, most: int | None = None
) -> list[dict[str, Any]]:
    """Problems of the lists `batches` (all by default), by row, each with its cell and its Chinese field name."""
    chosen = list(batches) if batches is not None else None
    found = db.execute(text(PROBLEMS_OF), {"batches": chosen, "code": code, "most": most})
    return [{**row, "field": RAW.get(row["field"], row["field"])} for row in found.mappings()]


def problem_count(db: Session, batch: int) -> int:
    """Problems of all rows of one list, whichever list showed their contents first."""
    return db.scalar(text(PROBLEM_COUNT), {"batch": batch}) or 0


def problem_counts(db: Session) -> list[dict[str, Any]]:
    """How often each problem occurs, with one example."""
    return [dict(row) for row in db.execute(text(COUNTS)).mappings()]
