"""Patterns around the monthly cut that the city may want to ask about: neutral, and never a judgement (issue 6)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from models.campaign_parts import Calendar
from models.rules.working_days import ONE_DAY, on_or_after, on_or_before

LAST_DAYS, FIRST_DAYS = 3, 5  # working days before the cut, and after it
LEAST_REMOVALS = 5  # fewer are everyday work
SECONDS = 60  # an approval so soon after its submission was hardly looked at


class Removal(NamedTuple):
    county: str
    employer_id: int
    removed_on: date


class Hurried(NamedTuple):
    """A county with many of its month's removals in the last days before the cut."""

    county: str
    late: int
    month: int
    units: tuple[int, ...]


def last_days(cut: date, calendar: Calendar) -> date:
    """The first of the last working days up to the cut."""
    day = on_or_before(cut, calendar)
    for _ in range(LAST_DAYS - 1):
        day = on_or_before(day - ONE_DAY, calendar)
    return day


def first_days(cut: date, calendar: Calendar) -> date:
    """The last of the first working days after the cut: by then the month is reported."""
    day = cut
    for _ in range(FIRST_DAYS):
        day = on_or_after(day + ONE_DAY, calendar)
    return day


def hurried_removals(removals: Sequence[Removal], cut: date, calendar: Calendar) -> list[Hurried]:
    """Counties where at least half of the month's removals, and not just a few, fell on the last days."""
    since = last_days(cut, calendar)
    month = Counter(one.county for one in removals)
    late = _by_county(one for one in removals if one.removed_on >= since)
    return [
        Hurried(county, len(units), month[county], units)
        for county, units in sorted(late.items())
        if len(units) >= LEAST_REMOVALS and 2 * len(units) >= month[county]
    ]


def _by_county(removals: Iterable[Removal]) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for one in removals:
        found[one.county] = (*found.get(one.county, ()), one.employer_id)
    return found
