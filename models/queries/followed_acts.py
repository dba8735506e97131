"""Every act on a unit with the declaration that followed it: the first approval that stood after its day (C13–C15)."""

from datetime import date
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.fieldwork import Part
from models.queries.membership import asked
from models.queries.undeclared import UNDECLARED
from models.queries.undeclared_work import LEADS

ACTS = """
    SELECT CASE u.part WHEN :attended THEN 'trained' ELSE 'invited' END AS kind, u.id AS act, u.employer_id,
        t.done_on, NULL AS programme
    FROM training_unit u JOIN training t ON t.id = u.training_id AND t.withdrawn_at IS NULL
    WHERE u.campaign = :campaign AND u.withdrawn_at IS NULL
    UNION ALL SELECT 'guidance', id, employer_id, assigned_on, programme FROM guidance
    WHERE campaign = :campaign AND withdrawn_at IS NULL
    UNION ALL SELECT 'visit', id, employer_id, done_on, programme FROM visit
    WHERE campaign = :campaign AND withdrawn_at IS NULL
    UNION ALL SELECT 'check', id, employer_id, done_on, NULL FROM inspection
    WHERE campaign = :campaign AND withdrawn_at IS NULL
    UNION ALL SELECT 'rung' || rung, id, employer_id, done_on, NULL FROM escalation
    WHERE campaign = :campaign AND withdrawn_at IS NULL"""
# An act on a unit that stood declared on its day is followed by nothing: it had declared before.
FOLLOWED = f"""
    WITH RECURSIVE {LEADS}, acts AS (
        SELECT a.kind, a.act, coalesce(s.id, a.employer_id) AS unit, a.done_on, a.programme
        FROM ({ACTS}) a LEFT JOIN survivor s ON s.number = a.employer_id WHERE a.done_on <= :as_of
    ), numbers AS (
        SELECT unit, unit AS number FROM acts UNION SELECT s.id, s.number FROM survivor s JOIN acts a ON a.unit = s.id
    ), approved AS (
        SELECT n.unit, p.from_on, p.to_on FROM numbers n
        JOIN link l ON l.employer_id = n.number AND l.verdict = 'sure' AND l.ended_at IS NULL
        JOIN standing p ON p.entry = l.entry AND p.from_on <= :as_of
    ), told AS (
        SELECT a.kind, a.act, a.unit, a.done_on, a.programme,
            coalesce(bool_or(p.from_on <= a.done_on AND (p.to_on IS NULL OR p.to_on > a.done_on)), false) AS before,
            min(p.from_on) FILTER (WHERE p.from_on > a.done_on) AS later_on
        FROM acts a LEFT JOIN approved p ON p.unit = a.unit GROUP BY 1, 2, 3, 4, 5
    ), followed AS (
        SELECT kind, act, unit, done_on, programme, before, CASE WHEN NOT before THEN later_on END AS declared_on
        FROM told
    ), owed AS (SELECT DISTINCT ON (unit) unit, county FROM ({UNDECLARED}) u WHERE NOT pending ORDER BY unit, county
    ), placed AS (
        SELECT f.*, coalesce(o.county, t.county, '') AS county, o.unit IS NOT NULL AS owes
        FROM followed f LEFT JOIN owed o USING (unit)
        LEFT JOIN target t ON t.campaign = :campaign AND t.employer_id = f.unit
    )"""
LISTED = f"""
    {FOLLOWED}
    SELECT p.kind, p.act, p.unit AS employer_id, e.name, p.county, p.done_on, p.before, p.declared_on,
        p.declared_on - p.done_on AS days
    FROM placed p JOIN employer e ON e.id = p.unit
    WHERE CAST(:county AS text) IS NULL OR p.county = :county
    ORDER BY p.done_on, p.kind, p.act"""
# `units`: those that had not declared on the day of the act; of them `then_declared`; `owing`: still undeclared now
EFFECTS = f"""
    {FOLLOWED}
    SELECT county, kind, count(*)::int AS acts, count(DISTINCT unit) FILTER (WHERE NOT before)::int AS units,
        count(DISTINCT unit) FILTER (WHERE declared_on IS NOT NULL)::int AS then_declared,
        count(DISTINCT unit) FILTER (WHERE owes)::int AS owing
    FROM placed WHERE CAST(:county AS text) IS NULL OR county = :county
    GROUP BY county, kind ORDER BY county, kind"""
COUNTED = """
    SELECT county, {programme} AS programme, count(*) FILTER (WHERE kind = 'guidance')::int AS assigned,
        count(*) FILTER (WHERE kind = 'visit')::int AS visits,
        count(DISTINCT unit) FILTER (WHERE kind = 'visit' AND NOT before)::int AS units,
        count(DISTINCT unit) FILTER (WHERE kind = 'visit' AND declared_on IS NOT NULL)::int AS then_declared,
        count(DISTINCT unit) FILTER (WHERE kind = 'visit' AND owes)::int AS owing
    FROM guided GROUP BY 1, 2"""
# not by GROUPING SETS, which take minutes where this takes seconds (a million units, 250,000 acts)
COVERAGE = f"""
    {FOLLOWED}, guided AS MATERIALIZED (
        SELECT * FROM placed
        WHERE kind IN ('guidance', 'visit') AND (CAST(:county AS text) IS NULL OR county = :county)
    )
    {COUNTED.format(programme="programme")} UNION ALL {COUNTED.format(programme="NULL")}
    ORDER BY 1, 2 NULLS LAST"""


def followed_acts(
    db: Session, campaign: Campaign, as_of: date, *, county: str | None = None
) -> list[dict[str, Any]]:
    """Each act until the day with what followed until then, by day."""
    return _asked(db, LISTED, campaign, as_of, county)


def effects(
    db: Session, campaign: Campaign, as_of: date, *, county: str | None = None
) -> list[dict[str, Any]]:
    """County and kind of act → units reached before they declared, and how many of them declared then."""
    return _asked(db, EFFECTS, campaign, as_of, county)


def coverage(
    db: Session, campaign: Campaign, as_of: date, *, county: str | None = None
) -> list[dict[str, Any]]:
    """County and programme → assignments, visits, units; without a programme: the county's units, each once (C15)."""
    return _asked(db, COVERAGE, campaign, as_of, county)


def _asked(
    db: Session, statement: str, campaign: Campaign, as_of: date, county: str | None
) -> list[dict[str, Any]]:
    given = asked(campaign, as_of) | {"county": county, "attended": Part.ATTENDED}
    return [dict(row) for row in db.execute(text(statement), given).mappings()]
