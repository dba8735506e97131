"""Which group a unit belongs to (C23)."""

import pytest

from models.rules.groups import group_key


@pytest.mark.parametrize(
    ("parent_code", "credit_code", "group_name", "is_branch", "key"),
    [
        pytest.param("P", "S", "柳钢集团", False, "P", id="有上级代码的子公司"),
        pytest.param(None, "P", None, True, "P", id="借用总公司代码的分厂"),
        pytest.param("P", "P", None, True, "P", id="写明上级又借用其代码"),
        pytest.param("P", "P", None, False, None, id="总公司自己"),
        pytest.param(None, "S", "柳钢集团", False, "柳钢集团", id="只写集团名称"),
        pytest.param(None, "S", None, False, None, id="不属集团"),
        pytest.param(None, None, None, True, None, id="分厂无代码"),
    ],
)
def test_group_key(
    parent_code: str | None, credit_code: str | None, group_name: str | None, is_branch: bool, key: str | None
) -> None:
    assert group_key(parent_code, credit_code, group_name, is_branch=is_branch) == key
