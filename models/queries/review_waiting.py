"""What waits on each office's desk on a day: declarations to decide (2.1) and objections of city and region (M07)."""

from collections import defaultdict
from datetime import date, datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.campaign_parts import Calendar
from models.queries.own_approvals import STOOD
from models.rules.review_desk import Pending
from models.rules.review_list import review_due

REVIEWS = f"""
    WITH stood AS ({STOOD})
    SELECT g.reviewer AS office, stood.declaration_id AS declaration, v.form->'basics'->>'name' AS name,
        stood.since AS opened_on
    FROM stood JOIN registrant g ON g.id = stood.registrant_id
    JOIN declaration_version v ON v.declaration_id = stood.declaration_id AND v.number = stood.version
    WHERE stood.state = '待审核'
    ORDER BY stood.since, stood.declaration_id"""
OBJECTIONS = """
    SELECT o.county AS office, o.declaration_id AS declaration, v.form->'basics'->>'name' AS name,
        o.raised_on AS opened_on, o.due_on, o.raised_by, o.reason
    FROM review_objection o JOIN filed_declaration d ON d.id = o.declaration_id
    JOIN declaration_version v ON v.declaration_id = d.id AND v.number = d.version
    WHERE o.raised_on <= :as_of AND coalesce(o.recorded_at <= :known_at, true)
        AND (o.closed_on IS NULL OR o.closed_on > :as_of OR NOT coalesce(o.closed_at <= :known_at, true))
    ORDER BY o.due_on, o.id"""


def waiting_reviews(
    db: Session, as_of: date, calendar: Calendar, *, known_at: datetime | None = None
) -> dict[str, list[Pending]]:
    """Office → what it has not decided at the end of the day, the longest waiting first."""
    found: dict[str, list[Pending]] = defaultdict(list)
    for row in db.execute(text(REVIEWS), {"as_of": as_of, "known_at": known_at}).mappings():
        due = review_due(row["opened_on"], calendar)
        found[row["office"]].append(Pending(row["declaration"], row["name"], row["opened_on"], due))
    return dict(found)


def open_objections(
    db: Session, as_of: date, *, known_at: datetime | None = None
) -> dict[str, list[Pending]]:
    """Office → objections it has not answered, the first due first. Its revoking closes them."""
    found: dict[str, list[Pending]] = defaultdict(list)
    for row in db.execute(text(OBJECTIONS), {"as_of": as_of, "known_at": known_at}).mappings():
        found[row["office"]].append(Pending(**{key: row[key] for key in Pending._fields}))
    return dict(found)
