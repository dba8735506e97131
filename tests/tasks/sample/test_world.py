"""What is true in the made-up city."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_10

import tasks.sample
from tasks.sample.codes import credit_codes, registration_numbers
from tasks.sample.declared import hazardous
from tasks.sample.dice import Dice
from tasks.sample.places import reference, words
from tasks.sample.truth import truth_units
from tasks.sample.units import build_city


def right_organisation_check(code: str) -> bool:
    """GB 11714: weighted sum of eight, modulo eleven."""
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    rest = 11 - sum(int(c, 36) * w for c, w in zip(code[8:16], weights, strict=True)) % 11
    return code[16] == {10: "X", 11: "0"}.get(rest, str(rest))


def test_codes_pass_the_checks_of_others():
    n = 500
    heads, regions = pl.Series(["91", "92"] * (n // 2)), pl.Series(["450200", "450221"] * (n // 2))
    codes = credit_codes(Dice("test"), heads, regions, np.arange(n) % 2 == 0).to_list()
    assert all(uscc.is_valid(code) and right_organisation_check(code) for code in codes)
    assert len(set(codes)) == n
    assert all(mod_11_10.is_valid(number) for number in registration_numbers(Dice("test"), regions))


def test_trades_are_in_the_standard():
    standard = set(reference("gbt4754_2017.csv").filter(pl.col("level") == "小类")["code"])
    assert set(words("trades.csv")["code"]) <= standard


def test_streets_lie_in_their_counties():
    towns = dict(reference("regions_liuzhou_streets.csv").select("code", "county_code").iter_rows())
    assert all(
        towns[town] == county for town, county in words("roads.csv").select("town", "county").iter_rows()
    )


@pytest.fixture(scope="module")
def city() -> pl.DataFrame:
    return build_city(6000, Dice("test", 6000))


def test_all_ten_counties_and_all_kinds_live_here(city):
    assert city["county"].n_unique() == 10
    assert set(city["kind"]) == {"firm", "shop", "branch", "site"}
    assert {"矿山", "冶金", "建材", "化工"} <= set(city["sector"])
    assert set(city["size"]) == {"大", "中", "小", "微"}


def test_codes_are_unique_but_for_workplaces_on_their_parents(city):
    assert city.filter(pl.col("kind") != "site")["code"].is_unique().all()
    sites = city.filter(pl.col("kind") == "site")
    assert (sites["code"] == sites["parent_code"]).all()


def test_half_of_the_codes_carry_the_city(city):
    assert 0.4 < city["code"].str.slice(2, 6).eq("450200").mean() < 0.6


def test_no_name_twice_in_one_county(city):
    assert city.select("name", "county").is_unique().mean() > 0.999


def test_most_of_the_register_has_nothing_to_declare(city):
    severe = city.filter(pl.col("sector").is_in(["矿山", "冶金", "建材", "化工"]))
    assert 0.05 < len(severe) / len(city) < 0.1
    assert 0.3 < city.select(hazardous().mean()).item() < 0.5


ROW = {
    "unit": "U1", "name": "甲", "old_name": None, "code": "", "kind": "firm", "county": "450206", "county_name": "柳江区", "town": "",
    "address": "", "industry": "3031", "sector": "建材", "headcount": 5, "size": "微", "state": "operating", "state_on": "2020-01-01",
    "parent_code": None, "group": None, "programmes": "", "registered": True, "surveyed": False,
}  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "declared", "target"),
    [
        pytest.param({}, False, True, id="operating"),
        pytest.param({}, True, False, id="declared"),
        pytest.param(
            {"state": "stopped", "state_on": "2024-02-09"}, False, True, id="stopped-six-months-ago"
        ),
        pytest.param({"state": "stopped", "state_on": "2024-02-08"}, False, False, id="stopped-a-day-longer"),
        pytest.param(
            {"state": "deregistered", "state_on": "2024-08-09"}, False, False, id="deregistered-on-the-day"
        ),
        pytest.param({"state": "moved", "state_on": "2024-05-01"}, False, False, id="moved-away"),
        pytest.param({"sector": ""}, False, False, id="out-of-scope"),
        pytest.param({"sector": "", "programmes": "治理2024"}, False, True, id="in-a-programme"),
        pytest.param({"sector": "化工（边界）"}, False, False, id="borderline-sector"),
    ],
)
def test_who_should_be_a_target(facts, declared, target):
    """C09, Q3, Q4."""
    units = pl.DataFrame([ROW | facts]).with_columns(pl.col("state_on").str.to_date())
    answer = truth_units(units, pl.Series(["U1"] if declared else [], dtype=pl.String))
    assert answer["should_be_target"].item() is target


def test_the_cleaner_had_no_hand_in_the_dirt():
    sources = Path(tasks.sample.__file__).parent.rglob("*.py")
    assert not [path.name for path in sources if "models.rules" in path.read_text(encoding="utf-8")]
