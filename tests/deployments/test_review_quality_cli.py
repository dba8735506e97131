"""`yingbao review quality` as an office reads it: tables for people, one document as JSON, the list behind a number."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from deployments.cli.review import app
from models.errors import UsageTrouble
from tests.make_quality import Autumn

pytestmark = pytest.mark.usefixtures("autumn")
SEPTEMBER = ("quality", "--as-of", "2024-09-30")


@pytest.fixture
def autumn(installation: object) -> Autumn:  # noqa: ARG001
    return Autumn()


def run(*words: str) -> str:
    answer = CliRunner().invoke(app, [*words])
    if answer.exception:
        raise answer.exception
    return answer.stdout


def document(*words: str) -> Any:
    return json.loads(run(*words, "--json"))


def test_one_document_with_every_county_and_every_figure() -> None:
    found = document(*SEPTEMBER)
    assert (found["since"], found["until"]) == ("2024-09-01", "2024-09-30")
    assert len(found["lines"]) == 12
    assert set(found["titles"]) == set(found["lines"][0]) - {"county", "name"}
    city = found["lines"][-1]
    assert city["rejected"] == {"count": 2, "before": 2, "share": "40.00%", "change": "-26.67"}
    assert city["returned"]["share"] is None
    empty = found["lines"][0]
    assert empty["rejected"] == {"count": 0, "before": 0, "share": None, "change": "—"}


def test_the_list_is_as_long_as_the_number_says() -> None:
    listed = document(*SEPTEMBER, "--members", "submitted", "--county", "柳江区")
    assert len(listed) == 6
    assert {(one["county"], one["name"]) for one in listed} >= {("450206", "丙"), ("450206", "丁")}


def test_people_see_shares_changes_and_how_they_are_meant() -> None:
    said = run(*SEPTEMBER, "--county", "柳江区")
    assert "柳江区，2024-09-01 至 2024-09-30，与上期相比" in said
    (line,) = [line for line in said.splitlines() if "审核不通过" in line]
    assert [cell.strip() for cell in line.strip("│").split("│")] == [
        "审核不通过",
        "2",
        "50.00%",
        "2",
        "-16.67",
    ]
    assert "补正期届满的那一期" in said
    assert "E1628" in said


def test_what_has_no_denominator_is_printed_as_a_dash() -> None:
    lines = run(*SEPTEMBER).splitlines()
    line = next(line for line in lines if "审核不通过" in line)
    cells = [cell.strip() for cell in line.strip("│").split("│")]
    assert (cells[1], cells[4], cells[-1]) == ("0（—）", "0（0.00%）", "2（40.00%）")


def test_a_past_month_whole() -> None:
    found = document("quality", "--month", "2024-08", "--as-of", "2024-09-30", "--county", "450206")
    assert found["lines"][0]["decided"]["count"] == 3


@pytest.mark.parametrize(
    ("words", "code"),
    [
        pytest.param(("--month", "2024-13"), "E1792", id="没有这个月"),
        pytest.param(("--month", "2024-10"), "E1791", id="还没到的月"),
        pytest.param(("--members", "rate"), "E1790", id="没有这个数"),
    ],
)
def test_what_cannot_be_answered_is_refused(words: tuple[str, str], code: str) -> None:
    with pytest.raises(UsageTrouble) as refused:
        run(*SEPTEMBER, *words)
    assert refused.value.code == code
