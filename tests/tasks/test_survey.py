"""The survey's pack: strata with counts, both books beside each other, sums over everybody (C19)."""

import json
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from deployments.cli.main import app
from models.database import session
from models.errors import RuleRefused
from tasks.survey import draw_survey
from tasks.survey_book import write_survey
from tests.make_targets import DAY, campaign_with, declare, make_employer

LIUJIANG, LIUBEI = "450206", "450205"


@pytest.fixture
def city(installation: Path) -> Path:
    with session() as db:
        for _ in range(6):
            make_employer(db, headcount=9)
        told = make_employer(db, name="已报钢厂", county=LIUBEI, headcount=30, hazards="噪声")
        declare(db, told, industry="3120", headcount=25, exposed=7, hazards="噪声；矽尘")
        make_employer(db, name="=不是公式", county=LIUBEI, headcount=None)
        make_employer(db, industry="8310")  # outside the severe sectors
        make_employer(db, state="注销", state_on=DAY)
    return installation


def test_strata_by_county_sector_and_staff(city: Path) -> None:  # noqa: ARG001
    drawn = draw_survey(campaign_with(), 2024, DAY, wanted=4, seed=3)
    assert {(key[0], key[2]): (one.population, len(one.units)) for key, one in drawn.strata.items()} == {
        (LIUBEI, "10人及以上"): (1, 1),
        (LIUBEI, "人数不明"): (1, 1),
        (LIUJIANG, "10人以下"): (6, 2),
    }
    assert drawn.units == draw_survey(campaign_with(), 2024, DAY, wanted=4, seed=3).units


def test_the_workbook_shows_both_books_and_asks(city: Path) -> None:
    campaign = campaign_with()
    path = write_survey(campaign, draw_survey(campaign, 2024, DAY, wanted=100, seed=3), city)
    book = openpyxl.load_workbook(path)
    strata = list(book["分层"].values)
    assert strata[0] == ("县（区）", "行业", "人数", "单位数", "抽取")
    assert sum(row[3] for row in strata[1:]) == sum(row[4] for row in strata[1:]) == 8
    head, *rows = book["调研单位"].values
    told = dict(zip(head, next(row for row in rows if "已报钢厂" in row), strict=True))
    assert (told["数据库：人数"], told["申报：人数"]) == (30, 25)
    assert told["申报：行业"].startswith("3120")
    assert told["申报：危害因素"] == "噪声；矽尘"
    assert told["实地：人数"] is None
    cell = next(cell for row in book["调研单位"].iter_rows() for cell in row if cell.value == "=不是公式")
    assert cell.data_type != "f"
    by_factor = {row[0]: row[1:] for row in book["完成情况（因素）"].values}
    assert by_factor["矽尘"] == (1, 1, "100.00%")
    assert by_factor["没有记载"] == (7, 0, "0.00%")


def test_regenerated_it_holds_the_same(city: Path) -> None:
    campaign = campaign_with()

    def cells(folder: Path) -> list[list[object]]:
        path = write_survey(campaign, draw_survey(campaign, 2024, DAY, wanted=5, seed=9), folder)
        return [[cell for row in sheet.values for cell in row] for sheet in openpyxl.load_workbook(path)]

    assert cells(city / "one") == cells(city / "two")


def test_nobody_to_survey_is_said(installation: Path) -> None:  # noqa: ARG001
    with pytest.raises(RuleRefused, match="没有可以调研"):
        draw_survey(campaign_with(), 2024, DAY, wanted=10, seed=1)


def test_from_the_command_line(city: Path) -> None:
    asked = [
        "survey",
        "2024",
        "--size",
        "3",
        "--seed",
        "5",
        "--as-of",
        str(DAY),
        "--out",
        str(city),
        "--json",
    ]
    answer = CliRunner().invoke(app, asked)
    assert answer.exit_code == 0, answer.output
    told = json.loads(answer.stdout)
    assert len(told["units"]) == 3
    assert Path(told["file"]).exists()
