"""What waits on the reviewing agencies' desks, and what of it is told on a day (C30, M07, 2.1)."""

from datetime import date

from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.queries.review_waiting import open_objections, waiting_reviews
from models.rules.ladder import Terms
from models.rules.offices import office_names
from models.rules.review_desk import Pile, piles


def piles_of(db: Session, campaign: Campaign, day: date, since: date) -> list[Pile]:
    """Declarations to decide and objections to answer; `since`: the last day on which reminders went out."""
    reviews, objections = waiting_reviews(db, day, campaign.calendar), open_objections(db, day)
    terms = Terms(campaign.reminders, campaign.calendar, campaign.day_inclusive)
    offices, city = office_names(campaign), campaign.city.code
    return piles(reviews, objections, offices, city=city, after=since, day=day, terms=terms)
