"""F10: all 63 sets of classes."""

from itertools import combinations
from typing import Any

import pytest

from models.form.hazards import HazardClass
from models.rules.checks.surveillance_classes import check
from tests.make_forms import make_case

SETS = [frozenset(chosen) for size in range(1, 7) for chosen in combinations(HazardClass, size)]
REFUSED = {
    frozenset({HazardClass.BIOLOGICAL}),
    frozenset({HazardClass.OTHER}),
    frozenset({HazardClass.BIOLOGICAL, HazardClass.OTHER}),
}


def changes(chosen: frozenset[HazardClass]) -> dict[str, Any]:
    return {f"hazards.{kind}.present": kind in chosen for kind in HazardClass}


def test_there_are_63_sets() -> None:
    assert len(set(SETS)) == 63


@pytest.mark.parametrize("chosen", SETS, ids=lambda chosen: "+".join(sorted(chosen)))
def test_surveillance_needs_a_class_that_calls_for_it(chosen: frozenset[HazardClass]) -> None:
    assert bool([*check(make_case(changes(chosen)))]) == (chosen in REFUSED)
    assert [*check(make_case(changes(chosen) | {"surveillance.done": False}))] == []


def test_the_message_names_the_classes_and_the_way_out() -> None:
    (found,) = check(make_case(changes(frozenset({HazardClass.OTHER}))))
    assert (found.field, found.found, found.against) == (
        "职业健康监护·职业健康监护开展情况",
        "已开展",
        "其他因素",
    )
    assert "改为“未开展”" in found.message


@pytest.mark.parametrize("missing", ["hazards", "surveillance"])
def test_a_missing_section_is_told_by_f25(missing: str) -> None:
    assert [*check(make_case({missing: None}))] == []
