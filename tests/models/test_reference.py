import pytest

from models import reference
from models.errors import EnvironmentTrouble


def test_division_lists_are_whole() -> None:
    assert len(reference.city_counties()) == 11
    assert len(reference.city_towns()) == 118
    assert len(reference.province_counties()) == 111
    assert len(reference.provinces()) == 34


def test_every_county_of_the_province_lies_in_a_listed_city() -> None:
    cities = {code[:4] for code in reference.province_cities()["code"]}
    assert set(reference.province_counties()["city_code"]) == cities


def test_industries_are_whole_and_hang_together() -> None:
    rows = reference.industries()
    assert rows["level"].value_counts(sort=True)["count"].to_list() == [1381, 473, 97, 20]
    assert set(rows["parent"].drop_nulls()) <= set(rows["code"])


def test_codes_stay_text() -> None:
    assert "0111" in reference.industries()["code"].to_list()


def test_a_list_is_read_once() -> None:
    assert reference.industries() is reference.industries()


def test_missing_list_refuses_to_start() -> None:
    with pytest.raises(EnvironmentTrouble) as trouble:
        reference.read_list("no_such_list")
    assert (trouble.value.code, trouble.value.exit_code) == (reference.MISSING, 5)


@pytest.mark.parametrize("content", [b"", b"code,name\n"], ids=["no bytes", "header only"])
def test_empty_list_refuses_to_start(content: bytes) -> None:
    """F22."""
    with pytest.raises(EnvironmentTrouble, match="是空的") as trouble:
        reference.parse("regions", content)
    assert trouble.value.code == reference.EMPTY
