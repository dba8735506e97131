"""F18."""

from typing import Any

import pytest

from models.rules.checks.one_principal import check
from tests.make_forms import CODE, make_case
from tests.models.rules.checks.said import both_values


@pytest.mark.parametrize(
    ("changes", "known", "expected"),
    [
        pytest.param(
            {}, {"other_principal": "鑫鸿柳江分公司"}, [(CODE, "鑫鸿柳江分公司")], id="分公司占了总公司代码"
        ),
        pytest.param(
            {"basics.is_branch": True},
            {"other_principal": "柳州市鑫鸿铸造有限公司"},
            [],
            id="本单位是分支机构",
        ),
        pytest.param({}, {}, [], id="没有别家"),
    ],
)
def test_a_code_has_one_principal(
    changes: dict[str, Any], known: dict[str, Any], expected: list[Any]
) -> None:
    assert both_values(check(make_case(changes, **known))) == expected
