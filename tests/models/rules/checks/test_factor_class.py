"""A03."""

from typing import Any

import pytest

from models.rules.checks.factor_class import check
from tests.make_forms import make_case
from tests.models.rules.checks.said import both_values


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, [], id="本类"),
        pytest.param(
            {"hazards.dust.factors.0.name": "噪声"}, [("粉尘：噪声", "物理因素：噪声")], id="噪声填在粉尘下"
        ),
        pytest.param(
            {"hazards.dust.factors.0.name": "铀及其化合物"},
            [("粉尘：铀及其化合物", "化学因素、放射性因素：铀及其化合物")],
            id="两类都有的",
        ),
        pytest.param({"hazards.dust.factors.0.name": "月球尘"}, [], id="目录没有的由另一条说"),
    ],
)
def test_a_factor_stands_in_its_class(changes: dict[str, Any], expected: list[Any]) -> None:
    assert both_values(check(make_case(changes))) == expected
