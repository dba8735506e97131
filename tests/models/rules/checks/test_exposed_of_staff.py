"""F11: staff and outsourced."""

from typing import Any

import pytest

from models.rules.checks.exposed_of_staff import check
from tests.make_forms import make_case
from tests.models.rules.checks.said import both_values


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({"basics.exposed": 30}, [], id="相等"),
        pytest.param({"basics.exposed": 31}, [("31", "在册与外委共30")], id="多一人"),
        pytest.param({"basics.exposed": 31, "basics.headcount": None}, [], id="在册没有填"),
        pytest.param({"basics.exposed": None}, [], id="接害没有填"),
        pytest.param({"basics.exposed": 31, "basics.outsourced": None}, [], id="外委没有填"),
    ],
)
def test_those_exposed_work_there(changes: dict[str, Any], expected: list[Any]) -> None:
    assert both_values(check(make_case(changes))) == expected
