"""F26."""

from typing import Any

import pytest

from models.rules.checks.change_needs_reason import check
from tests.make_forms import make_case
from tests.models.rules.checks.said import fields


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({"type": "变更申报"}, ["reason"], id="没有原因"),
        pytest.param({"type": "变更申报", "reason": "  "}, ["reason"], id="空白原因"),
        pytest.param({"type": "变更申报", "reason": "工艺、设备变更"}, [], id="有原因"),
        pytest.param({}, [], id="初次不需原因"),
    ],
)
def test_a_change_says_why(changes: dict[str, Any], expected: list[Any]) -> None:
    assert fields(check(make_case(changes))) == expected
