"""A month of the assessment: 2024-08, cut at its last day 24:00 (1.6)."""

import calendar
from datetime import date, timedelta


def month_of(day: date) -> str:
    return f"{day:%Y-%m}"


def last_of(month: str) -> date:
    """The day on which the month's data are cut."""
    year, number = int(month[:4]), int(month[5:])
    return date(year, number, calendar.monthrange(year, number)[1])


def month_before(day: date) -> date:
    """The cut of the month before the day's own month."""
    return day.replace(day=1) - timedelta(1)
