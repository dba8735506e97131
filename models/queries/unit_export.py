"""All units of a day with what the campaign holds of each, as columns for analysts (ACT12)."""

import polars as pl
from psycopg.sql import SQL, Identifier, Literal
from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.queries.copied import copied

TYPES: dict[str, pl.DataType] = {
    "unit": pl.Int64(),
    "name": pl.String(),
    "credit_code": pl.String(),
    "county": pl.String(),
    "town": pl.String(),
    "address": pl.String(),
    "industry": pl.String(),
    "economic_type": pl.String(),
    "size": pl.String(),
    "headcount": pl.Int32(),
    "state": pl.String(),
    "state_on": pl.Date(),
    "established_on": pl.Date(),
    "ownership": pl.String(),
    "park": pl.String(),
    "group_key": pl.String(),
    "hazards": pl.String(),
    "rule": pl.String(),
    "flag": pl.String(),
    "in_r": pl.Boolean(),
    "declared": pl.Boolean(),
    "declared_on": pl.Date(),
    "pending": pl.Boolean(),
    "unsure": pl.Boolean(),
    "sector": pl.String(),
    "risk": pl.String(),
    "programmes": pl.String(),
    "indicators": pl.String(),
    "extra": pl.String(),
}
QUERY = """
SELECT e.id, e.name, e.credit_code, t.county, e.town, e.address, e.industry, e.economic_type, e.size, e.headcount,
    e.state, e.state_on, e.established_on, e.ownership, e.park, t.group_key, e.hazards, t.rule, t.flag,
    t.in_r::text, t.declared::text, t.declared_on, t.pending::text, t.unsure::text, t.sector, t.risk,
    array_to_string(t.programmes, '；'), array_to_string(t.indicators, '；'), t.extra
FROM target t JOIN {facts} e ON e.id = t.employer_id
WHERE t.campaign = {campaign} AND ({county} IS NULL OR t.county = {county})
ORDER BY t.county NULLS LAST, t.work_order, e.id"""


def unit_columns(db: Session, campaign: Campaign, *, facts: str, county: str | None = None) -> pl.DataFrame:
    """One line a unit, in the order of work; `facts` is the table that tasks.targets.see_targets named."""
    query = SQL(QUERY).format(
        facts=Identifier(facts), campaign=Literal(campaign.key), county=Literal(county) + SQL("::text")
    )
    found = copied(db, query)
    return (
        pl.read_csv(found, has_header=False, schema=pl.Schema(TYPES)) if found else pl.DataFrame(schema=TYPES)
    )
