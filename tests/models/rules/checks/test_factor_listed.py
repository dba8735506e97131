"""A03: a factor our copy of the catalogue lacks is asked about, never refused."""

from typing import Any

import pytest

from models.rules.checks.factor_listed import check
from tests.make_forms import make_case
from tests.models.rules.checks.said import fields


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({"hazards.dust.factors.0.name": "矽尘（游离SiO2含量≥10%）"}, [], id="目录全称"),
        pytest.param({"hazards.dust.factors.0.name": "矽尘"}, [], id="简称"),
        pytest.param({"hazards.dust.factors.0.name": "矽尘(游离SiO2含量≥10%)"}, [], id="半角括号"),
        pytest.param({"hazards.dust.factors.0.name": "铅"}, [], id="化合物的元素名"),
        pytest.param({"hazards.dust.factors.0.name": "碳酰氯"}, [], id="括号里的别名"),
        pytest.param({"hazards.dust.factors.0.name": "其他粉尘"}, [], id="其他粉尘"),
        pytest.param(
            {"hazards.dust.factors.0.name": "月球尘"}, ["hazards.dust.factors.0.name"], id="目录没有"
        ),
        pytest.param({"hazards.dust.factors.0.name": None}, [], id="没有名称"),
    ],
)
def test_an_unlisted_factor_is_asked_about(changes: dict[str, Any], expected: list[Any]) -> None:
    assert fields(check(make_case(changes))) == expected
