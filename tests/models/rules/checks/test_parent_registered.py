"""F16, F17."""

from typing import Any

import pytest

from models.rules.checks.parent_registered import check
from tests.make_forms import CODE, OTHER, PARENT, make_case
from tests.models.rules.checks.said import fields


@pytest.mark.parametrize(
    ("changes", "known", "expected"),
    [
        pytest.param(
            {"basics.is_branch": True, "basics.credit_code": PARENT, "basics.parent_code": PARENT},
            {},
            ["basics.parent_code"],
            id="上级还没有注册",
        ),
        pytest.param(
            {"basics.is_branch": True, "basics.credit_code": PARENT, "basics.parent_code": PARENT},
            {"approved_principals": {PARENT}},
            [],
            id="上级注册之后",
        ),
        pytest.param(
            {"basics.is_branch": True, "basics.credit_code": PARENT, "basics.parent_code": PARENT},
            {"approved_principals": {OTHER}},
            ["basics.parent_code"],
            id="别家的注册不算",
        ),
        pytest.param({"basics.is_branch": True}, {}, [], id="分支机构有独立代码_F17"),
        pytest.param(
            {"basics.is_branch": True, "basics.parent_code": PARENT}, {}, [], id="有独立代码又写了上级"
        ),
        pytest.param({"basics.parent_code": CODE}, {}, [], id="不是分支机构"),
    ],
)
def test_a_branch_with_its_superiors_code_comes_after_the_superior(
    changes: dict[str, Any], known: dict[str, Any], expected: list[Any]
) -> None:
    assert fields(check(make_case(changes, **known))) == expected
