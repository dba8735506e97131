"""Working days with 调休 (1.6, 2.8): the campaign's own calendar, then the packaged one, then the weekday."""

from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import NamedTuple

import chinese_calendar

from models.campaign_parts import Calendar

ONE_DAY = timedelta(days=1)
SATURDAY = 5


class Basis(StrEnum):
    """Where a day's kind is known from. A weekday is a guess, and whoever prints the day says so."""

    CAMPAIGN = "行动文件"
    PACKAGED = "国务院办公厅放假通知"
    WEEKDAY = "仅按星期推定"


class DayKind(NamedTuple):
    is_working: bool
    basis: Basis


def day_kind(day: date, calendar: Calendar) -> DayKind:
    if day in calendar.working:
        return DayKind(True, Basis.CAMPAIGN)
    if any(holiday.first <= day <= holiday.last for holiday in calendar.holidays):
        return DayKind(False, Basis.CAMPAIGN)
    return _published(day)


@cache
def _published(day: date) -> DayKind:
    """Asked of the same few years' days again and again, and the package looks through its whole data each time."""
    try:
        return DayKind(chinese_calendar.is_workday(day), Basis.PACKAGED)
    except NotImplementedError:  # its data ends with the last published year
        return DayKind(day.weekday() < SATURDAY, Basis.WEEKDAY)


def is_working_day(day: date, calendar: Calendar) -> bool:
    return day_kind(day, calendar).is_working


def on_or_before(day: date, calendar: Calendar) -> date:
    while not is_working_day(day, calendar):
        day -= ONE_DAY
    return day


def on_or_after(day: date, calendar: Calendar) -> date:
    while not is_working_day(day, calendar):
        day += ONE_DAY
    return day


def before(day: date, calendar: Calendar) -> date:
    """The last working day before a day."""
    return on_or_before(day - ONE_DAY, calendar)


def nth_of_month(year: int, month: int, nth: int, calendar: Calendar) -> date:
    """The month's nth working day, on which the month before is reported."""
    day = on_or_after(date(year, month, 1), calendar)
    for _ in range(nth - 1):
        day = on_or_after(day + ONE_DAY, calendar)
    return day
