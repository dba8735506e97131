"""A01."""

from typing import Any

import pytest

from models.form.hazards import HazardClass
from models.rules.checks.no_hazard import check
from tests.make_forms import make_case
from tests.models.rules.checks.said import fields


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param(
            {f"hazards.{kind}": {"present": False} for kind in HazardClass}, ["hazards"], id="六类都无"
        ),
        pytest.param(
            {f"hazards.{kind}": {"present": False} for kind in HazardClass} | {"hazards.other": {}},
            [],
            id="有一类没有填",
        ),
        pytest.param({}, [], id="有一类"),
        pytest.param({"hazards": None}, [], id="整部分没有填"),
    ],
)
def test_six_times_no_is_asked_about(changes: dict[str, Any], expected: list[Any]) -> None:
    assert fields(check(make_case(changes))) == expected
