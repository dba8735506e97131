"""How long nothing was heard: of the daily tick, of the platform's export, of a county."""

from dataclasses import dataclass
from datetime import date, timedelta

from models.campaign_parts import Calendar
from models.rules.working_days import is_working_day

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Missed:
    """Days on which the tick should have run and did not."""

    days: int
    working_days: int


def missed_days(last: date | None, begins: date, until: date, calendar: Calendar) -> Missed:
    """After the last tick, or from the day the campaign begins, up to `until` inclusive."""
    first = begins if last is None else max(last + ONE_DAY, begins)
    missed = [first + ONE_DAY * number for number in range((until - first).days + 1)]
    return Missed(len(missed), sum(is_working_day(day, calendar) for day in missed))


def too_long(since: date | None, as_of: date, limit: int) -> int | None:
    """Days since, where they are more than the limit."""
    if since is None:
        return None
    days = (as_of - since).days
    return days if days > limit else None
