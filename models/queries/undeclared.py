"""The undeclared units of a day, county by county: exactly those of the column 未申报 and of 待审核 (2.5)."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.queries.membership import BASED, MEMBERS, asked

# After a county's baseline its N, before it its R; each row counts once, as in the table of the county. Units whose
# county nobody knows stand under the empty text, also where they are frozen under the city's own code.
UNDECLARED = f"""
    SELECT CASE WHEN m.county = :city THEN '' ELSE m.county END AS county,
        coalesce(m.survivor, m.employer_id) AS unit, coalesce(t.pending, false) AS pending,
        coalesce(t.unsure, false) AS unsure
    FROM ({MEMBERS}) m
    LEFT JOIN target t ON t.campaign = :campaign AND t.employer_id = coalesce(m.survivor, m.employer_id)
    WHERE NOT m.removed AND t.declared IS NOT TRUE
    UNION ALL
    SELECT coalesce(t.county, ''), t.employer_id, t.pending, t.unsure FROM target t
    WHERE t.campaign = :campaign AND t.in_r AND NOT t.declared
        AND coalesce(t.county, :city) NOT IN ({BASED})"""
STANDING = f"""
    SELECT asked.unit, bool_or(u.unit IS NOT NULL) AS target, bool_or(coalesce(t.declared, false)) AS declared,
        bool_or(coalesce(u.pending, false)) AS pending, bool_or(coalesce(u.unsure, false)) AS unsure
    FROM unnest(CAST(:units AS bigint[])) AS asked(unit)
    LEFT JOIN ({UNDECLARED}) u ON u.unit = asked.unit
    LEFT JOIN target t ON t.campaign = :campaign AND t.employer_id = asked.unit
    GROUP BY asked.unit"""


def how_they_stand(
    db: Session, campaign: Campaign, as_of: date, units: Collection[int]
) -> dict[int, dict[str, Any]]:
    """Unit → whether it is an undeclared target, declared, waiting for approval, held for a person's look."""
    given = asked(campaign, as_of) | {"units": list(units)}
    return {row.pop("unit"): row for row in map(dict, db.execute(text(STANDING), given).mappings())}
