"""2.3."""

from typing import Any

import pytest

from models.rules.checks.examined import check
from tests.make_forms import make_case
from tests.models.rules.checks.said import both_values


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, [], id="相等"),
        pytest.param({"surveillance.rows.0.during_done": 16}, [("16", "应检15")], id="多一人"),
        pytest.param({"surveillance.rows.0.before_done": 1}, [("1", "应检0")], id="应检没有填"),
        pytest.param({"surveillance.rows.0.during_done": None}, [], id="实检没有填"),
    ],
)
def test_no_more_examined_than_due(changes: dict[str, Any], expected: list[Any]) -> None:
    assert both_values(check(make_case(changes))) == expected


@pytest.mark.parametrize("stage", ["before", "during", "after"])
def test_each_stage_by_itself(stage: str) -> None:
    row = {"of": "dust", f"{stage}_due": 7}
    for done, expected in ((7, []), (8, [("8", "应检7")])):
        assert (
            both_values(check(make_case({"surveillance.rows": [row | {f"{stage}_done": done}]}))) == expected
        )
