"""F25: a skeleton from the old system cannot be submitted."""

from typing import Any

import pytest

from models.rules.checks.sections_filled import check
from tests.make_forms import GONE, make_case
from tests.models.rules.checks.said import both_values


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param(
            {
                "type": "变更申报",
                "reason": "系统更新",
                "products": None,
                "hazards": GONE,
                "monitoring": GONE,
                "surveillance": None,
            },
            [("（空）", "由老系统导入，只有基本信息")] * 4,
            id="老系统导入的骨架",
        ),
        pytest.param({"type": "变更申报", "reason": "系统更新"}, [], id="补填以后"),
        pytest.param({"hazards": None}, [("（空）", "必填")], id="新申报缺一部分"),
    ],
)
def test_a_skeleton_names_each_empty_section(changes: dict[str, Any], expected: list[Any]) -> None:
    assert both_values(check(make_case(changes))) == expected
