"""F22: a class of GB/T 4754-2017."""

from typing import Any

import pytest

from models.rules.checks.industry import check
from tests.make_forms import make_case
from tests.models.rules.checks.said import fields


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, [], id="小类"),
        pytest.param({"basics.industry": "0111"}, [], id="01开头的小类"),
        pytest.param({"basics.industry": "339"}, ["basics.industry"], id="中类不够细"),
        pytest.param({"basics.industry": "33"}, ["basics.industry"], id="大类不够细"),
        pytest.param({"basics.industry": "C3391"}, ["basics.industry"], id="带门类字母"),
        pytest.param({"basics.industry": "9999"}, ["basics.industry"], id="没有的代码"),
        pytest.param({"basics.industry": None}, [], id="没有填"),
    ],
)
def test_the_industry_is_a_listed_class(changes: dict[str, Any], expected: list[Any]) -> None:
    assert fields(check(make_case(changes))) == expected
