"""Days of silence, counted by the calendar and by working days."""

from datetime import date
from typing import Any

import pytest

from models.campaign_parts import Calendar, Holiday
from models.rules.silence import missed_days, too_long

BEGINS = date(2024, 7, 1)
CALENDAR = Calendar(
    holidays=(Holiday(name="国庆节", first=date(2024, 10, 1), last=date(2024, 10, 7)),),
    working=(date(2024, 10, 12),),
)
MISSED: list[Any] = [
    pytest.param(date(2024, 8, 9), date(2024, 8, 9), (0, 0), id="ran today"),
    pytest.param(date(2024, 8, 9), date(2024, 8, 12), (3, 1), id="a weekend and the monday"),
    pytest.param(date(2024, 8, 9), date(2024, 8, 11), (2, 0), id="only the weekend"),
    pytest.param(date(2024, 9, 30), date(2024, 10, 8), (8, 1), id="the national holiday"),
    pytest.param(date(2024, 10, 11), date(2024, 10, 12), (1, 1), id="a saturday that is worked"),
    pytest.param(None, date(2024, 7, 2), (2, 2), id="never, since the campaign began"),
    pytest.param(None, date(2024, 6, 30), (0, 0), id="before the campaign"),
    pytest.param(date(2024, 8, 9), date(2024, 8, 1), (0, 0), id="asked of an earlier day"),
]


@pytest.mark.parametrize(("last", "until", "missed"), MISSED)
def test_missed_days(last: date | None, until: date, missed: tuple[int, int]) -> None:
    found = missed_days(last, BEGINS, until, CALENDAR)
    assert (found.days, found.working_days) == missed


LONG: list[Any] = [
    pytest.param(date(2024, 7, 31), None, id="on the limit"),
    pytest.param(date(2024, 7, 30), 32, id="a day over it"),
    pytest.param(None, None, id="never heard of"),
]


@pytest.mark.parametrize(("since", "days"), LONG)
def test_too_long(since: date | None, days: int | None) -> None:
    assert too_long(since, date(2024, 8, 31), 31) == days
