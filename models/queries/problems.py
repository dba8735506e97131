"""What was wrong in which cell of which list (design 7)."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.inbound import RAW, Kind
from models.problem import Severity

APPROVED_LATER = "E1183"
# An approval dated after its export is wrong in that list alone, not in a later one with the same row: it is found
# by list, so that the order of loading cannot change what is told.
FOUND = f"""
SELECT sighting.batch_id, sighting.row_no, row_problem.field, row_problem.code,
       row_problem.severity, row_problem.value, row_problem.message
FROM row_problem
JOIN sighting ON sighting.record_id = row_problem.record_id
UNION ALL
SELECT batch.id, sighting.row_no, 'approved_on', '{APPROVED_LATER}', '{Severity.PLEASE_CHECK}',
       record.approved_on::text,
       format('审核日期 %s 在数据截止日期 %s 之后；请核实两个日期。', record.approved_on, batch.data_date)
FROM source
JOIN batch ON batch.source_id = source.id
JOIN sighting ON sighting.batch_id = batch.id
JOIN record ON record.id = sighting.record_id AND record.approved_on > batch.data_date
WHERE source.kind = '{Kind.DECLARATIONS}'
"""

PROBLEMS_OF = f"""
SELECT batch.id AS batch_id, batch.file_name AS file, batch.sheet, found.row_no,
       batch.columns ->> found.field AS "column", found.field, found.code, found.severity, found.value, found.message
FROM ({FOUND}) AS found
JOIN batch ON batch.id = found.batch_id
WHERE (CAST(:batches AS bigint[]) IS NULL OR found.batch_id = ANY(:batches))
  AND (CAST(:code AS text) IS NULL OR found.code = :code)
ORDER BY batch.id, found.row_no, found.field, found.code
LIMIT :most
"""

PROBLEM_COUNT = f"SELECT count(*) FROM ({FOUND}) AS found WHERE batch_id = :batch"


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
