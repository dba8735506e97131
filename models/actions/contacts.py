"""Name who answers for an office, and keep a county's plan (C31). Earlier ones stay."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.event import Event
from models.obligation import Contact, CountyPlan
from models.rules.contacts import Person


def set_contact(db: Session, campaign: Campaign, office: str, person: Person, *, by: str) -> bool:
    """False: the same person was named before, with the same addresses."""
    held = db.scalar(
        select(Contact).where(
            Contact.campaign == campaign.key, Contact.office == office, Contact.ended_at.is_(None)
        )
    )
    if held is not None:
        if Person(held.name, held.phone, held.mail, held.bot) == person:
            return False
        held.ended_at, held.ended_by = func.now(), by
        db.flush()
    db.add(Contact(campaign=campaign.key, office=office, by=by, **person._asdict()))
    # who and how, but no number or address: those are not for the trail
    ways = [way for way in ("phone", "mail", "bot") if getattr(person, way)]
    db.add(Event(act="contact.set", subject=f"office:{office}", by=by, detail={"ways": ways}))
    db.flush()
    return True


def keep_plan(
    db: Session, campaign: Campaign, county: str, *, sha256: str, file_name: str, on: date, by: str
) -> CountyPlan:
    made = CountyPlan(campaign=campaign.key, county=county, file_sha256=sha256, file_name=file_name, by=by)
    made.received_on = on
    db.add(made)
    detail = {"file": sha256, "on": on.isoformat()}
    db.add(Event(act="plan.received", subject=f"county:{county}", by=by, detail=detail))
    db.flush()
    return made
