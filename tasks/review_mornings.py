"""What the morning's work on declarations looks at: whose desk is how full, and who has something to decide (M04, 2.1)."""

from dataclasses import dataclass
from datetime import date

from models.campaign import Campaign
from models.database import session
from models.rules.review_desk import OBJECTION, REVIEW, Pile
from models.rules.working_days import is_working_day
from tasks.review_books.issue import agencies, work_lines
from tasks.review_reminders import piles_of


@dataclass(frozen=True)
class Desk:
    """One agency's, aged on a day."""

    office: str
    waiting: int = 0
    late: int = 0
    first_due: date | None = None
    objections: int = 0
    objections_late: int = 0


def is_day_of_work(campaign: Campaign, day: date) -> bool:
    return is_working_day(day, campaign.calendar)


def review_desks(campaign: Campaign, day: date) -> list[Desk]:
    """Every agency with something to do, the most late first."""
    with session() as db:
        found = {(pile.office, pile.kind): pile for pile in piles_of(db, campaign, day, day)}
    desks = [
        _desk(office, found.get((office, REVIEW)), found.get((office, OBJECTION)))
        for office in sorted({office for office, _ in found})
    ]
    return sorted(desks, key=lambda desk: -(desk.late + desk.objections_late))


def busy_agencies(campaign: Campaign, day: date) -> list[str]:
    """Those with something to decide or to look at again: nobody gets an empty workbook every morning."""
    with session() as db:
        return [code for code in agencies(campaign) if work_lines(db, campaign, code, day)]


def _desk(office: str, reviews: Pile | None, objections: Pile | None) -> Desk:
    waiting = reviews.pending if reviews else ()
    return Desk(
        office,
        len(waiting),
        len(reviews.overdue) if reviews else 0,
        min((one.due_on for one in waiting), default=None),
        len(objections.pending) if objections else 0,
        len(objections.overdue) if objections else 0,
    )
