"""Days left, what is needed a day, and the plan's line (issue 6)."""

from datetime import date
from fractions import Fraction

import pytest

from models.campaign_bulletin import PlanPoint
from models.rules.pace import (
    Pace,
    a_day,
    days_left,
    planned_percent,
    span_before,
    working_days_left,
)
from tests.make_targets import campaign_on_file

CALENDAR = campaign_on_file().calendar
PLAN = (
    PlanPoint(day=date(2024, 9, 1), percent=0),
    PlanPoint(day=date(2024, 12, 31), percent=60),
    PlanPoint(day=date(2025, 12, 31), percent=100),
)


@pytest.mark.parametrize(
    ("as_of", "due", "days", "working"),
    [
        pytest.param(date(2024, 12, 30), date(2024, 12, 31), 1, 1, id="tomorrow"),
        pytest.param(date(2024, 12, 31), date(2024, 12, 31), 0, 0, id="the day itself is over"),
        pytest.param(date(2025, 1, 1), date(2024, 12, 31), 0, 0, id="passed"),
        pytest.param(date(2024, 9, 30), date(2024, 10, 8), 8, 1, id="over the holidays"),
        pytest.param(date(2024, 10, 10), date(2024, 10, 13), 3, 2, id="a Saturday that is worked"),
    ],
)
def test_days_left(as_of: date, due: date, days: int, working: int) -> None:
    assert days_left(as_of, due) == days
    assert working_days_left(as_of, due, CALENDAR) == working


@pytest.mark.parametrize(
    ("pace", "needed", "enough"),
    [
        pytest.param(Pace(30, 20, 40, 20), Fraction(3, 2), True, id="faster than needed"),
        pytest.param(Pace(30, 20, 30, 20), Fraction(3, 2), True, id="just enough"),
        pytest.param(Pace(30, 20, 29, 20), Fraction(3, 2), False, id="one too few"),
        pytest.param(Pace(0, 20, 5, 20), None, None, id="all declared"),
        pytest.param(Pace(3, 0, 5, 20), None, None, id="no day left"),
    ],
)
def test_needed_a_day(pace: Pace, needed: Fraction | None, enough: bool | None) -> None:
    assert pace.needed == needed
    assert pace.enough is enough


@pytest.mark.parametrize(
    ("days", "expected"),
    [(1, date(2024, 10, 11)), (2, date(2024, 10, 10)), (5, date(2024, 10, 7)), (6, date(2024, 9, 29))],
)
def test_the_last_working_days_skip_holidays(days: int, expected: date) -> None:
    assert span_before(date(2024, 10, 13), days, CALENDAR) == expected  # a Sunday; Saturday 12 is worked


@pytest.mark.parametrize(
    ("day", "percent"),
    [
        pytest.param(date(2024, 8, 31), None, id="before it begins"),
        pytest.param(date(2024, 9, 1), 0, id="its first day"),
        pytest.param(date(2024, 12, 31), 60, id="a point"),
        pytest.param(date(2025, 7, 1), 60 + Fraction(182 * 40, 365), id="between"),
        pytest.param(date(2026, 3, 1), 100, id="after the last"),
    ],
)
def test_the_plan(day: date, percent: Fraction | None) -> None:
    assert planned_percent(PLAN, day) == percent


def test_no_plan_no_line() -> None:
    assert planned_percent((), date(2024, 9, 1)) is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(0), "0.0"),
        (Fraction(5, 100), "0.1"),
        (Fraction(149, 100), "1.5"),
        (Fraction(12), "12.0"),
        (Fraction(1, 21), "不到0.1"),
    ],
)
def test_a_day(value: Fraction, text: str) -> None:
    assert a_day(value) == text
