"""The two sides of linkage as columns: every declaration, every unit, and what people have said of pairs."""

from collections.abc import Sequence

import polars as pl
from psycopg.sql import SQL
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from models.inbound import NORMAL
from models.link import BY_MACHINE, Link, Verdict
from models.queries.copied import copied
from models.queries.survivors import survivors
from models.rules.cell import CellCode
from models.rules.linking import COMPARED, WRITTEN

FACTS = ", ".join(COMPARED)
UNUSABLE = (CellCode.CREDIT_CODE_CHECK, CellCode.CREDIT_CODE_CONFUSED, CellCode.CREDIT_CODE_SHAPE)
# A code with a wrong check digit is no fact of a row; as written it stands with what is wrong with the row.
UNUSABLE_CODE = f"field = 'credit_code' AND code IN {tuple(map(str, UNUSABLE))}"
DAMAGED_OF_RECORD = (
    f"SELECT record_id, min(value) AS damaged_code FROM row_problem WHERE {UNUSABLE_CODE} GROUP BY 1"
)
DAMAGED_OF_EMPLOYER = f"""
SELECT placement.employer_id, min(row_problem.value) AS damaged_code
FROM row_problem
JOIN placement ON placement.record_id = row_problem.record_id AND placement.ended_at IS NULL
JOIN record ON record.id = placement.record_id AND record.current
WHERE {UNUSABLE_CODE} GROUP BY 1"""
# One judgement per declaration: where a list names it twice, the content with the lowest number speaks for it.
DECLARATIONS = f"""
SELECT DISTINCT ON (record.entry) record.entry, {FACTS}, damaged_code, address
FROM record JOIN source ON source.id = record.source_id
LEFT JOIN ({DAMAGED_OF_RECORD}) AS wrong ON wrong.record_id = record.id
WHERE record.current AND source.kind = 'declarations'
ORDER BY record.entry, record.id
"""
EMPLOYERS = f"""
SELECT employer.id AS employer_id, {FACTS}, damaged_code
FROM employer
LEFT JOIN ({DAMAGED_OF_EMPLOYER}) AS wrong ON wrong.employer_id = employer.id
WHERE merged_into IS NULL AND ended_at IS NULL
"""


def declarations_frame(db: Session) -> pl.DataFrame:
    return _copied(db, DECLARATIONS, "entry", WRITTEN)


def employers_frame(db: Session) -> pl.DataFrame:
    return _copied(db, EMPLOYERS, "employer_id", WRITTEN[:1])


def refused_pairs(db: Session) -> pl.DataFrame:
    """Pairs (entry, employer_id) that people rejected or left open; the machine has no say in them."""
    merged = survivors()
    said = (
        select(Link.entry, Link.employer_id, merged.c.survivor)
        .outerjoin(merged, merged.c.merged == Link.employer_id)
        .where(Link.ended_at.is_(None), Link.by.not_in(BY_MACHINE), Link.verdict != Verdict.SURE)
    )
    rows = [(entry, survivor or employer) for entry, employer, survivor in db.execute(said)]
    return pl.DataFrame(rows, schema={"entry": pl.Int64(), "employer_id": pl.Int64()}, orient="row")


def _copied(db: Session, query: str, key: str, written: Sequence[str]) -> pl.DataFrame:
    schema = {key: pl.Int64(), **{name: NORMAL[name] for name in COMPARED}} | dict.fromkeys(
        written, pl.String()
    )
    flags = [name for name, dtype in schema.items() if dtype == pl.Boolean()]
    found = copied(db, SQL(query))
    if not found:
        return pl.DataFrame(schema=schema)
    texts = schema | dict.fromkeys(flags, pl.String())
    frame = pl.read_csv(found, has_header=False, schema=texts)
    return frame.with_columns(pl.col(name) == "t" for name in flags)


def set_work_memory(db: Session) -> None:
    """Sorts and joins of whole populations in memory, for this transaction."""
    db.execute(text("SET LOCAL work_mem = '256MB'"))
