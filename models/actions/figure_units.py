"""One row for every unit that any figure counts, laid out for one day as known at one instant (1.7).

The temporary table `figure_unit` has the columns of `assessment_unit`: what is counted ad hoc and what is frozen are
the same rows. Everything reads the targets as laid out before (tasks.targets.see_moment).
"""

from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.actions.target_basis import Moment, lay, lay_survivors
from models.assessment import AssessmentUnit
from models.campaign import Campaign
from models.declaration import DeclarationState
from models.queries.figures import lay_cube
from models.queries.knowledge_words import known, stood
from models.queries.membership import asked, members_sql
from models.queries.own_approvals import REGISTRANTS, STOOD
from models.rules.targets import Rule
from models.rules.work_order import LEAST_STAFF, SIZES

COLUMNS = tuple(
    column.name for column in AssessmentUnit.__table__.columns if column.name not in ("id", "assessment_id")
)
LED_THEN = """
    SELECT DISTINCT held.employer_id AS old, coalesce(v.survivor, held.employer_id) AS id, NULL::bigint AS merged_into
    FROM held LEFT JOIN target_survivor v ON v.merged = held.employer_id"""
FALLEN_THEN = "SELECT unit AS employer_id, from_on, to_on FROM figure_fallen"
FALLEN = """
    CREATE TEMP TABLE figure_fallen ON COMMIT DROP AS
    SELECT coalesce(v.survivor, l.employer_id) AS unit, p.from_on, p.to_on
    FROM {standing} p JOIN link l ON l.entry = p.entry AND l.verdict = 'sure' AND {link_holds}
    LEFT JOIN target_survivor v ON v.merged = l.employer_id
    WHERE p.to_on <= :as_of"""
# The change in force that brought a member in, and the one that took it out: the youngest of several.
MEMBER = """
    CREATE TEMP TABLE figure_member ON COMMIT DROP AS
    WITH m AS ({members}), told AS (
        SELECT DISTINCT ON (employer_id, county, change) * FROM membership_change
        WHERE campaign = :campaign AND effective_on <= :as_of
            AND (cancelled_on IS NULL OR cancelled_on > :as_of OR NOT coalesce(cancelled_at <= :known_at, true))
            AND coalesce(recorded_at <= :known_at, true)
        ORDER BY employer_id, county, change, effective_on DESC, id DESC
    )
    SELECT m.employer_id, coalesce(m.survivor, m.employer_id) AS unit, m.county, m.based, m.removed,
        a.effective_on AS added_on, a.reason_code AS added_reason,
        x.effective_on AS removed_on, x.reason_code AS removed_reason
    FROM m
    LEFT JOIN told a ON NOT m.based AND a.change = 'added' AND (a.employer_id, a.county) = (m.employer_id, m.county)
    LEFT JOIN told x ON m.removed AND x.change = 'removed' AND (x.employer_id, x.county) = (m.employer_id, m.county)"""
# Approved in our own review, the oldest of ours that stands (Q1, 1.5).
OWN = f"""
    INSERT INTO figure_own
    WITH {REGISTRANTS}, own AS (
        SELECT g.employer_id AS unit, stood.since FROM ({STOOD}) stood JOIN filer g ON g.id = stood.registrant_id
        WHERE stood.state = '{DeclarationState.APPROVED}'
    )
    SELECT coalesce(v.survivor, own.unit), min(own.since)
    FROM own LEFT JOIN target_survivor v ON v.merged = own.unit WHERE own.unit IS NOT NULL GROUP BY 1"""
# Why it does not declare, and how far up the ladder it is; as models.queries.undeclared_work asks it of today.
REASON = f"""
    INSERT INTO figure_reason
    SELECT DISTINCT ON (1) coalesce(v.survivor, r.employer_id), r.reason
    FROM undeclared_reason r LEFT JOIN target_survivor v ON v.merged = r.employer_id
    WHERE r.campaign = :campaign AND r.effective_on <= :as_of AND {stood("r")}
    ORDER BY 1, r.effective_on DESC, r.id DESC"""
RUNG = f"""
    INSERT INTO figure_rung
    SELECT coalesce(v.survivor, x.employer_id), max(x.rung)
    FROM escalation x LEFT JOIN target_survivor v ON v.merged = x.employer_id
    WHERE x.campaign = :campaign AND x.done_on <= :as_of AND {stood("x")} GROUP BY 1"""
SIZE = f"""CASE WHEN t.size IS NOT NULL THEN t.size WHEN t.headcount IS NULL THEN NULL
    {" ".join(f"WHEN t.headcount >= {least} THEN '{size}'" for least, size in zip(LEAST_STAFF, SIZES, strict=False))}
    ELSE '{SIZES[-1]}' END"""
UNIT = f"""
    CREATE TEMP TABLE figure_unit ON COMMIT DROP AS
    WITH counted AS (
        SELECT CASE WHEN in_r THEN 'R' ELSE 'E' END AS population, coalesce(county, '') AS county, employer_id,
            employer_id AS unit, false AS based, NULL::date AS added_on, NULL AS added_reason, false AS removed,
            NULL::date AS removed_on, NULL AS removed_reason
        FROM target WHERE campaign = :campaign AND (in_r OR rule = '{Rule.EXTRA}')
        UNION ALL SELECT 'N', CASE WHEN county = :city THEN '' ELSE county END, employer_id, unit, based, added_on,
            added_reason, removed, removed_on, removed_reason FROM figure_member
    )
    SELECT c.population, c.county, c.employer_id, c.unit, c.based, c.added_on, c.added_reason, c.removed, c.removed_on,
        c.removed_reason, t.rule, t.flag, coalesce(t.in_r, false) AS in_r, coalesce(t.declared, false) AS declared,
        t.declared_on, coalesce(t.pending, false) AS pending, coalesce(t.unsure, false) AS unsure,
        CASE WHEN t.declared IS NOT TRUE THEN o.own_on END AS own_on, t.sector, t.borderline, t.risk,
        coalesce(t.programmes, '{{}}') AS programmes, t.extra, coalesce(t.indicators, '{{}}') AS indicators,
        e.name, coalesce(e.credit_code, e.legacy_code) AS credit_code, e.town, e.industry, t.headcount,
        {SIZE} AS size, e.hazards, e.ownership, e.park, t.group_key, g.rung, w.reason, t.work_order
    FROM counted c
    LEFT JOIN target t ON t.campaign = :campaign AND t.employer_id = c.unit
    LEFT JOIN {{facts}} e ON e.id = c.unit
    LEFT JOIN figure_own o ON o.unit = c.unit
    LEFT JOIN figure_rung g ON g.unit = c.unit
    LEFT JOIN figure_reason w ON w.unit = c.unit"""


def lay_units(db: Session, campaign: Campaign, moment: Moment, known_at: datetime) -> None:
    """Fill `figure_unit`. `known_at` is the moment's, or this transaction's time where all that is known now counts."""
    given: dict[str, Any] = asked(campaign, moment.as_of) | {"known_at": known_at}
    # without its statistics a target table of this session alone was joined row by row: 12 s for 0.2
    if db.scalar(text("SELECT to_regclass('pg_temp.target') IS NOT NULL")):
        db.execute(text("ANALYZE target"))
    lay_survivors(db, moment)
    _lay_members(db, given | {"known_at": moment.known_at}, moment)
    lay(db, "figure_own", "unit bigint PRIMARY KEY, own_on date")
    lay(db, "figure_reason", "unit bigint PRIMARY KEY, reason text")
    lay(db, "figure_rung", "unit bigint PRIMARY KEY, rung int")
    for statement in (OWN, REASON, RUNG):
        db.execute(text(statement), given)
    db.execute(text("ANALYZE figure_own, figure_reason, figure_rung"))
    db.execute(text("DROP TABLE IF EXISTS pg_temp.figure_unit"))
    db.execute(text(UNIT.replace("{facts}", moment.facts)), given)
    db.execute(text("ANALYZE figure_unit"))
    lay_cube(db)


def _lay_members(db: Session, given: dict[str, Any], moment: Moment) -> None:
    holds = known("l") if moment.known_at else "l.ended_at IS NULL"
    db.execute(text("DROP TABLE IF EXISTS pg_temp.figure_fallen, pg_temp.figure_member"))
    db.execute(text(FALLEN.format(standing=moment.standing, link_holds=holds)), given)
    members = members_sql(led=LED_THEN, fallen=FALLEN_THEN, facts=moment.facts)
    db.execute(text(MEMBER.format(members=members)), given)
    db.execute(text("ANALYZE figure_member"))
