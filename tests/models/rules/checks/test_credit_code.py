"""2.8: shape and check digit."""

from typing import Any

import pytest

from models.rules.checks.credit_code import check
from tests.make_forms import CODE, make_case
from tests.models.rules.checks.said import fields


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, [], id="正确"),
        pytest.param({"basics.credit_code": CODE[:-1] + "B"}, ["basics.credit_code"], id="校验位错"),
        pytest.param({"basics.credit_code": "450200000012345"}, ["basics.credit_code"], id="15位旧号"),
        pytest.param({"basics.credit_code": CODE.lower()}, ["basics.credit_code"], id="小写"),
        pytest.param({"basics.parent_code": "1" * 18}, ["basics.parent_code"], id="上级代码错"),
        pytest.param({"basics.credit_code": None}, [], id="没有填"),
    ],
)
def test_a_code_is_sound(changes: dict[str, Any], expected: list[Any]) -> None:
    assert fields(check(make_case(changes))) == expected
