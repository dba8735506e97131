"""2.1: more than 11 and less than 13 months."""

from datetime import date
from typing import Any

import pytest

from models.rules.checking import Last
from models.rules.checks.annual_interval import check
from tests.make_forms import make_case
from tests.models.rules.checks.said import fields


@pytest.mark.parametrize(
    ("changes", "known", "expected"),
    [
        pytest.param(
            {"type": "年度更新"}, {"last": Last(date.fromisoformat("2023-10-02"))}, ["type"], id="正好11个月"
        ),
        pytest.param(
            {"type": "年度更新"}, {"last": Last(date.fromisoformat("2023-10-01"))}, [], id="11个月零1天"
        ),
        pytest.param({"type": "年度更新"}, {"last": Last(date.fromisoformat("2023-09-02"))}, [], id="12个月"),
        pytest.param(
            {"type": "年度更新"}, {"last": Last(date.fromisoformat("2023-08-03"))}, [], id="13个月差1天"
        ),
        pytest.param(
            {"type": "年度更新"}, {"last": Last(date.fromisoformat("2023-08-02"))}, ["type"], id="正好13个月"
        ),
        pytest.param(
            {"type": "年度更新"}, {"last": Last(date.fromisoformat("2022-09-02"))}, ["type"], id="两年"
        ),
        pytest.param(
            {"type": "年度更新"},
            {"last": Last(date(2024, 3, 31)), "on": date(2025, 3, 1)},
            [],
            id="大月对2月末",
        ),
        pytest.param(
            {"type": "年度更新"},
            {"last": Last(date(2024, 3, 31)), "on": date(2025, 2, 28)},
            ["type"],
            id="2月末当天",
        ),
        pytest.param({"type": "变更申报"}, {"last": Last(date(2024, 9, 1))}, [], id="变更不受限"),
        pytest.param({"type": "年度更新"}, {"last": None}, [], id="没有上次由F26说"),
    ],
)
def test_an_update_comes_in_its_window(
    changes: dict[str, Any], known: dict[str, Any], expected: list[Any]
) -> None:
    assert fields(check(make_case(changes, **known))) == expected
