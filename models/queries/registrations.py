"""Entries in the system by agency and state, those that wait first (F16–F18)."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.filing import Registrant, Registration


def registrations(
    db: Session, *, county: str | None = None, state: Registration | None = None
) -> list[dict[str, Any]]:
    one = Registrant
    chosen = select(
        one.id.label("number"),
        one.reviewer.label("county"),
        one.name,
        one.credit_code,
        one.is_branch,
        one.parent_code,
        one.state,
        one.source,
        one.employer_id.label("unit"),
        one.handed_to,
        one.recorded_at,
    ).order_by(one.state != Registration.PENDING, one.recorded_at, one.id)
    if county is not None:
        chosen = chosen.where(one.reviewer == county)
    if state is not None:
        chosen = chosen.where(one.state == state)
    return [dict(row._mapping) for row in db.execute(chosen)]
