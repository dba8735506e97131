"""C16."""

from typing import Any

import pytest

from models.rules.checking import Facts
from models.rules.checks.registry_name import check
from tests.make_forms import make_case
from tests.models.rules.checks.said import both_values


@pytest.mark.parametrize(
    ("changes", "known", "expected"),
    [
        pytest.param({}, {"unit": Facts(name="柳州市鑫鸿铸造有限公司")}, [], id="一致"),
        pytest.param(
            {"basics.name": "鑫鸿（柳州）Ａ厂"},
            {"unit": Facts(name="鑫鸿(柳州)A厂")},
            [],
            id="只是括号和全角不同",
        ),
        pytest.param(
            {},
            {"unit": Facts(name="柳州市鑫鸿机械有限公司")},
            [("柳州市鑫鸿铸造有限公司", "柳州市鑫鸿机械有限公司")],
            id="不同",
        ),
        pytest.param({}, {"unit": Facts()}, [], id="数据库没有名称"),
    ],
)
def test_the_name_of_the_database(
    changes: dict[str, Any], known: dict[str, Any], expected: list[Any]
) -> None:
    assert both_values(check(make_case(changes, **known))) == expected
