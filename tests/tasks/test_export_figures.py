"""The figures as a file for analysts: every printed integer, every rate with its two integers (ACT12, issue 6)."""

from collections.abc import Callable
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from typer.testing import CliRunner

from deployments.cli.main import app
from models.campaign import Campaign
from models.database import session
from models.errors import RuleRefused, UsageTrouble
from tasks.assessments import freeze_month, shown_month
from tasks.exporting import export_figures
from tests.make_targets import make_known
from tests.tasks.bulletin.make_city import CUT, LATE, LIUJIANG, make_city

READERS: dict[str, Callable[..., pl.DataFrame]] = {
    ".parquet": pl.read_parquet,
    ".csv": partial(pl.read_csv, infer_schema_length=None),
    ".xlsx": pl.read_excel,
}


@pytest.fixture
def campaign(installation: Path) -> Campaign:  # noqa: ARG001
    return make_city()


def rows(path: Path) -> dict[tuple[str, str], dict[str, Any]]:
    table = READERS[path.suffix](path)
    return {(str(row["county"]), row["figure"]): row for row in table.iter_rows(named=True)}


@pytest.mark.parametrize("ending", [".xlsx", ".csv", ".parquet"])
def test_integers_rates_and_what_they_mean(campaign: Campaign, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"数字{ending}"
    assert export_figures(campaign, path, as_of=CUT) == len(rows(path))
    found = rows(path)
    n, done = found[LIUJIANG, "n"], found[LIUJIANG, "done"]
    assert (n["county_name"], n["name"], n["definition"], n["value"]) == (
        "柳江区",
        "现应申报 N",
        "N = B + A − X",
        3,
    )
    assert (done["done"], done["whole"], done["printed"]) == (1, 3, "33.33%")
    assert done["value"] is None
    assert found["合计", "cause:approved"]["value"] == 1
    assert found[LIUJIANG, "change"]["printed"] == "+33.33"
    assert found["450222", "n"]["printed"] == "0"
    assert found["合计", "I1/rate"]["whole"] == 7


def test_of_a_published_month_what_was_published(campaign: Campaign, tmp_path: Path) -> None:
    freeze_month(campaign, "2024-09", on=LATE, by="张三")
    with session() as db:
        make_known(db, name="后来的厂")
    path, today = tmp_path / "九月.parquet", tmp_path / "今天.parquet"
    export_figures(campaign, path, month="2024-09")
    export_figures(campaign, today, as_of=CUT)
    found = rows(path)
    for line in shown_month(campaign, "2024-09").lines:
        for key, value in line.counts.items():
            assert found[line.county, key]["value"] == value, (line.name, key)
        if line.done and line.done.whole:
            told = found[line.county, "done"]
            assert Fraction(told["done"], told["whole"]) == line.done.value
    assert (found["合计", "r"]["value"], rows(today)["合计", "r"]["value"]) == (7, 8)


def test_what_is_not_published_or_asked_twice_is_refused(campaign: Campaign, tmp_path: Path) -> None:
    with pytest.raises(RuleRefused, match="还没有冻结"):
        export_figures(campaign, tmp_path / "a.csv", month="2024-10")
    words = ["export", "figures", str(tmp_path / "a.csv")]
    refused = CliRunner().invoke(app, [*words, "--month", "2024-08", "--as-of", "2024-08-31"])
    assert isinstance(refused.exception, UsageTrouble)
    assert CliRunner().invoke(app, [*words, "--month", "2024-8", "--county", "柳江区"]).exit_code == 0
    assert {county for county, _ in rows(tmp_path / "a.csv")} == {LIUJIANG}
