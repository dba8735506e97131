"""F07: nobody changes the code by a declaration."""

from typing import Any

import pytest

from models.rules.checking import Registered
from models.rules.checks.registered_code import check
from tests.make_forms import CODE, PARENT, make_case
from tests.models.rules.checks.said import both_values


@pytest.mark.parametrize(
    ("changes", "known", "expected"),
    [
        pytest.param({}, {"registered": Registered(CODE, False, "450206")}, [], id="一致"),
        pytest.param({}, {"registered": Registered(PARENT, False, "450206")}, [(CODE, PARENT)], id="不同"),
        pytest.param({}, {"registered": Registered(None, False, "450206")}, [], id="注册时没有代码"),
    ],
)
def test_the_code_is_the_registrations(
    changes: dict[str, Any], known: dict[str, Any], expected: list[Any]
) -> None:
    assert both_values(check(make_case(changes, **known))) == expected
