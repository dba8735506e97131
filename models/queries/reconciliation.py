"""Approvals that stand on the platform, by where they were filed and what became of them here (C28).

Reads the units laid out (models.actions.figure_units) and the approvals as known then (models.queries.knowledge).
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.inbound import Kind
from models.queries.knowledge import STANDING
from models.queries.knowledge_words import known

# An employer is its unit where one is surely linked, else who filed by code or name; it counts once a county. The
# record is the version that the newest export up to the day showed.
LAY = f"""
    CREATE TEMP TABLE figure_filed ON COMMIT DROP AS
    WITH shown AS (
        SELECT DISTINCT ON (r.entry) r.entry, coalesce(r.county, '') AS county, r.name, r.credit_code, r.name_key,
            r.declaration_no, r.platform, r.declaration_state, r.filed_on
        FROM source s JOIN batch b ON b.source_id = s.id AND b.data_date <= :as_of AND b.recorded_at <= :known_at
        JOIN sighting g ON g.batch_id = b.id JOIN record r ON r.id = g.record_id
        WHERE s.kind = '{Kind.DECLARATIONS}'
        ORDER BY r.entry, b.data_date DESC, r.id
    ), linked AS (
        SELECT l.entry, min(coalesce(v.survivor, l.employer_id)) FILTER (WHERE l.verdict = 'sure') AS unit,
            bool_or(l.verdict = 'unsure') AS unsure
        FROM link l LEFT JOIN target_survivor v ON v.merged = l.employer_id
        WHERE l.verdict <> 'rejected' AND {known("l")} GROUP BY l.entry
    ), subject AS (
        SELECT shown.*, linked.unit, coalesce(linked.unsure, false) AS unsure,
            coalesce(linked.unit::text, credit_code, name_key, entry::text) AS who
        FROM shown LEFT JOIN linked USING (entry)
    ), filed AS (
        SELECT s.* FROM {STANDING} p JOIN subject s USING (entry)
        WHERE p.from_on <= :as_of AND (p.to_on IS NULL OR p.to_on > :as_of)
    ), placed AS (
        SELECT unit, min(county) FILTER (WHERE population = 'N' AND NOT removed) AS n_county,
            min(county) FILTER (WHERE population = 'R') AS r_county
        FROM figure_unit GROUP BY unit
    )
    SELECT DISTINCT ON (filed.county, filed.who) filed.county, filed.unit, filed.name, filed.credit_code, filed.declaration_no,
        CASE WHEN filed.unit IS NULL AND filed.unsure THEN 'unsure' WHEN filed.unit IS NULL THEN 'unlinked'
            WHEN filed.county IS DISTINCT FROM coalesce(p.n_county, p.r_county, filed.county) THEN 'elsewhere'
            WHEN p.n_county IS NOT NULL THEN 'in_d' WHEN p.r_county IS NOT NULL THEN 'before' ELSE 'outside' END AS class,
        CASE WHEN bool_and(coalesce(filed.platform <> :main, false)) OVER same THEN 'other_platform'
            WHEN EXISTS (SELECT FROM subject n WHERE n.who = filed.who AND n.filed_on > filed.filed_on
                AND n.declaration_state IN ('待审核', '已驳回')) THEN 'newer_open' END AS apart
    FROM filed LEFT JOIN placed p ON p.unit = filed.unit
    WINDOW same AS (PARTITION BY filed.county, filed.who)
    ORDER BY filed.county, filed.who, filed.unsure DESC, filed.filed_on DESC NULLS LAST, filed.entry"""
CLASSES = """
    SELECT county, class, count(*)::int AS units FROM figure_filed GROUP BY county, class
    UNION ALL SELECT county, apart, count(*)::int FROM figure_filed WHERE apart IS NOT NULL GROUP BY county, apart"""
# Units that answer for several numbers of N count in D with each; the first one is in `in_d`.
ELSEWHERE = """
    SELECT u.county, u.employer_id, u.name, u.credit_code FROM (
        SELECT county, employer_id, unit, name, credit_code,
            row_number() OVER (PARTITION BY county, unit ORDER BY employer_id) AS place
        FROM figure_unit WHERE population = 'N' AND NOT removed AND declared
    ) u WHERE u.place > 1 OR NOT EXISTS (
        SELECT FROM figure_filed f WHERE f.unit = u.unit AND f.county = u.county AND f.class = 'in_d')
    ORDER BY u.county, u.employer_id"""
BATCH = f"""
    SELECT b.id, b.data_date, b.file_name FROM batch b JOIN source s ON s.id = b.source_id
    WHERE s.kind = '{Kind.PLATFORM_COUNTS}' AND b.data_date <= :as_of AND b.recorded_at <= :known_at
    ORDER BY b.data_date DESC, b.id DESC LIMIT 1"""


def lay_filed(db: Session, campaign: Campaign, as_of: date, known_at: datetime) -> None:
    """`figure_filed`: every employer with a standing approval, once a county where it filed.

    `apart`: the platform's table may well not count it: it filed on another platform, or filed anew since.
    """
    db.execute(text("DROP TABLE IF EXISTS pg_temp.figure_filed"))
    given = {"as_of": as_of, "known_at": known_at, "main": campaign.platforms.counting[0]}
    db.execute(text(LAY), given)


def filed_classes(db: Session) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for row in db.execute(text(CLASSES)):
        found.setdefault(row.county, {})[getattr(row, "class")] = row.units
    return found


def filed_units(db: Session, line: str, *, county: str | None = None) -> list[dict[str, Any]]:
    """The employers behind one integer of the reconciliation."""
    statement = "SELECT county, unit, name, credit_code, declaration_no FROM figure_filed WHERE :line IN (class, apart)"
    if line == "filed_elsewhere":
        statement = f"SELECT * FROM ({ELSEWHERE}) one WHERE :line <> ''"
    statement += " AND (CAST(:county AS text) IS NULL OR county = :county) ORDER BY county, name"
    found = db.execute(text(statement), {"line": line, "county": county})
    return [dict(row) for row in found.mappings()]


def filed_elsewhere(db: Session) -> dict[str, int]:
    statement = f"SELECT county, count(*)::int AS units FROM ({ELSEWHERE}) one GROUP BY county"
    return {row.county: row.units for row in db.execute(text(statement))}


def platform_counts(
    db: Session, campaign: Campaign, as_of: date, known_at: datetime
) -> tuple[date | None, str | None, dict[str, dict[str, int]]]:
    """The youngest table of counts up to the day: its data date, its file, heading → county → count."""
    batch = db.execute(text(BATCH), {"as_of": as_of, "known_at": known_at}).one_or_none()
    if batch is None:
        return None, None, {}
    found: dict[str, dict[str, int]] = {}
    statement = "SELECT county, metric, value FROM platform_count WHERE batch_id = :batch"
    names: Mapping[str, str] = campaign.county_names
    for row in db.execute(text(statement), {"batch": batch.id}):
        found.setdefault(row.metric, {})[row.county if row.county in names else ""] = row.value
    return batch.data_date, batch.file_name, found
