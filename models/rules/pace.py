"""How fast it goes, how fast it would have to go, and where the plan would have it by now (issue 6)."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple, Protocol

from models.campaign_parts import Calendar
from models.rules.working_days import ONE_DAY, is_working_day, on_or_before


class Point(Protocol):
    @property
    def day(self) -> date: ...
    @property
    def percent(self) -> int: ...


class Pace(NamedTuple):
    """Units per working day."""

    left: int  # units still to declare
    working_days: int  # until the due day, that day included
    recent: int  # units that declared in the last `span` working days
    span: int

    @property
    def needed(self) -> Fraction | None:
        """None where no working day is left, or nothing is."""
        return Fraction(self.left, self.working_days) if self.left and self.working_days else None

    @property
    def seen(self) -> Fraction:
        return Fraction(self.recent, self.span)

    @property
    def enough(self) -> bool | None:
        return None if self.needed is None else self.seen >= self.needed


def days_left(as_of: date, due: date) -> int:
    """Calendar days after `as_of`, the due day included; none when it has passed."""
    return max((due - as_of).days, 0)


def working_days_left(as_of: date, due: date, calendar: Calendar) -> int:
    """After `as_of`, the due day included."""
    return sum(
        is_working_day(date.fromordinal(day), calendar)
        for day in range(as_of.toordinal() + 1, due.toordinal() + 1)
    )


def span_before(as_of: date, days: int, calendar: Calendar) -> date:
    """The day before the first of the last `days` working days: whoever declared after it, declared in them."""
    day = on_or_before(as_of, calendar)
    for _ in range(days - 1):
        day = on_or_before(day - ONE_DAY, calendar)
    return day - ONE_DAY


def planned_percent(plan: Sequence[Point], day: date) -> Fraction | None:
    """On the straight line between two points of the plan; None before the first, the last one's after it."""
    if not plan or day < plan[0].day:
        return None
    if day >= plan[-1].day:
        return Fraction(plan[-1].percent)
    at = max(n for n, point in enumerate(plan) if point.day <= day)
    first, last = plan[at], plan[at + 1]
    gone = Fraction((day - first.day).days, (last.day - first.day).days)
    return first.percent + gone * (last.percent - first.percent)


def a_day(value: Fraction) -> str:
    """Units a day with one decimal, rounded half up; little is not nothing."""
    tenths = (value.numerator * 20 + value.denominator) // (2 * value.denominator)
    return f"{tenths // 10}.{tenths % 10}" if tenths or not value else "不到0.1"
