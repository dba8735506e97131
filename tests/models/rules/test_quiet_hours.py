"""Employers are written to between 8 and 20 o'clock of working days (issue 4)."""

from datetime import datetime

import pytest

from models.clock import SHANGHAI
from models.rules.quiet_hours import day_began, is_quiet, next_open
from tests.make_targets import campaign_on_file

CALENDAR = campaign_on_file().calendar


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


MOMENTS = {
    "at work": ("2024-08-09 10:00", "2024-08-09 10:00"),
    "the first minute": ("2024-08-09 08:00", "2024-08-09 08:00"),
    "before it": ("2024-08-09 07:59:59", "2024-08-09 08:00"),
    "the last second": ("2024-08-08 19:59:59", "2024-08-08 19:59:59"),
    "eight in the evening": ("2024-08-08 20:00", "2024-08-09 08:00"),
    "friday evening": ("2024-08-09 20:00", "2024-08-12 08:00"),
    "saturday noon": ("2024-08-10 12:00", "2024-08-12 08:00"),
    "small hours of sunday": ("2024-08-11 03:00", "2024-08-12 08:00"),
    "a sunday at work": ("2024-09-29 10:00", "2024-09-29 10:00"),  # 调休
    "eve of the holiday": ("2024-09-30 20:30", "2024-10-08 08:00"),
}


@pytest.mark.parametrize(("moment", "opens"), MOMENTS.values(), ids=MOMENTS)
def test_next_open(moment: str, opens: str) -> None:
    assert next_open(at(moment), CALENDAR) == at(opens)
    assert is_quiet(at(moment), CALENDAR) == (moment != opens)
    assert not is_quiet(next_open(at(moment), CALENDAR), CALENDAR)


def test_day_began() -> None:
    assert day_began(at("2024-08-09 19:59:59.5")) == at("2024-08-09 00:00")
