"""A month of the assessment: 2024-08, cut at its last day 24:00 (1.6)."""

import calendar
import re
from datetime import date, timedelta

from models.errors import UsageTrouble

MONTH = re.compile(r"(20[0-9]{2})[-年/.](0?[1-9]|1[0-2])月?")


def month_of(day: date) -> str:
    return f"{day:%Y-%m}"


def last_of(month: str) -> date:
    """The day on which the month's data are cut."""
    year, number = int(month[:4]), int(month[5:])
    return date(year, number, calendar.monthrange(year, number)[1])


def month_before(day: date) -> date:
    """The cut of the month before the day's own month."""
    return day.replace(day=1) - timedelta(1)


def read_month(words: str) -> str:
    """2024-08, also written 2024-8 or 2024年8月."""
    found = MONTH.fullmatch(words.strip())
    if found is None:
        raise UsageTrouble("E1819", f"月份“{words}”不对，请写成 2024-08 的样子。")
    return f"{found[1]}-{int(found[2]):02d}"
