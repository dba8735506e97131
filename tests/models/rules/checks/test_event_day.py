"""2.1."""

from typing import Any

import pytest

from models.rules.checks.event_day import check
from tests.make_forms import make_case
from tests.models.rules.checks.said import both_values


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({"event_on": "2024-09-02"}, [], id="当天"),
        pytest.param({"event_on": "2024-09-03"}, [("2024-09-03", "申报日期 2024-09-02")], id="明天"),
        pytest.param({}, [], id="没有填"),
    ],
)
def test_the_day_has_come(changes: dict[str, Any], expected: list[Any]) -> None:
    assert both_values(check(make_case(changes))) == expected
