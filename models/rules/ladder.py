"""The ladder of reminders of one obligation (C30, 1.6): which rung goes out on which working day.

A rung is a number of days from the last day in time. Up to that day a rung that meets a day off goes out on the working
day before, later ones on the next; rungs that meet on one day are one reminder. Every send-back and every extension
begins a new course of the ladder, from the day after it.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from models.campaign_parts import Calendar, Reminders
from models.rules.obligations import Standing, last_day
from models.rules.working_days import ONE_DAY, on_or_after, on_or_before

SENT_BACK = 100_000  # a rung of its own, farther from the due day than any other


class Rung(NamedTuple):
    """One rung of one course; claimed once."""

    course: int
    days: int


class Step(NamedTuple):
    on: date
    rung: Rung


class Planned(NamedTuple):
    """One reminder: the rung that names it, and all that go out with it."""

    on: date
    rung: Rung
    steps: tuple[Step, ...]

    def reaches(self, days: int) -> bool:
        """Whether it tells of being overdue by that many days or more."""
        return any(days <= step.rung.days < SENT_BACK for step in self.steps)


class Terms(NamedTuple):
    """What the campaign file says, the same for every obligation."""

    reminders: Reminders
    calendar: Calendar
    inclusive: bool = True


def planned(opened_on: date, now: Standing, until: date, terms: Terms) -> list[Planned]:
    """Every reminder of what is owed now, until the day. What is no longer owed has none."""
    found = sorted(steps(opened_on, now, until, terms))
    return [_together(tuple(meeting)) for _, meeting in groupby(found, lambda step: step.on)]


def steps(
    opened_on: date, now: Standing, until: date, terms: Terms, claimed: Collection[Rung] = ()
) -> Iterator[Step]:
    """The rungs to climb until the day, without those claimed before; none before its obligation is open."""
    if not now.owed:
        return
    earliest = max(opened_on, now.course_since + ONE_DAY) if now.course_since else opened_on
    end = last_day(now.due, inclusive=terms.inclusive)
    for days in _days(end, earliest, until, terms.reminders):
        if (rung := Rung(now.course, days)) not in claimed:
            on = _goes_out(end, days, terms.calendar)
            if earliest <= on <= until:
                yield Step(on, rung)
    if now.sent_back and (rung := Rung(now.sent_back.course, SENT_BACK)) not in claimed:
        on = on_or_after(now.sent_back.on + ONE_DAY, terms.calendar)
        if on <= until:
            yield Step(on, rung)


def due_now(found: Iterable[Step]) -> Planned | None:
    """One reminder for all that is not claimed yet: the newest names it, missed ones go with it unsaid."""
    pending = tuple(sorted(found))
    return _together(pending) if pending else None


def _together(pending: tuple[Step, ...]) -> Planned:
    """Of the newest day's rungs the one nearest the due day gives the name."""
    on = pending[-1].on
    newest = (step.rung for step in pending if step.on == on)
    return Planned(on, min(newest, key=lambda rung: (abs(rung.days), rung)), pending)


def last_call(due: date, calendar: Calendar) -> date:
    """The working day by which to be done with it, where the due day itself is none."""
    return on_or_before(due, calendar)


def repeats(asked_on: date, after: date, until: date, terms: Terms) -> bool:
    """Whether something that waits for an answer is to be told again after one day and until another.

    First on the working day after it was asked, then in the rhythm of what is overdue.
    """
    day = asked_on + ONE_DAY
    while day <= until:
        if after < on_or_after(day, terms.calendar) <= until:
            return True
        day += timedelta(days=terms.reminders.then_every)
    return False


def newest_rung(opens: date, due: date, after: date, until: date, terms: Terms) -> int | None:
    """The same by days from a due day, for what has no claims: the newest rung to go out in that time."""
    days = _days(due, opens, until, terms.reminders)
    return max((one for one in days if after < _goes_out(due, one, terms.calendar) <= until), default=None)


def rung_name(days: int) -> str:
    if days == SENT_BACK:
        return "退回重报"
    if days == 0:
        return "期限当日"
    return f"逾期{days}天" if days > 0 else f"提前{-days}天"


def _days(end: date, earliest: date, until: date, reminders: Reminders) -> Iterator[int]:
    """Days from the due day that may go out in this time; the calendar, asked for each, decides."""
    begun, reached = (earliest - end).days, (until - end).days
    yield from (-days for days in reminders.before if begun <= -days)
    yield from (days for days in reminders.overdue if days <= reached)
    last = reminders.overdue[-1] if reminders.overdue else 0
    yield from range(last + reminders.then_every, reached + 1, reminders.then_every)


def _goes_out(end: date, days: int, calendar: Calendar) -> date:
    day = end + timedelta(days=days)
    return on_or_before(day, calendar) if days <= 0 else on_or_after(day, calendar)
