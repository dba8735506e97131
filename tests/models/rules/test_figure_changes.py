"""One cause for each unit that entered or left U, at county and city (1.7)."""

from datetime import date
from typing import Any

import pytest

from models.reference import read_list
from models.rules.code_lists import classes_by_name
from models.rules.figure_changes import Around, Held, changes
from models.rules.hazard_classes import classes_of
from models.rules.months import read_month

BASE, LATER = date(2024, 8, 9), date(2024, 9, 5)
BASELINES = {"1": BASE, "2": BASE}


def held(county: str = "1", *, removed: bool = False, declared: date | None = None, **more: Any) -> Held:
    return Held(county, more.pop("based", True), removed, declared is not None, declared, **more)


OPEN, GONE = held(), held(removed=True)
TAKEN = held("2", based=False, added_on=LATER, added_reason="moved_in")
FOUND = held(based=False, added_on=LATER, added_reason="found")
FALLEN = held(based=False)  # entered A by itself


@pytest.mark.parametrize(
    ("before", "now", "around", "found"),
    [
        pytest.param([OPEN], [OPEN], {}, [], id="nothing"),
        pytest.param([OPEN], [held(declared=LATER)], {}, ["1 approved"], id="approved"),
        pytest.param(
            [OPEN], [held(declared=BASE)], {}, ["1 relinked"], id="a link that predates the baseline"
        ),
        pytest.param([OPEN], [GONE], {}, ["1 removed"], id="removed"),
        pytest.param(
            [held(declared=LATER)], [held(removed=True, declared=LATER)], {}, [], id="a declared one removed"
        ),
        pytest.param([GONE], [OPEN], {}, ["1 resumed"], id="resumed"),
        pytest.param([held(declared=LATER)], [OPEN], {"fell": True}, ["1 revoked"], id="revoked"),
        pytest.param([held(declared=LATER)], [OPEN], {}, ["1 unlinked"], id="its link was wrong"),
        pytest.param([], [OPEN], {}, ["1 baseline"], id="the county's first month"),
        pytest.param([], [FOUND], {}, ["1 added"], id="added"),
        pytest.param([], [FALLEN], {}, ["1 revoked"], id="entered A by itself"),
        pytest.param([], [FOUND._replace(added_reason="revoked")], {}, ["1 revoked"], id="added as revoked"),
        pytest.param([FOUND], [], {}, ["1 withdrawn"], id="an addition taken back"),
        pytest.param(
            [FALLEN], [], {"declared_on": LATER}, ["1 approved"], id="approved again, no member any more"
        ),
        pytest.param([FALLEN], [], {}, ["1 relinked"], id="was never its approval"),
        pytest.param([OPEN], [GONE, TAKEN], {}, ["1 moved_out", "2 moved_in"], id="moved"),
        pytest.param(
            [OPEN],
            [GONE, TAKEN._replace(declared=True, declared_on=LATER)],
            {},
            ["1 approved"],
            id="moved and approved",
        ),
        pytest.param(
            [held(declared=LATER)], [GONE, TAKEN], {"fell": True}, ["2 revoked"], id="revoked and moved"
        ),
        pytest.param([GONE], [GONE, TAKEN], {}, ["2 resumed"], id="removed here, taken up there"),
    ],
)
def test_one_cause(before: list[Held], now: list[Held], around: dict[str, Any], found: list[str]) -> None:
    made = changes(before, now, Around(BASELINES, **around))
    assert [f"{one.county} {one.cause}" for one in made] == found
    assert sum(one.cause.sign for one in made) == sum(one.open for one in now) - sum(
        one.open for one in before
    )


@pytest.mark.parametrize(
    ("said", "classes"),
    [
        ("矽尘；噪声", ["物理因素", "粉尘"]),
        ("铅烟", ["未归类"]),
        ("苯；某新物质", ["化学因素", "未归类"]),
    ],
)
def test_hazard_classes(said: str, classes: list[str]) -> None:
    assert classes_of(said, classes_by_name(read_list("hazard_factors_2015"))) == classes


@pytest.mark.parametrize("words", ["2024-08", "2024-8", "2024年8月", "2024/08"])
def test_a_month_as_people_write_it(words: str) -> None:
    assert read_month(words) == "2024-08"
