"""What is done about the undeclared units of a day: assigned or not, why they do not declare, how far up the ladder.

Every question counts the rows of UNDECLARED without those 待审核, so that each adds up to the column 未申报.
"""

from datetime import date
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.queries.membership import BASED, asked
from models.queries.undeclared import UNDECLARED

# numbers that were merged since lead to the unit that took them over
LEADS = """
    led AS (
        SELECT id AS number, merged_into AS id FROM employer WHERE merged_into IS NOT NULL
        UNION ALL SELECT led.number, e.merged_into FROM led
        JOIN employer e ON e.id = led.id AND e.merged_into IS NOT NULL
    ), survivor AS (
        SELECT led.number, led.id FROM led JOIN employer e ON e.id = led.id AND e.merged_into IS NULL
    )"""
OPEN = """
    SELECT DISTINCT ON (1) coalesce(s.id, g.employer_id) AS unit, g.assigned_on, g.agency, g.assignee, g.programme,
        g.due_on, g.note
    FROM guidance g LEFT JOIN survivor s ON s.number = g.employer_id
    WHERE g.campaign = :campaign AND g.withdrawn_at IS NULL AND g.assigned_on <= :as_of
        AND (g.closed_on IS NULL OR g.closed_on > :as_of)
    ORDER BY 1, g.assigned_on DESC, g.id DESC"""
REASON = """
    SELECT DISTINCT ON (1) coalesce(s.id, r.employer_id) AS unit, r.reason, r.effective_on, r.note
    FROM undeclared_reason r LEFT JOIN survivor s ON s.number = r.employer_id
    WHERE r.campaign = :campaign AND r.withdrawn_at IS NULL AND r.effective_on <= :as_of
    ORDER BY 1, r.effective_on DESC, r.id DESC"""
RUNG = """
    SELECT DISTINCT ON (1) coalesce(s.id, x.employer_id) AS unit, x.rung, x.done_on
    FROM escalation x LEFT JOIN survivor s ON s.number = x.employer_id
    WHERE x.campaign = :campaign AND x.withdrawn_at IS NULL AND x.done_on <= :as_of
    ORDER BY 1, x.rung DESC, x.done_on DESC"""
SEEN = f"""
    WITH RECURSIVE {LEADS}, assigned AS ({OPEN}), reason AS ({REASON}), rung AS ({RUNG}), owed AS (
        SELECT * FROM ({UNDECLARED}) u WHERE NOT u.pending AND (CAST(:county AS text) IS NULL OR u.county = :county)
    )"""
COUNTED = f"""
    {SEEN}
    SELECT owed.county, reason.reason, rung.rung, assigned.unit IS NOT NULL AS assigned, count(*)::int AS units
    FROM owed LEFT JOIN assigned USING (unit) LEFT JOIN reason USING (unit) LEFT JOIN rung USING (unit)
    GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4"""
UNASSIGNED = f"""
    {SEEN}
    SELECT owed.county, count(*)::int AS units FROM owed LEFT JOIN assigned USING (unit)
    WHERE assigned.unit IS NULL AND owed.county IN ({BASED}) GROUP BY 1"""
LISTED = f"""
    {SEEN}
    SELECT e.id AS employer_id, e.name, coalesce(e.credit_code, e.legacy_code) AS credit_code, owed.county, e.town,
        e.address, e.phone, reason.reason, rung.rung, assigned.assigned_on, assigned.agency, assigned.assignee,
        assigned.programme, assigned.due_on, assigned.note
    FROM owed JOIN employer e ON e.id = owed.unit
    LEFT JOIN assigned USING (unit) LEFT JOIN reason USING (unit) LEFT JOIN rung USING (unit)
    LEFT JOIN target t ON t.campaign = :campaign AND t.employer_id = owed.unit
    WHERE NOT :unassigned OR assigned.unit IS NULL
    ORDER BY owed.county, t.work_order NULLS LAST, e.name_key, e.id"""


def work_counts(
    db: Session, campaign: Campaign, as_of: date, *, county: str | None = None
) -> list[dict[str, Any]]:
    """County, reason, rung, assigned → units: a small cube that adds up to the undeclared units."""
    given = asked(campaign, as_of) | {"county": county}
    return [dict(row) for row in db.execute(text(COUNTED), given).mappings()]


def unassigned_counts(db: Session, campaign: Campaign, as_of: date) -> dict[str, int]:
    """County → undeclared units that nobody guides; of the counties whose list is settled by a baseline (C14)."""
    given = asked(campaign, as_of) | {"county": None}
    return {row.county: row.units for row in db.execute(text(UNASSIGNED), given)}


def undeclared_units(
    db: Session, campaign: Campaign, as_of: date, *, county: str | None = None, unassigned: bool = False
) -> list[dict[str, Any]]:
    """The undeclared units in the order of work, each with its open assignment, its reason and its rung."""
    given = asked(campaign, as_of) | {"county": county, "unassigned": unassigned}
    return [dict(row) for row in db.execute(text(LISTED), given).mappings()]
