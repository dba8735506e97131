"""Store one list: new contents, what was seen where, and which contents are now current (C06).

Everything is a function of the set of stored lists, never of the order they came in: contents and entries are
hashes, versions are ordered by data date, and `current` is worked out from the sightings.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from typing import Any

import polars as pl
import psycopg
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from models.batch import Batch, Source
from models.inbound import Kind


def find_source(db: Session, kind: Kind, name: str) -> Source:
    """The sender `name` of lists of `kind`, made when it sends its first."""
    found = db.scalar(select(Source).where(Source.kind == kind, Source.name == name))
    if found is None:
        found = Source(kind=kind, name=name)
        db.add(found)
        db.flush()
    return found


def known_contents(db: Session, source_id: int) -> pl.DataFrame:
    """What the source has said so far: id, entry and current of each content."""
    query = (
        f"COPY (SELECT id, entry, current FROM record WHERE source_id = {source_id}) TO STDOUT (FORMAT csv)"
    )
    with _driver(db).cursor() as cursor, cursor.copy(query) as copy:
        stored = b"".join(bytes(block) for block in copy)
    schema = {"id": pl.Int64(), "entry": pl.Int64(), "current": pl.String()}
    frame = pl.read_csv(stored, has_header=False, schema=schema) if stored else pl.DataFrame(schema=schema)
    return frame.with_columns(current=pl.col("current") == "t")


def is_newest(db: Session, source_id: int, data_date: date) -> bool:
    """No stored list of the source is younger."""
    return (
        db.scalar(select(Batch.id).where(Batch.source_id == source_id, Batch.data_date > data_date).limit(1))
        is None
    )


def store_columns(db: Session, table: str, frame: pl.DataFrame) -> None:
    """COPY a frame into `table`, columns by name; columns that hold nothing are left to their null."""
    copy_columns(_driver(db), table, frame)


@contextmanager
def storing_rows(db: Session) -> Iterator[Callable[[str, pl.DataFrame], None]]:
    """Rows by the hundred thousand, in parts: while the server stores one, the next can be brought into normal form.

    The session must not be used inside. Where the table was empty its indexes are built at the end, in a third of
    the time that keeping them row by row takes.
    """
    connection = _driver(db)
    later = _without_indexes(connection) if _is_empty(connection) else []
    with ThreadPoolExecutor(1) as copier:
        stored: list[Future[None]] = []
        yield lambda table, frame: stored.append(copier.submit(copy_columns, connection, table, frame))
        for part in stored:
            part.result()
    for definition in later:
        connection.execute(definition)


def copy_columns(connection: psycopg.Connection[Any], table: str, frame: pl.DataFrame) -> None:
    held = [name for name in frame.columns if frame[name].null_count() < frame.height]
    if frame.is_empty() or not held:
        return
    names = ", ".join(f'"{name}"' for name in held)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({names}) FROM STDIN (FORMAT csv)") as copy,
    ):
        for part in _csv_parts(frame.select(held)):
            copy.write(part)


def _is_empty(connection: psycopg.Connection[Any]) -> bool:
    return connection.execute("SELECT 1 FROM record LIMIT 1").fetchone() is None


def _without_indexes(connection: psycopg.Connection[Any]) -> list[bytes]:
    """Drop the plain indexes of `record` and `sighting`; how to make them again."""
    query = (
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema() "
        "AND tablename IN ('record', 'sighting') AND indexname LIKE 'ix%'"
    )
    found = connection.execute(query).fetchall()
    for name, _ in found:
        connection.execute(f'DROP INDEX "{name}"'.encode())
    return [definition.encode() for _, definition in found]


def mark_current(db: Session, batch_id: int, doubtful: pl.Series, *, newest: bool) -> int:
    """Work out `current` again for the lines (entries) in `doubtful`; how many contents changed sides.

    Of the contents of one line, those are current that its youngest lists show. In the usual case the list coming
    in is the youngest, and only sightings of its day count.
    """
    db.execute(text("CREATE TEMP TABLE coming_entry (entry bigint) ON COMMIT DROP"))
    store_columns(db, "coming_entry", doubtful.unique().to_frame("entry"))
    db.execute(text("ANALYZE coming_entry"))
    changed: Any = db.execute(text(CURRENT_IF_NEWEST if newest else CURRENT_OF_ALL), {"batch": batch_id})
    db.execute(text("DROP TABLE coming_entry"))
    return int(changed.rowcount)


def touch(db: Session, entries: pl.Series, batch_id: int) -> None:
    """Leave the lines whose units must be settled again in the temporary table `touched_entry`.

    Where several lines of one kind speak of a unit, the younger one's word counts: there a line that was only seen
    again matters too.
    """
    db.execute(text("CREATE TEMP TABLE IF NOT EXISTS touched_entry (entry bigint) ON COMMIT DROP"))
    store_columns(db, "touched_entry", entries.unique().to_frame("entry"))
    db.execute(text(SEEN_AGAIN_BESIDE_OTHERS), {"batch": batch_id})


CURRENT_IF_NEWEST = """
UPDATE record SET current = NOT current
FROM coming_entry
WHERE record.entry = coming_entry.entry
  AND record.current <> (
      (record.name_key IS NOT NULL OR record.credit_code IS NOT NULL)
      AND EXISTS (
          SELECT 1 FROM sighting JOIN batch ON batch.id = sighting.batch_id
          WHERE sighting.record_id = record.id
            AND batch.data_date = (SELECT data_date FROM batch WHERE id = :batch)
      )
  )
"""

CURRENT_OF_ALL = """
WITH seen AS (
    SELECT record.id, record.entry, max(batch.data_date) AS seen_on
    FROM coming_entry
    JOIN record USING (entry)
    JOIN sighting ON sighting.record_id = record.id
    JOIN batch ON batch.id = sighting.batch_id
    GROUP BY record.id, record.entry
), latest AS (
    SELECT id, seen_on = max(seen_on) OVER (PARTITION BY entry) AS current FROM seen
)
UPDATE record SET current = NOT record.current
FROM latest
WHERE latest.id = record.id
  AND record.current <> (
      latest.current AND (record.name_key IS NOT NULL OR record.credit_code IS NOT NULL)
  )
"""

SEEN_AGAIN_BESIDE_OTHERS = """
INSERT INTO touched_entry
SELECT DISTINCT record.entry
FROM batch
JOIN source ON source.id = batch.source_id
JOIN sighting ON sighting.batch_id = batch.id
JOIN record ON record.id = sighting.record_id
WHERE batch.id = :batch
  AND (
      source.kind IN ('programme', 'lead')
      OR (SELECT count(*) FROM source AS sender WHERE sender.kind = source.kind) > 1
  )
"""


def _csv_parts(frame: pl.DataFrame, rows: int = 50_000) -> Iterator[bytes]:
    for start in range(0, frame.height, rows):
        yield frame.slice(start, rows).write_csv(include_header=False, null_value="").encode()


def _driver(db: Session) -> psycopg.Connection[Any]:
    connection: Any = db.connection().connection.driver_connection
    if not isinstance(connection, psycopg.Connection):
        raise TypeError("COPY needs psycopg")
    return connection
