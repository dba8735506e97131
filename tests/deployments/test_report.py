"""`yingbao figures|report|explain`: what they print and answer."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from deployments.cli.main import app
from models.database import session
from models.errors import YingbaoError
from models.target import SnapshotKind
from tasks.membership import remove
from tasks.snapshots import freeze_lists
from tests.make_targets import DAY, campaign_on_file, make_known

pytestmark = pytest.mark.usefixtures("city")
RUN = CliRunner()


@pytest.fixture
def city(installation: Path) -> None:  # noqa: ARG001
    with session() as db:
        for name in ("甲厂", "乙厂"):
            make_known(db, name=name, name_key=name)
    for kind in SnapshotKind:
        freeze_lists(campaign_on_file(), kind, DAY, by="张三")
    remove(campaign_on_file(), "乙厂", reason="no_hazard", note=None, by="李四", on=date(2024, 8, 20))


def run(*words: str) -> str:
    result = RUN.invoke(app, list(words))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.stdout


def told(*words: str) -> Any:
    return json.loads(run(*words, "--json"))


def test_a_month_from_freezing_to_its_proof() -> None:
    assert told("report") == []
    frozen = told("report", "2024-8", "--freeze", "--by", "张三")
    assert (frozen["month"], frozen["lines"][-1]["counts"]["n"]) == ("2024-08", 1)
    assert told("report", "2024-08") == frozen
    assert told("report", "2024-08", "--verify")["holds"] is True
    cells = told("report", "2024-08", "--by-property", "size", "--county", "柳江区")
    assert [(one["value"], one["r"], one["n"]) for one in cells] == [("小", 2, 1)]
    both = told("report", "2024-08", "--revised")
    assert both["published"]["lines"] == both["revised"]["lines"]
    assert [one["month"] for one in told("report")] == ["2024-08"]
    for words in (
        ["report", "2024-08"],
        ["report", "2024-08", "--verify"],
        ["report", "2024-08", "--revised"],
    ):
        assert "柳江区" in run(*words) or "2024-08" in run(*words)


def test_figures_of_any_day_and_by_any_property() -> None:
    line = told("figures", "--as-of", "2024-08-31", "--county", "柳江区")["lines"]
    assert [(one["name"], one["counts"]["n"], one["rates"]["done"]) for one in line] == [
        ("柳江区", 1, "0.00%")
    ]
    shown = run("figures", "--as-of", "2024-08-31")
    assert "ΔU = +1：+ 基线冻结 1" in shown
    assert "工作完成率 = (D + X) ÷ (B + A)" in shown
    cells = told("figures", "--as-of", "2024-08-31", "--by-property", "sector", "--county", "柳江区")
    assert [(one["value"], one["name"], one["n"]) for one in cells] == [("metallurgy", "冶金", 1)]
    shown = run("figures", "--as-of", "2024-08-31", "--by-property", "rung")
    assert "（尚未告知）" in shown


@pytest.mark.parametrize(
    ("words", "units", "why"),
    [
        (["N"], 1, "列入基线；未申报"),
        (["核销 X"], 1, "列入基线；2024-08-20 核销（无危害）；未申报"),
        (["cause:baseline"], 1, None),
    ],
)
def test_explaining_a_figure(words: list[str], units: int, why: str | None) -> None:
    found = told("explain", *words, "--month", "2024-08", "--county", "柳江区")
    assert (found["count"], len(found["units"])) == (units, units)
    assert why is None or found["units"][0]["why"] == why
    assert run("explain", *words, "--as-of", "2024-08-31")


def test_explaining_a_units_place() -> None:
    found = told("explain", "--unit", "乙厂", "--as-of", "2024-08-31")
    assert [one["figures"][:2] for one in found] == [["b", "x"], ["r", "r_undeclared"]]
    shown = run("explain", "--unit", "乙厂", "--as-of", "2024-08-31")
    assert "核销（无危害）" in shown
    assert "计入：基线目标数 B、核销 X。" in shown


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["explain", "没有的数字"], "E1815"),
        (["explain"], "E1818"),
        (["figures", "--by-property", "颜色"], "E1816"),
        (["report", "八月"], "E1819"),
        (["report", "2024-08", "--verify"], "E1813"),
    ],
)
def test_what_cannot_be_answered(words: list[str], code: str) -> None:
    with pytest.raises(YingbaoError) as refused:
        run(*words)
    assert refused.value.code == code
