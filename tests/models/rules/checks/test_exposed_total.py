"""F11: equal passes, one more fails and names the factor and both numbers."""

from typing import Any

import pytest

from models.form.hazards import HazardClass
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


@pytest.mark.parametrize("kind", HazardClass)
@pytest.mark.parametrize("named", [False, True], ids=["整类", "一种因素"])
def test_each_class_and_each_named_factor(kind: HazardClass, named: bool) -> None:
    """The finding names the factor (or the class), and both numbers."""
    path = f"hazards.{kind}.factors.0.exposed" if named else f"hazards.{kind}.exposed"
    word = "某因素" if named else kind.chinese

    def found(persons: int) -> list[Any]:
        factors = [{"name": "某因素", "exposed": persons if named else 0}]
        held = {"present": True, "exposed": 0 if named else persons, "factors": factors}
        return [
            *check(
                make_case(
                    {"hazards.dust": {"present": False}, "hazards.physical": {}, f"hazards.{kind}": held}
                )
            )
        ]

    assert found(20) == []
    (one,) = found(21)
    assert one.path == path
    assert f"“{word}”的21人" in one.message
    assert "20人" in one.message
