"""Write removals, additions and their cancellation (Q2). What is allowed is decided before, in models.rules.membership."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.event import Event
from models.target import MembershipChange


def change_membership(
    db: Session,
    campaign: Campaign,
    employer_id: int,
    change: str,
    *,
    county: str,
    reason_code: str,
    note: str | None,
    by: str,
    on: date,
) -> MembershipChange:
    made = MembershipChange(campaign=campaign.key, employer_id=employer_id, county=county, change=change)
    made.reason_code, made.note, made.effective_on, made.by = reason_code, note, on, by
    db.add(made)
    detail = {"county": county, "reason": reason_code, "note": note, "on": on.isoformat()}
    db.add(Event(act=f"target.{change}", subject=f"employer:{employer_id}", by=by, detail=detail))
    db.flush()
    return made


def open_change(
    db: Session, campaign: Campaign, employer_id: int, change: str, county: str
) -> MembershipChange | None:
    return db.scalar(
        select(MembershipChange).where(
            MembershipChange.campaign == campaign.key,
            MembershipChange.employer_id == employer_id,
            MembershipChange.county == county,
            MembershipChange.change == change,
            MembershipChange.cancelled_at.is_(None),
        )
    )


def cancel_change(db: Session, change: MembershipChange, *, reason: str, by: str, on: date) -> None:
    """It held until the day before `on`; the row stays. A resumption cancels the removal and is no addition."""
    change.cancelled_on, change.cancelled_by, change.cancelled_reason = on, by, reason
    change.cancelled_at = func.now()
    detail = {"change": change.change, "county": change.county, "reason": reason, "on": on.isoformat()}
    db.add(Event(act="target.cancelled", subject=f"employer:{change.employer_id}", by=by, detail=detail))
    db.flush()
