"""Units the yearly survey may visit, each with what the database and what its declaration say of it (C19)."""

from datetime import date
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.campaign import Campaign

# the youngest approval that stands speaks for the unit; merged units answer by their survivor
POPULATION = """
    WITH RECURSIVE led AS (
        SELECT id AS number, merged_into AS id FROM employer WHERE merged_into IS NOT NULL
        UNION ALL SELECT led.number, e.merged_into FROM led
        JOIN employer e ON e.id = led.id AND e.merged_into IS NOT NULL
    ), said AS (
        SELECT DISTINCT ON (1) coalesce(s.id, l.employer_id) AS unit, r.declaration_no, p.from_on AS approved_on,
            r.industry, r.size, r.headcount, r.exposed, r.hazards
        FROM link l JOIN standing p ON p.entry = l.entry AND p.from_on <= :as_of
            AND (p.to_on IS NULL OR p.to_on > :as_of)
        JOIN record r ON r.entry = l.entry AND r.current
        LEFT JOIN (SELECT led.* FROM led JOIN employer e ON e.id = led.id AND e.merged_into IS NULL) s
            ON s.number = l.employer_id
        WHERE l.verdict = 'sure' AND l.ended_at IS NULL
        ORDER BY 1, p.from_on DESC, r.id
    )
    SELECT t.employer_id, e.name, e.credit_code, t.county, e.town, e.address, t.sector, t.declared, t.headcount,
        t.size, e.industry, e.hazards, said.declaration_no, said.approved_on, said.industry AS declared_industry,
        said.size AS declared_size, said.headcount AS declared_headcount, said.exposed AS declared_exposed,
        said.hazards AS declared_hazards
    FROM target t JOIN {facts} e ON e.id = t.employer_id
    LEFT JOIN said ON said.unit = t.employer_id AND t.declared
    WHERE t.campaign = :campaign AND t.in_r AND (:everyone OR t.sector IS NOT NULL)
    ORDER BY t.employer_id"""


def surveyed_population(
    db: Session, campaign: Campaign, as_of: date, *, facts: str, everyone: bool
) -> list[dict[str, Any]]:
    """应申报 units of the severe sectors, or all of R. The targets of the day must be seen."""
    given = {"campaign": campaign.key, "as_of": as_of, "everyone": everyone}
    return [dict(row) for row in db.execute(text(POPULATION.format(facts=facts)), given).mappings()]
