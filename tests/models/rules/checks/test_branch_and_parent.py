"""F16, F17."""

from typing import Any

import pytest

from models.rules.checks.branch_and_parent import check
from tests.make_forms import CODE, PARENT, make_case
from tests.models.rules.checks.said import both_values


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param(
            {"basics.parent_code": PARENT}, [(PARENT, "是否分支机构：否")], id="不是分支机构却有上级"
        ),
        pytest.param(
            {"basics.is_branch": True, "basics.parent_code": PARENT},
            [(PARENT, CODE)],
            id="有独立代码却有上级",
        ),
        pytest.param(
            {"basics.is_branch": True, "basics.credit_code": PARENT, "basics.parent_code": PARENT},
            [],
            id="用上级代码的分支机构",
        ),
        pytest.param({"basics.is_branch": True}, [], id="有独立代码的分支机构"),
        pytest.param({"basics.is_branch": None, "basics.parent_code": PARENT}, [], id="没有说是不是分支机构"),
    ],
)
def test_the_flag_and_the_superiors_code_agree(changes: dict[str, Any], expected: list[Any]) -> None:
    assert both_values(check(make_case(changes))) == expected
