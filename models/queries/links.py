"""Questions about links: which there are, and what both sides say."""

from typing import Any

import polars as pl
from sqlalchemy import text
from sqlalchemy.orm import Session

from models.inbound import NORMAL
from models.queries.link_frames import UNUSABLE_CODE
from models.rules.linking import COMPARED

SHOWN = ("name", "address", *COMPARED)
SIDES = {name: NORMAL[name] for name in SHOWN} | {"damaged_code": pl.String()}
LIST = """
SELECT link.id AS link_id, link.entry, link.employer_id, link.verdict, link.method, link.score, link.reason, link.by,
       link.recorded_at, link.ended_at, link.ended_by, link.ended_reason,
       said.declaration_no, said.name AS declared_name, said.credit_code AS declared_code,
       said.county AS declared_county, said.address AS declared_address, said.phone AS declared_phone,
       said.industry AS declared_industry, said.headcount AS declared_headcount, said.declaration_state,
       approved.from_on AS approved_on, approved.presumed,
       employer.name, employer.credit_code, employer.county, employer.address, employer.phone, employer.industry,
       employer.headcount
FROM link
JOIN employer ON employer.id = link.employer_id
LEFT JOIN LATERAL (
    SELECT * FROM record WHERE record.entry = link.entry AND record.current ORDER BY record.id LIMIT 1
) AS said ON true
LEFT JOIN LATERAL (
    SELECT * FROM standing WHERE standing.entry = link.entry AND standing.to_on IS NULL ORDER BY standing.from_on LIMIT 1
) AS approved ON true
WHERE (:history OR link.ended_at IS NULL)
  AND (CAST(:verdict AS text) IS NULL OR link.verdict = :verdict)
  AND (CAST(:county AS text) IS NULL OR employer.county = :county OR said.county = :county)
  AND (CAST(:entry AS bigint) IS NULL OR link.entry = :entry)
  AND (CAST(:employer AS bigint) IS NULL OR link.employer_id = :employer)
ORDER BY employer.county, link.entry, link.score DESC NULLS FIRST, link.id
LIMIT :most
"""


DAMAGED = "SELECT min(row_problem.value) FROM row_problem"
OF_EMPLOYER = f"""
JOIN placement ON placement.record_id = row_problem.record_id AND placement.ended_at IS NULL
JOIN record ON record.id = placement.record_id AND record.current
WHERE placement.employer_id = employer.id AND {UNUSABLE_CODE}"""


def list_links(
    db: Session,
    *,
    verdict: str | None = None,
    county: str | None = None,
    entry: int | None = None,
    employer: int | None = None,
    history: bool = False,
    most: int | None = None,
) -> list[dict[str, Any]]:
    """Judgements with both sides beside each other, of the units or declarations of a county; `history`: ended ones too."""
    asked = {"verdict": verdict, "county": county, "entry": entry, "employer": employer}
    return [
        dict(row) for row in db.execute(text(LIST), {**asked, "history": history, "most": most}).mappings()
    ]


UNLINKED = """
SELECT said.*, approved.from_on AS approved_on, approved.presumed
FROM (
    SELECT DISTINCT ON (record.entry) record.entry, record.declaration_no, record.name AS declared_name,
           record.credit_code, record.county, record.address, record.declaration_state
    FROM record JOIN source ON source.id = record.source_id AND source.kind = 'declarations'
    WHERE record.current AND NOT EXISTS (
        SELECT FROM link WHERE link.entry = record.entry AND link.ended_at IS NULL AND link.verdict <> 'rejected'
    )
    ORDER BY record.entry, record.id
) AS said
LEFT JOIN LATERAL (
    SELECT * FROM standing WHERE standing.entry = said.entry AND standing.to_on IS NULL ORDER BY standing.from_on LIMIT 1
) AS approved ON true
WHERE CAST(:county AS text) IS NULL OR said.county = :county
ORDER BY said.county, said.declared_name, said.entry
LIMIT :most
"""


def unlinked(db: Session, *, county: str | None = None, most: int | None = None) -> list[dict[str, Any]]:
    """无对应单位: declarations that are nobody's, neither surely nor perhaps."""
    return [dict(row) for row in db.execute(text(UNLINKED), {"county": county, "most": most}).mappings()]


def find_declarations(db: Session, words: str) -> list[int]:
    """Entries that `words` may mean: their number here, or the platform's 申报编号."""
    found = db.scalars(
        text("""
            SELECT DISTINCT record.entry FROM record
            JOIN source ON source.id = record.source_id AND source.kind = 'declarations'
            WHERE record.entry::text = :words OR record.declaration_no = :words
            ORDER BY record.entry"""),
        {"words": words.strip()},
    )
    return list(found)


def approval_of(db: Session, entry: int) -> dict[str, Any] | None:
    """The span of approval that still stands: approved_on, and whether that day is only presumed (推定, Q1)."""
    standing = "SELECT from_on AS approved_on, presumed FROM standing WHERE entry = :entry AND to_on IS NULL"
    found = db.execute(text(f"{standing} ORDER BY from_on LIMIT 1"), {"entry": entry}).mappings().first()
    return None if found is None else dict(found)


def declaration_side(db: Session, entry: int) -> pl.DataFrame:
    return _side(
        db,
        "entry",
        f"SELECT record.entry, {_columns('record')}, ({DAMAGED} WHERE row_problem.record_id = record.id AND {UNUSABLE_CODE}) "
        "FROM record WHERE record.entry = :number ORDER BY NOT record.current, record.id LIMIT 1",
        entry,
    )


def employer_sides(db: Session, employer_id: int, code: str | None) -> pl.DataFrame:
    """The employer first, then the units that own `code`."""
    return _side(
        db,
        "employer_id",
        f"SELECT employer.id AS employer_id, {_columns('employer')}, ({DAMAGED} {OF_EMPLOYER}) FROM employer "
        "WHERE employer.id = :number OR (employer.credit_code = :code AND employer.merged_into IS NULL AND employer.ended_at IS NULL) "
        "ORDER BY employer.id <> :number, employer.id",
        employer_id,
        code=code,
    )


def _columns(table: str) -> str:
    return ", ".join(f"{table}.{name}" for name in SHOWN)


def _side(db: Session, key: str, statement: str, number: int, **given: Any) -> pl.DataFrame:
    rows = [tuple(row) for row in db.execute(text(statement), {"number": number, **given})]
    return pl.DataFrame(rows, schema={key: pl.Int64(), **SIDES}, orient="row")
