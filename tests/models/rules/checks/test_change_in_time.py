"""2.1: 15 days, and 30 for building projects."""

from typing import Any

import pytest

from models.rules.checks.change_in_time import check
from tests.make_forms import make_case
from tests.models.rules.checks.said import both_values


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({"type": "变更申报", "reason": "工艺变更", "event_on": "2024-08-18"}, [], id="第15日"),
        pytest.param(
            {"type": "变更申报", "reason": "工艺变更", "event_on": "2024-08-17"},
            [("2024-09-02", "不晚于 2024-09-01")],
            id="第16日",
        ),
        pytest.param(
            {"type": "变更申报", "reason": "扩建项目竣工验收", "event_on": "2024-08-03"}, [], id="扩建第30日"
        ),
        pytest.param(
            {"type": "变更申报", "reason": "扩建项目竣工验收", "event_on": "2024-08-02"},
            [("2024-09-02", "不晚于 2024-09-01")],
            id="扩建第31日",
        ),
        pytest.param({"type": "变更申报", "reason": "工艺变更"}, [("（空）", "工艺变更")], id="没有起算日期"),
        pytest.param({"type": "变更申报", "reason": "系统更新"}, [], id="系统更新没有期限"),
        pytest.param({"event_on": "2020-01-01"}, [], id="初次不看"),
        pytest.param({"reason": "工艺变更", "event_on": "2020-01-01"}, [], id="初次填了原因也不看"),
    ],
)
def test_a_change_is_reported_in_its_term(changes: dict[str, Any], expected: list[Any]) -> None:
    assert both_values(check(make_case(changes))) == expected
