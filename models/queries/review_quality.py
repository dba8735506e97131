"""The quality of declarations, counted and listed: a count is the length of its list (C05)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Result, text
from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.queries.review_quality_members import MEMBERS, STEPS, SUBMITTED
from models.rules.checks.change_in_time import DAYS as CHANGE_DAYS
from models.rules.review_quality import FINDING, Period, last_late

# what is of no county of the campaign counts for the city: its own reviews, and units whose county is unknown
PLACED = "SELECT CASE WHEN county = ANY(:counties) THEN county ELSE :city END AS county"
COUNT = f"SELECT county, count(*) FROM ({PLACED} FROM ({{members}}) m) placed GROUP BY county"
LIST = f"""
    SELECT placed.*, coalesce(v.form->'basics'->>'name', e.name) AS name
    FROM ({PLACED}, declaration, employer_id, day FROM ({{members}}) m) placed
    LEFT JOIN filed_declaration d ON d.id = placed.declaration
    LEFT JOIN declaration_version v ON v.declaration_id = d.id AND v.number = d.version
    LEFT JOIN employer e ON e.id = placed.employer_id
    WHERE coalesce(placed.county = :only, true)
    ORDER BY placed.county, day, declaration, employer_id"""
CODES = f"""
    WITH {STEPS} SELECT DISTINCT f->>'code' FROM step, jsonb_array_elements(payload->'findings') f
    WHERE {SUBMITTED} ORDER BY 1"""
FORMS = f"""
    SELECT r.*, v.form FROM ({PLACED}, declaration, employer_id, day, version FROM ({{members}}) m) r
    JOIN declaration_version v ON v.declaration_id = r.declaration AND v.number = r.version
    ORDER BY r.county, day, declaration, version"""


@dataclass(frozen=True)
class Asked:
    """A period, what was known, and the table of facts that `see_targets` gave for its last day."""

    campaign: Campaign
    period: Period
    known_at: datetime | None = None
    facts: str = "employer"


class Member(NamedTuple):
    county: str
    declaration: int | None
    employer_id: int | None
    day: date  # of the step, of the last approval, since when it waits, or by when it is due
    name: str | None


def counts(db: Session, asked: Asked) -> dict[str, dict[str, int]]:
    """Figure → county → count, of every figure that the database tells by itself."""
    found: dict[str, dict[str, int]] = {}
    given = _given(asked)
    for key in MEMBERS.keys() - {FINDING}:
        found[key] = {county: count for county, count in _rows(db, COUNT, key, asked, given)}
    for code in db.scalars(text(CODES), given):
        of_code = _rows(db, COUNT, FINDING, asked, given | {"code": code})
        found[FINDING + code] = {county: count for county, count in of_code}
    return found


def members(db: Session, asked: Asked, key: str, *, county: str | None = None) -> list[Member]:
    """`last_approval` must be laid for the period's last day."""
    given = _given(asked) | {"only": county}
    if key.startswith(FINDING):
        key, given["code"] = FINDING, key.removeprefix(FINDING)
    return [Member(**row._mapping) for row in _rows(db, LIST, key, asked, given)]


def forms_approved(db: Session, asked: Asked) -> Iterator[tuple[Member, dict[str, Any]]]:
    """Every document that was approved in the period, with us or as imported, to be held against the rules once more."""
    for row in _rows(db, FORMS, "rechecked", asked, _given(asked)):
        name = (row.form.get("basics") or {}).get("name")
        yield Member(row.county, row.declaration, row.employer_id, row.day, name), row.form


def _rows(db: Session, statement: str, key: str, asked: Asked, given: dict[str, Any]) -> Result[Any]:
    return db.execute(text(statement.format(members=MEMBERS[key].format(facts=asked.facts))), given)


def _given(asked: Asked) -> dict[str, Any]:
    campaign, period = asked.campaign, asked.period
    days = [period.since + timedelta(days=n) for n in range((period.until - period.since).days + 1)]
    given: dict[str, Any] = {"campaign": campaign.key, "city": campaign.city.code, "county": None}
    given |= {"counties": list(campaign.county_names), "since": period.since, "as_of": period.until}
    given |= {"known_at": asked.known_at, "correction_days": campaign.review.correction_days}
    given |= {"change_days": CHANGE_DAYS, "late_since": last_late(period.until, campaign.calendar)}
    return given | {"late_days": days, "late_sinces": [last_late(day, campaign.calendar) for day in days]}
