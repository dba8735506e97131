"""What fell close to the monthly cut: removals, approvals within a minute, approvals taken back just after (issue 6)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.rules.unusual import SECONDS, Removal

REMOVALS = """
    SELECT county, employer_id, effective_on AS removed_on FROM membership_change
    WHERE campaign = :campaign AND change = 'removed' AND effective_on BETWEEN :first AND :cut
        AND recorded_at <= :known_at AND (cancelled_at IS NULL OR cancelled_at > :known_at)
    ORDER BY county, effective_on, employer_id"""
# what the machine approved is marked so, and nobody hurried
QUICK = f"""
    SELECT g.reviewer AS county, d.id AS declaration, g.name, e.by, e.effective_on AS day,
        extract(epoch FROM e.recorded_at - before.recorded_at)::int AS seconds
    FROM declaration_event e
    JOIN declaration_event before ON before.declaration_id = e.declaration_id AND before.number = e.number - 1
    JOIN filed_declaration d ON d.id = e.declaration_id AND d.source <> 'platform'
    JOIN registrant g ON g.id = d.registrant_id
    WHERE e.act = '审核通过' AND before.act = '提交' AND e.effective_on BETWEEN :first AND :cut
        AND e.recorded_at <= :known_at AND NOT coalesce((e.payload->>'automatic')::boolean, false)
        AND e.recorded_at - before.recorded_at <= interval '{SECONDS} seconds'
    ORDER BY g.reviewer, e.effective_on, d.id"""
# counted at the cut, not counted any more a few days later; ours and the platform's
TAKEN_BACK = """
    WITH RECURSIVE led AS (
        SELECT id AS number, id, merged_into FROM employer
        UNION SELECT led.number, e.id, e.merged_into FROM led JOIN employer e ON e.id = led.merged_into
    ), ended AS (
        SELECT l.employer_id AS number, p.to_on AS day, '平台' AS where FROM standing p
        JOIN link l ON l.entry = p.entry AND l.verdict = 'sure' AND l.ended_at IS NULL
        WHERE p.from_on <= :cut AND p.to_on > :cut AND p.to_on <= :until
        UNION ALL SELECT g.employer_id, e.effective_on, '本系统' FROM declaration_event e
        JOIN filed_declaration d ON d.id = e.declaration_id AND d.source <> 'platform'
        JOIN registrant g ON g.id = d.registrant_id
        WHERE e.act = '撤销' AND e.effective_on > :cut AND e.effective_on <= :until AND g.employer_id IS NOT NULL
    )
    SELECT DISTINCT coalesce(e.county, '') AS county, led.id AS employer_id, e.name, ended.day, ended.where
    FROM ended JOIN led ON led.number = ended.number AND led.merged_into IS NULL
    JOIN employer e ON e.id = led.id
    ORDER BY county, ended.day, employer_id"""


def removals_of(db: Session, campaign: Campaign, first: date, cut: date, known_at: datetime) -> list[Removal]:
    """Of the month, as they hold."""
    given = {"campaign": campaign.key, "first": first, "cut": cut, "known_at": known_at}
    return [Removal(**row) for row in db.execute(text(REMOVALS), given).mappings()]


def quick_approvals(db: Session, first: date, cut: date, known_at: datetime) -> list[dict[str, Any]]:
    """A person's approvals within a minute of the submission."""
    given = {"first": first, "cut": cut, "known_at": known_at}
    return [dict(row) for row in db.execute(text(QUICK), given).mappings()]


def taken_back_after(db: Session, cut: date, until: date) -> list[dict[str, Any]]:
    return [dict(row) for row in db.execute(text(TAKEN_BACK), {"cut": cut, "until": until}).mappings()]
