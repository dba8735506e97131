"""F11 within a class."""

from typing import Any

import pytest

from models.rules.checks.class_total import check
from tests.make_forms import make_case
from tests.models.rules.checks.said import both_values


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({"hazards.dust.factors.0.exposed": 15}, [], id="相等"),
        pytest.param({"hazards.dust.factors.0.exposed": 16}, [("16", "粉尘接触总人数15")], id="多一人"),
        pytest.param({"hazards.dust.exposed": None}, [], id="总数没有填"),
    ],
)
def test_a_class_holds_each_of_its_factors(changes: dict[str, Any], expected: list[Any]) -> None:
    assert both_values(check(make_case(changes))) == expected
