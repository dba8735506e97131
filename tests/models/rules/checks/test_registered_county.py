"""Q9."""

from typing import Any

import pytest

from models.rules.checking import Registered
from models.rules.checks.registered_county import check
from tests.make_forms import CODE, make_case
from tests.models.rules.checks.said import both_values


@pytest.mark.parametrize(
    ("changes", "known", "expected"),
    [
        pytest.param({}, {"registered": Registered(CODE, False, "450206")}, [], id="一致"),
        pytest.param(
            {}, {"registered": Registered(CODE, False, "450205")}, [("柳江区", "柳北区")], id="不同"
        ),
        pytest.param(
            {"basics.county": "450299"},
            {"registered": Registered(CODE, False, "450205")},
            [("450299", "柳北区")],
            id="代码不存在也不出错",
        ),
    ],
)
def test_the_county_is_the_one_chosen(
    changes: dict[str, Any], known: dict[str, Any], expected: list[Any]
) -> None:
    assert both_values(check(make_case(changes, **known))) == expected
