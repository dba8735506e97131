"""The demo's field work: what its clerks hand in is counted, each county in its way (C13, C15, C18, C24, C32)."""

from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from deployments.replay_fieldwork import Fieldwork
from deployments.replay_outings import EAGER, FAR, PUNCTUAL, SILENT, SLOW, Zeal, zeal_of
from models.fieldwork import RUNGS, Rung
from models.rules.fieldwork_totals import UNRECORDED
from models.rules.figures import Line
from tasks.fieldwork import questions
from tasks.figures import figures
from tasks.sample.dice import Dice
from tests.make_fieldwork import CAMPAIGN, THERE, freeze, make_city, notices

# 柳北区 answers ahead of time: trainings and visits in autumn, a batch a quarter and reasons the year after
UNITS, OVER = 40, date(2025, 12, 31)
VISITED = UNITS * EAGER.visited


@pytest.fixture
def city(installation: Path) -> None:  # noqa: ARG001
    """A county of 40 undeclared units, all of whom have signed for their letters."""
    units = make_city(*(f"第{number}厂" for number in range(UNITS)), county=THERE)
    freeze(THERE)
    notices(units, {name: ("delivered", date(2024, 9, 23)) for name in units}, scan="回证.pdf")


def replayed(out: Path, until: date = OVER) -> list[str]:
    """What the story tells of the acts up to a day, in the order of days."""
    fieldwork = Fieldwork(CAMPAIGN, out, Dice(1))
    agenda: dict[date, list[Any]] = defaultdict(list)
    for day, act in fieldwork.days():
        agenda[day].append(act)
    told = [act(day) for day in sorted(agenda) if day <= until for act in agenda[day]]
    return [said for said in told if said]


def line(day: date) -> Line:
    return figures(CAMPAIGN, day).line(THERE)


def work(day: date) -> tuple[int, ...]:
    found = line(day)
    return tuple(found[f"work:{kind}"] for kind in ("trainings", "trained", "visits", "visited"))


@pytest.mark.usefixtures("city")
def test_the_figures_of_a_day_count_the_work_until_then(tmp_path: Path) -> None:
    replayed(tmp_path)
    autumn, spring, summer = (work(day) for day in (date(2024, 11, 30), date(2025, 4, 1), date(2025, 8, 1)))
    assert work(date(2024, 10, 8)) == (0, 0, 0, 0)
    assert (autumn[0], spring[0], summer[0]) == (1, 2, 4)
    assert 8 < autumn[1] < spring[1] < summer[1] < UNITS
    assert autumn[2:] == summer[2:] == (VISITED, VISITED)


@pytest.mark.usefixtures("city")
def test_every_unit_stands_where_its_work_leads(tmp_path: Path) -> None:
    replayed(tmp_path)
    row = next(row for row in questions.report(CAMPAIGN, OVER).lines if row.county == THERE)
    told = row.reasons[UNRECORDED]
    assert sum(row.reasons.values()) == sum(row.rungs.values()) == UNITS
    assert 8 < told < 25
    for rung in (Rung.TOLD, Rung.TRAINED, Rung.VISITED):
        assert row.rungs[RUNGS[rung]] > 0
    refusing = [unit for unit in questions.undeclared(CAMPAIGN, OVER, THERE) if unit["reason"] == "拒报"]
    assert {unit["rung"] for unit in refusing} >= {Rung.TRAINED, Rung.REFERRED}
    assert row.rungs[RUNGS[Rung.REFERRED]] == sum(unit["rung"] == Rung.REFERRED for unit in refusing)
    acts = questions.report(CAMPAIGN, OVER, THERE).publicity
    assert [(act["acts"], act["evidenced"]) for act in acts] == [(1, 1), (1, 1)]


@pytest.mark.usefixtures("city")
def test_a_replay_begun_again_counts_nothing_twice(tmp_path: Path) -> None:
    replayed(tmp_path, date(2025, 1, 31))
    autumn = work(OVER)
    replayed(tmp_path, date(2025, 1, 31))
    assert work(OVER) == autumn
    assert autumn[2:] == (VISITED, VISITED)


@pytest.mark.parametrize(
    ("county", "zeal"),
    [("450202", EAGER), ("450203", PUNCTUAL), ("450225", FAR), ("450206", SLOW), ("450222", SILENT)],
    ids=["ahead of time", "on the day", "a day late", "late", "silent"],
)
def test_a_county_goes_out_as_it_answers(county: str, zeal: Zeal) -> None:
    assert zeal_of(county) is zeal


def test_nothing_is_told_before_it_is_over_nor_on_a_day_off(tmp_path: Path) -> None:
    fieldwork = Fieldwork(CAMPAIGN, tmp_path, Dice(1))
    for county in CAMPAIGN.county_names:
        for outing in zeal_of(county).outings:
            back = fieldwork.back_on(county, outing)
            assert outing.fetched < outing.batches[0] < outing.back <= back
            assert all(fieldwork._near(county, day) <= back for day in outing.batches)
