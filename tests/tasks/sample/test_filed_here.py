"""Declarations filed with the office itself: readable by our form, wrong where the truth says so, sound elsewhere."""

import json
from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest

from models.rules.checks import run_checks
from tasks.sample import make_sample
from tasks.sample.filed.sound import Filed
from tasks.sample.months.filed_here import FOLDER, FiledHere, read_filed
from tests.filed_cases import case_of
from tests.make_forms import lists

Folder = tuple[Path, list[FiledHere]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    out = tmp_path_factory.mktemp("filed")
    make_sample(out, employers=3000, seed=8, formats="csv", months=True)
    return out / "months", read_filed(out / "months")


@pytest.fixture(scope="module")
def truth(made: Folder) -> dict[str, tuple[str, set[str]]]:
    lines = pl.read_csv(made[0] / FOLDER / "truth.csv", infer_schema=False).iter_rows()
    return {name: (unit, set(filter(None, (planted or "").split(";")))) for name, unit, planted in lines}


def test_every_county_and_most_months_have_some(made: Folder) -> None:
    filed = made[1]
    assert 50 <= len(filed) <= 90
    assert len({one.county for one in filed}) == 10
    assert len({(one.on.year, one.on.month) for one in filed}) >= 12
    assert [one.on for one in filed] == sorted(one.on for one in filed)


def test_what_is_wrong_is_what_was_planted(made: Folder, truth: dict[str, tuple[str, set[str]]]) -> None:
    """A change has a last declaration, which the desk knows: here the one that was filed before."""
    before: dict[str, FiledHere] = {}
    for one in made[1]:
        unit, planted = truth[one.path.name]
        document = json.loads(one.path.read_text("utf-8"))
        basics = document["basics"]
        filed = Filed(document, on=one.on)
        filed.registered = {name: basics[name] for name in ("credit_code", "is_branch", "county")}
        if document["type"] == "变更申报":
            filed.last, filed.last_on = json.loads(before[unit].path.read_text("utf-8")), before[unit].on
        assert {finding.code for finding in run_checks(case_of(filed, lists()))} == planted, one.path.name
        assert one.county == basics["county"]
        before.setdefault(unit, one)


def test_enough_come_back_and_most_of_them_again(
    made: Folder, truth: dict[str, tuple[str, set[str]]]
) -> None:
    wrong = [one for one in made[1] if truth[one.path.name][1]]
    corrected = {one.corrects: one for one in made[1] if one.corrects}
    assert len(wrong) >= 10
    assert 0.5 < len(corrected) / len(wrong) < 1
    for one in wrong:
        if again := corrected.get(one.path.name):
            assert timedelta(days=7) < again.on - one.on < timedelta(days=30)
            assert truth[again.path.name] == (truth[one.path.name][0], set())


def test_some_change_and_the_platform_hears_of_most(
    made: Folder, truth: dict[str, tuple[str, set[str]]]
) -> None:
    types = [json.loads(one.path.read_text("utf-8"))["type"] for one in made[1]]
    assert {"初次申报", "变更申报"} == set(types)
    folder = made[0] / "2025-12"
    places = pl.read_csv(folder / "truth.csv", infer_schema=False).filter(kind="declarations")
    units = {unit for unit, _ in truth.values()}
    assert 0.6 < len(units & set(places["unit"])) / len(units) < 1
