"""F12: non-negative numbers."""

from typing import Any

import pytest

from models.form.hazards import HazardClass
from models.form.surveillance import Examined
from models.rules.checks.person_counts import check
from tests.make_forms import make_case
from tests.models.rules.checks.said import both_values


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({"basics.headcount": 0, "basics.outsourced": 0}, [], id="都是0"),
        pytest.param({"basics.headcount": 500_000}, [], id="最多"),
        pytest.param({"basics.headcount": 500_001}, [("500001", "0–500000")], id="多一人"),
        pytest.param({"basics.headcount": -1}, [("-1", "0–500000")], id="负的职工"),
        pytest.param({"basics.outsourced": -1}, [("-1", "0–500000")], id="负的外委"),
        pytest.param({"basics.exposed": -1}, [("-1", "0–500000")], id="负的接害总人数"),
        pytest.param({"basics.diseased": -1}, [("-1", "0–500000")], id="负的职业病人数"),
        pytest.param({"basics.trained": -1}, [("-1", "0–500000")], id="负的培训人数"),
        pytest.param({"hazards.dust.factors.0.exposed": -2}, [("-2", "0–500000")], id="负的因素人数"),
        pytest.param({"hazards.other.exposed": -3}, [("-3", "0–500000")], id="负的类别人数"),
        pytest.param(
            {"monitoring.rows.0.measured": -1, "monitoring.rows.1.exceeding": -1},
            [("-1", "0–500000")] * 2,
            id="负的点数",
        ),
        pytest.param({"surveillance.rows.0.after_due": -1}, [("-1", "0–500000")], id="负的体检人数"),
        pytest.param(
            {"basics.headcount": None, "hazards": None, "monitoring": None, "surveillance": None},
            [],
            id="没有填",
        ),
    ],
)
def test_numbers_are_neither_negative_nor_beyond_reason(changes: dict[str, Any], expected: list[Any]) -> None:
    assert both_values(check(make_case(changes))) == expected


NUMBERS = [
    *(f"basics.{name}" for name in ("headcount", "outsourced", "exposed", "diseased", "trained")),
    *(f"hazards.{kind}.exposed" for kind in HazardClass),
    "hazards.dust.factors.0.exposed",
    *(f"monitoring.rows.0.{name}" for name in ("measured", "exceeding")),
    *(f"surveillance.rows.0.{name}" for name in Examined.model_fields if name != "of"),
]


@pytest.mark.parametrize("path", NUMBERS)
def test_each_number_has_the_same_bounds(path: str) -> None:
    for number, wrong in ((-1, True), (0, False), (500_000, False), (500_001, True)):
        found = [finding.path for finding in check(make_case({path: number}))]
        assert found == ([path] if wrong else []), number
