"""Which state holds on a day, and whether a standstill is still a short one (C09, Q3, Q4)."""

import calendar
from datetime import date

from models.state import State


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day (08-31 → 02-28/29), as PostgreSQL counts it."""
    years, month = divmod(day.month - 1 + months, 12)
    last = calendar.monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last))


def is_short_stop(stopped_on: date, as_of: date, months: int) -> bool:
    """Q4: calendar months from the stop date to the day asked about, both ends included."""
    return months_later(stopped_on, months) >= as_of


def state_on_day(state: str | None, state_on: date | None, as_of: date) -> str | None:
    """A state that begins later has not begun; until then the unit was operating."""
    if state is not None and state_on is not None and state_on > as_of:
        return State.OPERATING
    return state
