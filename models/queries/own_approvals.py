"""Approvals given in our own review that the platform does not show (yet): counted apart, never in D (Q1, C28)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.campaign import Campaign

# Where each declaration of our own review stood at the end of the day, as known then. Steps of one declaration are
# never dated before the one they follow, so the last one up to the day tells.
STOOD = """
    SELECT DISTINCT ON (e.declaration_id) e.declaration_id, d.registrant_id, e.to_state AS state,
        e.effective_on AS since, e.version, e.number
    FROM declaration_event e JOIN filed_declaration d ON d.id = e.declaration_id AND d.source <> 'platform'
    WHERE e.effective_on <= :as_of AND coalesce(e.recorded_at <= :known_at, true)
    ORDER BY e.declaration_id, e.number DESC"""
# Every number a unit has or had, and the unit among the targets of the day that it leads to (Q10).
NUMBERS = """
    led AS (
        SELECT id AS number, id, merged_into FROM employer
        UNION SELECT led.number, e.id, e.merged_into FROM led JOIN employer e ON e.id = led.merged_into
    ), unit AS (
        SELECT led.number, t.employer_id, t.county, t.in_r, t.declared
        FROM led JOIN target t ON t.campaign = :campaign AND t.employer_id = led.id
    )"""
OWN = f"""
    WITH RECURSIVE {NUMBERS}, stood AS ({STOOD}), own AS (
        SELECT DISTINCT ON (coalesce(u.employer_id, -g.id)) coalesce(u.county, g.county) AS county, u.employer_id,
            g.id AS registrant, stood.declaration_id AS declaration, g.name, stood.since AS approved_on,
            coalesce(u.in_r, false) AS in_r
        FROM stood JOIN registrant g ON g.id = stood.registrant_id
        LEFT JOIN unit u ON u.number = g.employer_id
        WHERE stood.state = '已审核' AND u.declared IS NOT TRUE
        ORDER BY coalesce(u.employer_id, -g.id), stood.since, stood.declaration_id
    )
    SELECT * FROM own WHERE coalesce(county = :county, true) ORDER BY county, approved_on, declaration"""


@dataclass(frozen=True)
class OwnApproval:
    """One unit; `employer_id` is null for a registrant that is no unit of the database, counted by itself."""

    county: str
    employer_id: int | None
    registrant: int
    declaration: int
    name: str
    approved_on: date  # the oldest of ours that still stands
    in_r: bool


def own_approvals(
    db: Session,
    campaign: Campaign,
    as_of: date,
    *,
    known_at: datetime | None = None,
    county: str | None = None,
) -> list[OwnApproval]:
    """The targets of that day and instant must be seen (tasks.targets.see_targets): they say what the platform shows."""
    given = {"campaign": campaign.key, "as_of": as_of, "known_at": known_at, "county": county}
    return [OwnApproval(**row) for row in db.execute(text(OWN), given).mappings()]


def own_approval_counts(
    db: Session, campaign: Campaign, as_of: date, *, known_at: datetime | None = None, only_r: bool = False
) -> dict[str, int]:
    """County → units, the column beside D. `only_r`: those that must declare, as D counts them."""
    counts = dict.fromkeys(campaign.county_names, 0)
    for one in own_approvals(db, campaign, as_of, known_at=known_at):
        if one.in_r or not only_r:
            counts[one.county] = counts.get(one.county, 0) + 1
    return counts
