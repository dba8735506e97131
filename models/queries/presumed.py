"""Whose day of approval is presumed: the export gave none, its first sighting as 已审核 counts (推定, Q1)."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.campaign import Campaign

# the approval that dates the declaration; where another of the same day has a date of its own, nothing is presumed
PRESUMED = """
    WITH RECURSIVE same AS (
        SELECT id AS survivor, id FROM unnest(CAST(:units AS bigint[])) AS asked(id)
        UNION SELECT s.survivor, e.id FROM same s JOIN employer e ON e.merged_into = s.id
    )
    SELECT t.employer_id FROM same
    JOIN target t ON t.campaign = :campaign AND t.employer_id = same.survivor AND t.declared
    JOIN link l ON l.employer_id = same.id AND l.verdict = 'sure' AND l.ended_at IS NULL
    JOIN standing p ON p.entry = l.entry AND p.from_on = t.declared_on
    GROUP BY t.employer_id HAVING bool_and(p.presumed)"""


def presumed_units(db: Session, campaign: Campaign, units: list[int]) -> set[int]:
    return set(db.scalars(text(PRESUMED), {"campaign": campaign.key, "units": units}))
