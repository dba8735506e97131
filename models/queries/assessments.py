"""Published months: which there are, and their rows laid out for reading."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from models.assessment import Assessment, AssessmentAct, AssessmentUnit
from models.campaign import Campaign
from models.queries.figures import lay_cube

UNIT = ", ".join(
    column.name for column in AssessmentUnit.__table__.columns if column.name not in ("id", "assessment_id")
)
ACT = ", ".join(
    column.name for column in AssessmentAct.__table__.columns if column.name not in ("id", "assessment_id")
)
FROZEN = (("figure_unit", "assessment_unit", UNIT), ("figure_act", "assessment_act", ACT))


def published(
    db: Session, campaign: Campaign, month: str, *, known_at: datetime | None = None
) -> Assessment | None:
    """The frozen month, if it was there at the instant."""
    wanted = select(Assessment).where(Assessment.campaign == campaign.key, Assessment.month == month)
    if known_at is not None:
        wanted = wanted.where(Assessment.recorded_at < known_at)
    return db.scalar(wanted)


def assessments(db: Session, campaign: Campaign) -> list[Assessment]:
    wanted = select(Assessment).where(Assessment.campaign == campaign.key).order_by(Assessment.month)
    return list(db.scalars(wanted))


def lay_frozen(db: Session, number: int) -> None:
    """The rows of a published month where the rows of an ad-hoc day would be."""
    for name, stored, columns in FROZEN:
        db.execute(text(f"DROP TABLE IF EXISTS pg_temp.{name}"))
        rows = f"SELECT {columns} FROM {stored} WHERE assessment_id = :id"
        db.execute(text(f"CREATE TEMP TABLE {name} ON COMMIT DROP AS {rows}"), {"id": number})
        db.execute(text(f"ANALYZE {name}"))
    lay_cube(db)


ORDERED = {
    "figure_unit": "population, county, employer_id, based, added_on",
    "figure_act": "kind, county, employer_id, act, done_on",
}


def laid_lines(db: Session) -> Iterator[tuple[int, dict[str, Any]]]:
    """Every unit and act laid out, in an order of their own: what the hash of a month is taken over."""
    for name, order in ORDERED.items():
        statement = f"SELECT employer_id, to_jsonb(u) AS facts FROM {name} u ORDER BY {order}"
        for row in db.execute(text(statement)).yield_per(10_000):
            yield row.employer_id or 0, row.facts


DIFFERENCES = """
    SELECT coalesce(f.population, s.population) AS population, coalesce(f.county, s.county) AS county,
        coalesce(f.employer_id, s.employer_id) AS employer_id, coalesce(f.name, s.name) AS name,
        CASE WHEN f.employer_id IS NULL THEN 'missing' WHEN s.employer_id IS NULL THEN 'surplus' ELSE 'differing' END
            AS what,
        ARRAY(SELECT key FROM jsonb_each(to_jsonb(f)) WHERE value IS DISTINCT FROM to_jsonb(s) -> key ORDER BY key)
            AS fields
    FROM figure_unit f
    FULL JOIN (SELECT * FROM assessment_unit WHERE assessment_id = :id) s
        ON (s.population, s.county, s.employer_id) = (f.population, f.county, f.employer_id)
    WHERE f.employer_id IS NULL OR s.employer_id IS NULL OR to_jsonb(f) <> to_jsonb(s) - 'id' - 'assessment_id'
    ORDER BY 1, 2, 3"""


def differences(db: Session, number: int) -> list[dict[str, Any]]:
    """The units of a published month that the rows laid out now lack, have beside them or tell otherwise."""
    return [dict(row) for row in db.execute(text(DIFFERENCES), {"id": number}).mappings()]
