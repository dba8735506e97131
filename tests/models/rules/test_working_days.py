"""Working days of the campaign's years, and what is known beyond them (1.6, 2.8)."""

from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest

from models.campaign import load_campaign
from models.campaign_parts import Calendar, Holiday
from models.rules.working_days import (
    Basis,
    before,
    day_kind,
    is_working_day,
    nth_of_month,
    on_or_after,
    on_or_before,
)

CALENDAR = load_campaign(Path("deployments/campaigns/liuzhou-2024-2025.toml")).calendar
NONE = Calendar()
MAKE_UP_2024 = ("02-04", "02-18", "04-07", "04-28", "05-11", "09-14", "09-29", "10-12")
MAKE_UP_2025 = ("01-26", "02-08", "04-27", "09-28", "10-11")


@pytest.mark.parametrize(("year", "days"), [(2024, MAKE_UP_2024), (2025, MAKE_UP_2025)])
@pytest.mark.parametrize("calendar", [CALENDAR, NONE], ids=["行动文件", "自带日历"])
def test_make_up_days(year: int, days: tuple[str, ...], calendar: Calendar) -> None:
    """2.8: exactly these weekend days are worked, by our table and by the package's."""
    all_days = [date(year, 1, 1) + timedelta(days=n) for n in range(366 if year == 2024 else 365)]
    worked = [day for day in all_days if day.weekday() >= 5 and is_working_day(day, calendar)]
    assert worked == [date.fromisoformat(f"{year}-{day}") for day in days]


@pytest.mark.parametrize(("year", "working"), [(2024, 251), (2025, 248)])
def test_our_table_agrees_with_the_package(year: int, working: int) -> None:
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(366 if year == 2024 else 365)]
    ours = [day for day in days if is_working_day(day, CALENDAR)]
    assert ours == [day for day in days if chinese_calendar.is_workday(day)]
    assert len(ours) == working


@pytest.mark.parametrize(
    ("day", "calendar", "is_working", "basis"),
    [
        pytest.param(date(2024, 8, 9), CALENDAR, True, Basis.PACKAGED, id="核对截止日"),
        pytest.param(date(2024, 12, 15), CALENDAR, False, Basis.PACKAGED, id="2024总结是星期日"),
        pytest.param(date(2025, 11, 15), CALENDAR, False, Basis.PACKAGED, id="2025总结是星期六"),
        pytest.param(date(2024, 9, 14), CALENDAR, True, Basis.CAMPAIGN, id="调休上班"),
        pytest.param(date(2025, 10, 8), CALENDAR, False, Basis.CAMPAIGN, id="假期最后一天"),
        pytest.param(date(2026, 10, 1), CALENDAR, False, Basis.PACKAGED, id="2026年国庆"),
        pytest.param(date(2031, 10, 1), CALENDAR, True, Basis.WEEKDAY, id="没有数据只看星期"),
        pytest.param(date(2031, 10, 4), CALENDAR, False, Basis.WEEKDAY, id="没有数据的星期六"),
        pytest.param(
            date(2031, 10, 1),
            Calendar(holidays=(Holiday(name="国庆节", first=date(2031, 10, 1), last=date(2031, 10, 7)),)),
            False,
            Basis.CAMPAIGN,
            id="行动文件补上",
        ),
    ],
)
def test_kind_of_day_says_where_it_is_known_from(
    day: date, calendar: Calendar, is_working: bool, basis: Basis
) -> None:
    assert day_kind(day, calendar) == (is_working, basis)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param(on_or_before(date(2024, 12, 15), CALENDAR), date(2024, 12, 13), id="总结前的星期五"),
        pytest.param(on_or_before(date(2024, 8, 9), CALENDAR), date(2024, 8, 9), id="当天上班"),
        pytest.param(before(date(2024, 10, 8), CALENDAR), date(2024, 9, 30), id="跨国庆往前"),
        pytest.param(on_or_after(date(2024, 10, 1), CALENDAR), date(2024, 10, 8), id="跨国庆往后"),
        pytest.param(on_or_after(date(2024, 2, 3), CALENDAR), date(2024, 2, 4), id="星期日补班"),
        pytest.param(nth_of_month(2024, 8, 5, CALENDAR), date(2024, 8, 7), id="八月第五个"),
        pytest.param(nth_of_month(2024, 10, 5, CALENDAR), date(2024, 10, 12), id="十月第五个是补班的星期六"),
        pytest.param(nth_of_month(2025, 2, 1, CALENDAR), date(2025, 2, 5), id="春节后第一天"),
    ],
)
def test_neighbouring_working_days(found: date, expected: date) -> None:
    assert found == expected
