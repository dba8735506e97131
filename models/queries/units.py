"""What is known of one unit: its lines, every value with its source, and where values conflict (C06, C07)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.employer import FACTS
from models.inbound import EMPLOYER_KINDS
from models.rules.facts import Precedence, facts_select, ranked_select

KINDS = ", ".join(f"'{kind}'" for kind in EMPLOYER_KINDS)
# forms made for comparing are no values of their own: the written one beside them is told
TOLD = tuple(fact for fact in FACTS if fact not in ("name_key", "name_core", "address_key", "person_hash"))
# what makes two written values differ, where a comparable form exists
COMPARED = {"name": "name_key", "address": "address_key"}

SURVIVOR = """
WITH RECURSIVE chain AS (
    SELECT id, merged_into, 0 AS step FROM employer WHERE id = :unit
    UNION ALL
    SELECT e.id, e.merged_into, step + 1 FROM employer AS e JOIN chain ON chain.merged_into = e.id
)
SELECT id FROM chain ORDER BY step DESC LIMIT 1"""

SPEAKERS = """
(SELECT p.employer_id AS unit, r.id AS record_id, false AS alone
FROM placement AS p JOIN record AS r ON r.id = p.record_id AND r.current
WHERE p.ended_at IS NULL AND p.employer_id = :unit)"""

LINES = """
SELECT r.id AS record, r.entry, r.current, source.kind, source.name AS source, last.batch, last.file, last.sheet,
    last.sha256, last.row_no, last.data_date, p.recorded_at, p.ended_at, {facts}
FROM placement AS p
JOIN record AS r ON r.id = p.record_id
JOIN source ON source.id = r.source_id
CROSS JOIN LATERAL (
    SELECT b.id AS batch, b.file_name AS file, b.sheet, b.file_sha256 AS sha256, g.row_no, b.data_date
    FROM sighting AS g JOIN batch AS b ON b.id = g.batch_id
    WHERE g.record_id = r.id ORDER BY b.data_date DESC, b.file_sha256, g.row_no, b.id LIMIT 1
) AS last
WHERE p.employer_id = :unit AND (:history OR p.ended_at IS NULL AND r.current)
AND NOT EXISTS (
    SELECT FROM placement AS later
    WHERE later.employer_id = p.employer_id AND later.record_id = p.record_id AND later.id > p.id)
ORDER BY r.current DESC, last.data_date DESC, source.kind, r.entry, r.id"""

CONFLICTS = """
WITH spoken AS (
    SELECT p.employer_id AS unit, r.*
    FROM placement AS p
    JOIN record AS r ON r.id = p.record_id AND r.current
    JOIN (
        SELECT p.employer_id FROM placement AS p JOIN record AS r ON r.id = p.record_id AND r.current
        WHERE p.ended_at IS NULL GROUP BY p.employer_id HAVING count(*) > 1
    ) AS several ON several.employer_id = p.employer_id
    WHERE p.ended_at IS NULL
), conflict AS (
    SELECT e.id AS unit, e.name, e.county, v.field, min(v.used) AS used, array_agg(DISTINCT v.value) AS "values",
        array_agg(spoken.id) AS records, array_agg(v.value) AS spoken
    FROM spoken
    JOIN employer AS e ON e.id = spoken.unit AND (CAST(:county AS text) IS NULL OR e.county = :county)
    CROSS JOIN LATERAL (VALUES {values}) AS v (field, value, compared, used)
    WHERE v.value IS NOT NULL
    GROUP BY e.id, v.field
    HAVING count(DISTINCT v.compared) > 1
    ORDER BY e.county, e.id, v.field
    LIMIT :limit
)
SELECT unit, name, county, field, used, "values", told.said
FROM conflict
CROSS JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_object('value', value, 'kind', kind, 'source', source, 'data_date', data_date)
        ORDER BY data_date DESC, kind, source, value) AS said
    FROM (
        SELECT one.value, source.kind, source.name AS source, max(b.data_date) AS data_date
        FROM unnest(conflict.records, conflict.spoken) AS one (record, value)
        JOIN sighting AS g ON g.record_id = one.record
        JOIN batch AS b ON b.id = g.batch_id
        JOIN source ON source.id = b.source_id
        GROUP BY one.value, source.kind, source.name
    ) AS sayings
) AS told
ORDER BY county, unit, field"""


def survivor(db: Session, unit: int) -> int | None:
    """The unit an id stands for today: itself, or the one that took it over. None where there never was one."""
    found: int | None = db.scalar(text(SURVIVOR), {"unit": unit})
    return found


def unit_facts(db: Session, unit: int) -> dict[str, Any] | None:
    """The current facts of a unit, its id and whether it ended."""
    query = f"SELECT id, ended_at, {', '.join(FACTS)} FROM employer WHERE id = :unit"
    found = db.execute(text(query), {"unit": unit}).mappings().one_or_none()
    return dict(found) if found else None


def unit_facts_on(db: Session, unit: int, precedence: Precedence, as_of: date) -> dict[str, Any] | None:
    """The facts of a unit as lists up to a day told them."""
    seats = SPEAKERS_ON.format(kinds=KINDS)
    query = facts_select(seats, precedence, batches="b.data_date <= :as_of")
    found = db.execute(text(query), {"unit": unit, "as_of": as_of}).mappings().one_or_none()
    return dict(found) if found else None


SPEAKERS_ON = """
(SELECT unit, record_id, false AS alone FROM (
    SELECT p.employer_id AS unit, r.id AS record_id,
        max(b.data_date) = max(max(b.data_date)) OVER (PARTITION BY r.entry) AS newest
    FROM placement AS p
    JOIN record AS r ON r.id = p.record_id
    JOIN sighting AS g ON g.record_id = r.id
    JOIN batch AS b ON b.id = g.batch_id AND b.data_date <= :as_of
    WHERE p.ended_at IS NULL AND p.employer_id = :unit
    GROUP BY p.employer_id, r.id, r.entry
) AS versions WHERE newest)"""


def unit_lines(db: Session, unit: int, *, history: bool = False) -> list[dict[str, Any]]:
    """The lines that speak of a unit, each with its newest sighting; with `history` also what spoke of it before."""
    query = LINES.format(facts=", ".join(f"r.{fact}" for fact in FACTS))
    return [dict(line) for line in db.execute(text(query), {"unit": unit, "history": history}).mappings()]


def provenance(db: Session, unit: int, precedence: Precedence) -> list[dict[str, Any]]:
    """Field by field every value with source, batch, file, row and data date, and which one counts (C06, C07)."""
    query = ranked_select(SPEAKERS, precedence, winners=True)
    winners = db.execute(text(query), {"unit": unit}).mappings().one_or_none()
    if winners is None:
        return []
    lines = unit_lines(db, unit)
    return [
        {"field": fact, "value": line[fact], "counts": line["record"] == winners[fact]} | _where(line)
        for fact in TOLD
        for line in sorted(lines, key=lambda line: line["record"] != winners[fact])
        if line[fact] not in (None, "")
    ]


def conflicts(db: Session, *, county: str | None = None, limit: int = 1000) -> list[dict[str, Any]]:
    """Units and fields for which current lines give different values, who said which, and the value in use."""
    values = ", ".join(
        f"('{fact}', spoken.{fact}::text, spoken.{COMPARED.get(fact, fact)}::text, e.{fact}::text)"
        for fact in TOLD
        if fact not in ("is_branch", "county_basis", "branch_part")
    )
    found = db.execute(text(CONFLICTS.format(values=values)), {"county": county, "limit": limit})
    return [dict(row) for row in found.mappings()]


def standing_judgements(db: Session, entries: Sequence[int]) -> list[dict[str, Any]]:
    """Merges and splits in force that name one of these lines."""
    query = """
        SELECT id, kind, entry, other_entry, address_key, reason, by, recorded_at FROM unit_judgement
        WHERE undone_at IS NULL AND (entry = ANY(:entries) OR other_entry = ANY(:entries)) ORDER BY id"""
    return [dict(row) for row in db.execute(text(query), {"entries": list(entries)}).mappings()]


def _where(line: dict[str, Any]) -> dict[str, Any]:
    told = ("kind", "source", "batch", "file", "sheet", "sha256", "row_no", "data_date", "entry", "record")
    return {name: line[name] for name in told}


def units_of(db: Session, entry: int) -> list[int]:
    """The units the current records of a line speak of."""
    query = """
        SELECT DISTINCT p.employer_id FROM record AS r
        JOIN placement AS p ON p.record_id = r.id AND p.ended_at IS NULL
        WHERE r.entry = :entry AND r.current ORDER BY 1"""
    return list(db.scalars(text(query), {"entry": entry}))
