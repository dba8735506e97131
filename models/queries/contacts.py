"""Who answers for each office (C31)."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.obligation import Contact, CountyPlan


def contacts(db: Session, campaign: Campaign) -> dict[str, Contact]:
    """Office → its contact of now; the city's under the city's code."""
    wanted = select(Contact).where(Contact.campaign == campaign.key, Contact.ended_at.is_(None))
    return {one.office: one for one in db.scalars(wanted)}


def county_plans(db: Session, campaign: Campaign) -> dict[str, CountyPlan]:
    """County → its newest plan."""
    wanted = select(CountyPlan).where(CountyPlan.campaign == campaign.key).order_by(CountyPlan.id)
    return {one.county: one for one in db.scalars(wanted)}
