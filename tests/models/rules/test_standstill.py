"""Six months, to the day (C09, Q4)."""

from datetime import date

import pytest

from models.rules.standstill import is_short_stop, months_later, state_on_day


@pytest.mark.parametrize(
    ("stopped_on", "as_of", "short"),
    [
        pytest.param(
            date(2024, 2, 9), date(2024, 8, 9), True, id="C09 停产2024-02-09，截至8月9日，满6个月当天仍算以内"
        ),
        pytest.param(date(2024, 2, 8), date(2024, 8, 9), False, id="C09 停产2024-02-08，超过一天"),
        pytest.param(date(2023, 8, 31), date(2024, 2, 29), True, id="月末对月末，闰年"),
        pytest.param(date(2023, 8, 31), date(2024, 3, 1), False, id="闰年月末后一天"),
        pytest.param(date(2024, 8, 31), date(2025, 2, 28), True, id="月末对月末，平年"),
        pytest.param(date(2024, 8, 31), date(2025, 3, 1), False, id="平年月末后一天"),
        pytest.param(date(2023, 8, 29), date(2024, 2, 29), True, id="29日对闰年29日"),
        pytest.param(date(2024, 2, 29), date(2024, 8, 29), True, id="闰日起算"),
        pytest.param(date(2024, 2, 29), date(2024, 8, 30), False, id="闰日起算，超过一天"),
        pytest.param(date(2024, 8, 9), date(2024, 8, 9), True, id="当天停产"),
        pytest.param(date(2023, 12, 31), date(2024, 6, 30), True, id="12月31日对6月30日"),
        pytest.param(date(2023, 12, 31), date(2024, 7, 1), False, id="跨年后一天"),
    ],
)
def test_six_months(stopped_on: date, as_of: date, short: bool) -> None:
    assert is_short_stop(stopped_on, as_of, 6) is short


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2024, 8, 31), 6, date(2025, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 12, 1), 1, date(2025, 1, 1)),
        (date(2024, 5, 5), 24, date(2026, 5, 5)),
    ],
)
def test_months_later(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


@pytest.mark.parametrize(
    ("state", "state_on", "then"),
    [
        pytest.param("注销", date(2024, 8, 9), "注销", id="注销在查询日当天已生效"),
        pytest.param("注销", date(2024, 8, 10), "在营", id="次日注销，当天仍在营"),
        pytest.param("注销", None, "注销", id="注销无日期"),
        pytest.param("停产", date(2024, 8, 10), "在营", id="次日停产"),
        pytest.param(None, date(2024, 8, 10), None, id="状态不明"),
    ],
)
def test_state_on_day(state: str | None, state_on: date | None, then: str | None) -> None:
    assert state_on_day(state, state_on, date(2024, 8, 9)) == then
