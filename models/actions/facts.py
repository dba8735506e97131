"""The facts of units: written to `employer` for now, laid out in a temporary table for any other day (C07, design 4)."""

from datetime import date, datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.employer import FACTS
from models.inbound import EMPLOYER_KINDS
from models.rules.facts import Precedence, facts_select

COLUMNS = ", ".join(FACTS)
KINDS = ", ".join(f"'{kind}'" for kind in EMPLOYER_KINDS)

SPEAKERS = """
CREATE TEMP TABLE {table} ON COMMIT DROP AS
SELECT u.unit, node.id AS record_id, u.alone
FROM unit_node AS node JOIN unit_id AS u ON u.label = node.label AND {which}"""
CHANGED = f"""
UPDATE employer AS e SET ({COLUMNS}) = ({", ".join(f"f.{fact}" for fact in FACTS)})
FROM unit_facts AS f
WHERE f.id = e.id AND ({", ".join(f"e.{fact}" for fact in FACTS)}) IS DISTINCT FROM ({", ".join(f"f.{fact}" for fact in FACTS)})"""

# Of every line the versions its youngest list up to the day showed, and the unit they are known to speak of.
SPEAKERS_THEN = f"""
CREATE TEMP TABLE facts_speaker ON COMMIT DROP AS
WITH seen AS (
    SELECT g.record_id, max(b.data_date) AS day
    FROM source JOIN batch AS b ON b.source_id = source.id JOIN sighting AS g ON g.batch_id = b.id
    WHERE source.kind IN ({KINDS}) AND {{batches}}
    GROUP BY g.record_id
), version AS (
    SELECT r.id, seen.day = max(seen.day) OVER (PARTITION BY r.entry) AS newest, r.name_key, r.credit_code
    FROM seen JOIN record AS r ON r.id = seen.record_id
)
SELECT p.employer_id AS unit, version.id AS record_id, count(*) OVER (PARTITION BY p.employer_id) = 1 AS alone
FROM version JOIN placement AS p ON p.record_id = version.id AND {{known}}
WHERE version.newest AND (version.name_key IS NOT NULL OR version.credit_code IS NOT NULL)"""


def write_facts(db: Session, precedence: Precedence) -> None:
    """Bring `employer` up to date for the units in `unit_id`: new ones at once, known ones where a fact changed."""
    for table, which in (("unit_speaker", "NOT u.fresh"), ("unit_speaker_new", "u.fresh")):
        db.execute(text(f"DROP TABLE IF EXISTS pg_temp.{table}"))
        db.execute(text(SPEAKERS.format(table=table, which=which)))
        db.execute(text(f"ANALYZE {table}"))
    db.execute(text(f"INSERT INTO employer (id, {COLUMNS}) {facts_select('unit_speaker_new', precedence)}"))
    db.execute(text("DROP TABLE IF EXISTS pg_temp.unit_facts"))
    db.execute(
        text(f"CREATE TEMP TABLE unit_facts ON COMMIT DROP AS {facts_select('unit_speaker', precedence)}")
    )
    db.execute(text("ANALYZE unit_facts"))
    db.execute(text(CHANGED))


def open_facts(
    db: Session, precedence: Precedence, *, as_of: date | None = None, known_at: datetime | None = None
) -> str:
    """The name of a table (id, *FACTS) of the units on a day, as known at an instant.

    `employer` itself where nothing was said later than that (then its rows with `merged_into` or `ended_at` do not
    count), else the temporary table `employer_facts`.
    """
    if known_at is None and not _later_lists(db, as_of):
        return "employer"
    for statement in facts_as_of(precedence, as_of, known_at):
        db.execute(text(statement))
    return "employer_facts"


def _later_lists(db: Session, as_of: date | None) -> bool:
    later = "SELECT EXISTS (SELECT FROM batch JOIN source ON source.id = source_id WHERE data_date > :as_of AND kind IN "
    return as_of is not None and bool(db.scalar(text(f"{later}({KINDS}))"), {"as_of": as_of}))


def facts_as_of(precedence: Precedence, as_of: date | None, known_at: datetime | None) -> tuple[str, ...]:
    """Statements that lay out `employer_facts`: what lists up to the day said, as far as it was recorded then."""
    day = f"b.data_date <= DATE '{as_of.isoformat()}'" if as_of else "true"
    instant = f"TIMESTAMPTZ '{known_at.isoformat()}'" if known_at else ""
    batches = f"{day} AND b.recorded_at <= {instant}" if known_at else day
    known = "p.ended_at IS NULL"
    if known_at:
        known = f"p.recorded_at <= {instant} AND (p.ended_at IS NULL OR p.ended_at > {instant})"
    select = facts_select("facts_speaker", precedence, batches=batches)
    return (
        "DROP TABLE IF EXISTS pg_temp.facts_speaker, pg_temp.employer_facts",
        SPEAKERS_THEN.format(batches=batches, known=known),
        "ANALYZE facts_speaker",
        f"CREATE TEMP TABLE employer_facts ON COMMIT DROP AS {select}",
        "ANALYZE employer_facts",
    )
