"""What people and scripts read of any command."""

import json
from datetime import UTC, datetime

import pytest

from deployments.cli import output
from deployments.cli.options import parse_county, parse_day
from models.errors import UsageTrouble


def test_numbers_that_would_be_rounded_go_out_as_text(capsys: pytest.CaptureFixture[str]) -> None:
    output.say_json([{"entry": 7517857760214954873, "rows": 3, "current": True}])
    assert json.loads(capsys.readouterr().out) == [
        {"entry": "7517857760214954873", "rows": 3, "current": True}
    ]


CELLS = [
    pytest.param("county", "450206", "柳江区", id="a county by its name"),
    pytest.param("county", "450100", "450100", id="another city's county as it is"),
    pytest.param("at", datetime(2024, 8, 9, 16, 30, tzinfo=UTC), "2024-08-10 00:30", id="Beijing time"),
    pytest.param("any", None, "—", id="nothing"),
    pytest.param("any", False, "否", id="no"),
]


@pytest.mark.parametrize(("key", "value", "shown"), CELLS)
def test_cells(key: str, value: object, shown: str) -> None:
    assert output._cell(value, key) == shown


@pytest.mark.parametrize("words", ["450206", "柳江区"])
def test_a_county_by_code_or_name(words: str) -> None:
    assert parse_county(words) == "450206"


def test_what_names_no_county_is_refused_with_the_list() -> None:
    with pytest.raises(UsageTrouble, match="三江侗族自治县"):
        parse_county("柳河区")


def test_a_day_that_does_not_exist() -> None:
    with pytest.raises(UsageTrouble, match="2024-02-30"):
        parse_day("2024-02-30")
