"""2.3."""

from typing import Any

import pytest

from models.rules.checks.monitoring_report import check
from tests.make_forms import make_case
from tests.models.rules.checks.said import fields


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, [], id="都有"),
        pytest.param({"monitoring.agency": None}, ["monitoring.agency"], id="没有机构"),
        pytest.param({"monitoring.report_nos": "A//B"}, ["monitoring.report_nos"], id="编号中间空着"),
        pytest.param(
            {"monitoring": {"done": True}}, ["monitoring.agency", "monitoring.report_nos"], id="都没有"
        ),
        pytest.param({"monitoring": {"done": False}}, [], id="未检测"),
    ],
)
def test_measuring_has_an_institution_and_a_number(changes: dict[str, Any], expected: list[Any]) -> None:
    assert fields(check(make_case(changes))) == expected
