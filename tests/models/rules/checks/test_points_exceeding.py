"""2.3."""

from typing import Any

import pytest

from models.rules.checks.points_exceeding import check
from tests.make_forms import make_case
from tests.models.rules.checks.said import both_values


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({"monitoring.rows.0.exceeding": 6}, [], id="相等"),
        pytest.param({"monitoring.rows.0.exceeding": 7}, [("7", "检测点数6")], id="多一点"),
        pytest.param({"monitoring.rows.0.of": None}, [("（空）", "必填")], id="没有说测什么"),
        pytest.param({"monitoring.rows.0.measured": None}, [("（空）", "必填")], id="没有点数"),
        pytest.param({"monitoring.rows.0.exceeding": None}, [], id="没有超标数"),
    ],
)
def test_no_more_points_exceed_than_were_measured(changes: dict[str, Any], expected: list[Any]) -> None:
    assert both_values(check(make_case(changes))) == expected


@pytest.mark.parametrize("name", ["of", "measured", "exceeding"])
def test_the_field_that_is_wrong_is_named(name: str) -> None:
    path = f"monitoring.rows.1.{name}"
    wrong = 99 if name == "exceeding" else None
    assert [finding.path for finding in check(make_case({path: wrong}))] == [path]
