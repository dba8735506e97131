"""Declared units whose declaration does not say what inspectors found: confirmed mismatches (C16, A05).

They are asked for 变更申报 or 年度更新 and are never targets.
"""

from datetime import date
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.queries.undeclared_work import LEADS

# The unit's last check counts. It is settled by a later one that agrees, or by an approval after it: a new one, or
# the same declaration approved anew.
CONFIRMED = f"""
    WITH RECURSIVE {LEADS}, last AS (
        SELECT DISTINCT ON (1) coalesce(s.id, i.employer_id) AS unit, i.id, i.done_on, i.prompt, i.entry, i.inspector
        FROM inspection i LEFT JOIN survivor s ON s.number = i.employer_id
        WHERE i.campaign = :campaign AND i.withdrawn_at IS NULL AND i.done_on <= :as_of
        ORDER BY 1, i.done_on DESC, i.id DESC
    ), numbers AS (
        SELECT unit, unit AS number FROM last UNION SELECT s.id, s.number FROM survivor s JOIN last ON last.unit = s.id
    ), renewed AS (
        SELECT DISTINCT last.unit FROM last JOIN numbers n ON n.unit = last.unit
        JOIN link l ON l.employer_id = n.number AND l.verdict = 'sure' AND l.ended_at IS NULL
        WHERE EXISTS (SELECT FROM standing p WHERE p.entry = l.entry
                AND p.from_on > last.done_on AND p.from_on <= :as_of)
            OR EXISTS (SELECT FROM record r WHERE r.entry = l.entry AND r.declaration_state = '已审核'
                AND r.approved_on > last.done_on AND r.approved_on <= :as_of)
    )
    SELECT last.unit AS employer_id, e.name, coalesce(e.credit_code, e.legacy_code) AS credit_code, t.county,
        last.id AS inspection, last.done_on, last.inspector, last.prompt, last.entry,
        (SELECT json_agg(json_build_object('field', field, 'declared', declared, 'found', found) ORDER BY field)
            FROM inspection_item x WHERE x.inspection_id = last.id AND x.differs) AS fields
    FROM last JOIN employer e ON e.id = last.unit
    JOIN target t ON t.campaign = :campaign AND t.employer_id = last.unit AND t.declared
    WHERE last.prompt IS NOT NULL AND last.unit NOT IN (SELECT unit FROM renewed)
        AND (CAST(:county AS text) IS NULL OR coalesce(t.county, '') = :county)
    ORDER BY t.county NULLS LAST, last.done_on, last.unit"""


def confirmed_mismatches(
    db: Session, campaign: Campaign, as_of: date, *, county: str | None = None
) -> list[dict[str, Any]]:
    """The targets of the day must be seen (tasks.targets.see_targets): declared is what they say."""
    given = {"campaign": campaign.key, "as_of": as_of, "county": county}
    return [dict(row) for row in db.execute(text(CONFIRMED), given).mappings()]
