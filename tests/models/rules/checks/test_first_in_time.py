"""2.1: 30 days from the completion acceptance."""

from typing import Any

import pytest

from models.rules.checks.first_in_time import check
from tests.make_forms import make_case
from tests.models.rules.checks.said import both_values


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({"event_on": "2024-08-03"}, [], id="第30日"),
        pytest.param({"event_on": "2024-08-02"}, [("2024-09-02", "不晚于 2024-09-01")], id="第31日"),
        pytest.param({}, [], id="从未申报的老单位"),
        pytest.param({"type": "变更申报", "event_on": "2020-01-01"}, [], id="变更不看"),
    ],
)
def test_a_new_workplace_is_declared_in_thirty_days(changes: dict[str, Any], expected: list[Any]) -> None:
    assert both_values(check(make_case(changes))) == expected
