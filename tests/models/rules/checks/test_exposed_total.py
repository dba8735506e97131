"""F11: equal passes, one more fails and names the factor and both numbers."""

from typing import Any

import pytest

from models.rules.checks.exposed_total import check
from tests.make_forms import make_case
from tests.models.rules.checks.said import both_values


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param(
            {"hazards.dust.exposed": 20, "hazards.dust.factors.0.exposed": 20}, [], id="每项都等于总人数"
        ),
        pytest.param({"hazards.dust.exposed": 21}, [("21", "接害总人数（含外委）20")], id="一类多一人"),
        pytest.param(
            {"hazards.physical.factors.0.exposed": 21},
            [("21", "接害总人数（含外委）20")],
            id="一种因素多一人",
        ),
        pytest.param({"hazards.other.exposed": 21}, [("21", "接害总人数（含外委）20")], id="选无的类别也算"),
        pytest.param(
            {"basics.exposed": 14},
            [
                ("15", "接害总人数（含外委）14"),
                ("20", "接害总人数（含外委）14"),
                ("18", "接害总人数（含外委）14"),
            ],
            id="几处一次说完",
        ),
        pytest.param(
            {"hazards.dust.exposed": 20, "hazards.physical.exposed": 20}, [], id="合计可以大于总人数"
        ),
        pytest.param({"basics.exposed": None}, [], id="总人数没有填"),
        pytest.param({"hazards": None}, [], id="危害因素没有填"),
    ],
)
def test_equal_passes_and_one_more_fails(changes: dict[str, Any], expected: list[Any]) -> None:
    assert both_values(check(make_case(changes))) == expected
