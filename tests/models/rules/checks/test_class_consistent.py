"""2.3: 有/无 agrees with what stands beside it."""

from typing import Any

import pytest

from models.rules.checks.class_consistent import check
from tests.make_forms import make_case
from tests.models.rules.checks.said import fields


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({"hazards.dust.exposed": None}, ["hazards.dust.exposed"], id="有却没有人数"),
        pytest.param({"hazards.dust.exposed": 0}, ["hazards.dust.exposed"], id="有却为0"),
        pytest.param({"hazards.dust.factors": []}, [], id="有但不细分因素"),
        pytest.param(
            {"hazards.dust.factors": [{"exposed": 1}]}, ["hazards.dust.factors.0.name"], id="因素没有名称"
        ),
        pytest.param({"hazards.other.exposed": 1}, ["hazards.other.exposed"], id="无却有人数"),
        pytest.param(
            {"hazards.other.factors": [{"name": "金属烟"}]}, ["hazards.other.factors"], id="无却有因素"
        ),
        pytest.param({"hazards.other.exposed": None}, [], id="无，人数空着"),
        pytest.param({"hazards.other.present": None, "hazards.other.exposed": 3}, [], id="有无没有填由F12说"),
    ],
)
def test_a_class_and_its_numbers_agree(changes: dict[str, Any], expected: list[Any]) -> None:
    assert fields(check(make_case(changes))) == expected
