"""What the campaign file says a county owes, and from when: its [[obligations]] and every month of [monthly]."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from models.campaign import Campaign
from models.obligation import ObligationKind
from models.rules.working_days import nth_of_month

MONTHS = 12


class Duty(NamedTuple):
    key: str
    kind: ObligationKind
    name: str
    opens: date
    due: date
    by_city: bool = False  # owed by the city itself


def duties(campaign: Campaign) -> Iterator[Duty]:
    for one in campaign.obligations:
        kind = (
            ObligationKind.VERIFICATION if one.key == ObligationKind.VERIFICATION else ObligationKind.SUMMARY
        )
        yield Duty(one.key, kind, one.name, one.opens, one.due, one.owed_by == "city")
    yield from monthly_duties(campaign)


def monthly_duties(campaign: Campaign) -> Iterator[Duty]:
    """Each month is answered in the next one: from its first day, by one of its working days (1.6)."""
    terms = campaign.monthly
    for about in _months(terms.first_month, terms.last_month):
        opens = _next_month(about)
        due = nth_of_month(opens.year, opens.month, terms.answer_working_day, campaign.calendar)
        name = f"{terms.answer}（{about.year}年{about.month}月）"
        yield Duty(monthly_key(about), ObligationKind.MONTHLY, name, opens, due)


def monthly_key(about: date) -> str:
    """The key of the obligation to answer for the month that `about` lies in."""
    return f"{ObligationKind.MONTHLY}-{about:%Y-%m}"


def _months(first: str, last: str) -> Iterator[date]:
    month = date.fromisoformat(f"{first}-01")
    while f"{month:%Y-%m}" <= last:
        yield month
        month = _next_month(month)


def _next_month(month: date) -> date:
    years, index = divmod(month.month, MONTHS)
    return date(month.year + years, index + 1, 1)
