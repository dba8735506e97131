"""F22: the lists a declaration is checked against are never empty, and say which version they are."""

import polars as pl
import pytest

from models import reference
from models.errors import EnvironmentTrouble
from models.rules.code_lists import CodeLists, version_of
from models.rules.factor_names import key_of, plain_name
from tests.make_forms import lists

GIVEN = {
    "counties": reference.province_counties(),
    "towns": reference.city_towns(),
    "industries": reference.industries(),
    "factors": reference.read_list("hazard_factors_2015"),
}


@pytest.mark.parametrize("emptied", GIVEN)
def test_an_empty_list_refuses_to_start(emptied: str) -> None:
    with pytest.raises(EnvironmentTrouble, match="是空的") as trouble:
        CodeLists.build(**{**GIVEN, emptied: GIVEN[emptied].clear()})
    assert (trouble.value.code, trouble.value.exit_code) == ("E1402", 5)


def test_a_version_names_the_content() -> None:
    rows = pl.DataFrame({"code": ["1"], "name": ["甲"]})
    assert version_of("表", rows) == version_of("表", rows.clone())
    assert version_of("表", rows) != version_of("表", rows.with_columns(name=pl.lit("乙")))
    assert len(set(lists().versions.values())) == 4


def test_every_industry_class_is_four_digits() -> None:
    assert len(lists().industry_classes) == 1381
    assert all(len(code) == 4 and code.isdigit() for code in lists().industry_classes)


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("矽尘（游离SiO2含量≥10%）", "矽尘"),
        ("光气（碳酰氯）", "碳酰氯"),
        ("铅及其化合物（不包括四乙基铅）", "铅"),
        ("以上未提及的可导致职业病的其他粉尘", "其他粉尘"),
    ],
)
def test_a_factor_answers_to_its_short_name(name: str, plain: str) -> None:
    assert plain in plain_name(name)
    assert "不包括四乙基铅" not in plain_name(name)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("矽尘", "矽尘(游离SiO2含量≥10%)", True), ("铅", "铅及其化合物", True), ("甲苯", "二甲苯", False)],
)
def test_two_declarations_of_one_factor_meet(one: str, other: str, same: bool) -> None:
    assert (key_of(one) == key_of(other)) == same
