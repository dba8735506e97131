"""`yingbao notices` as a person and as a script meet it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from deployments.cli.notices import app
from models.database import session
from models.errors import UsageTrouble
from tests.make_targets import make_known

pytestmark = pytest.mark.usefixtures("installation")
DAY = ("--as-of", "2024-08-09")


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words), catch_exceptions=True)


def test_preview_says_what_it_made_and_what_not(tmp_path: Path) -> None:
    with session() as db:
        make_known(db, name="甲厂", town="450206100")
        make_known(db, name="乙厂", hazards="不知名的粉")
    out = run("preview", "--county", "柳江区", "--out", str(tmp_path), "--json", *DAY)
    assert out.exit_code == 0, out.output
    told = json.loads(out.stdout)
    assert (told["letters"], [file["letters"] for file in told["files"]]) == (1, [1])
    assert [(line["employer"], line["code"]) for line in told["not_made"]] == [("乙厂", "E1503")]
    assert told["unconfirmed"][0]["key"] == "311"
    assert Path(told["files"][0]["path"]).read_bytes().startswith(b"%PDF")
    plain = run("preview", "--county", "450206", "--out", str(tmp_path), *DAY).output
    assert "1 份告知单，1 个文件" in plain
    assert "FandolFang-Regular 1.300" in plain


def test_no_letters_without_a_county() -> None:
    out = run("preview", "--county", "县区不明", *DAY)
    assert isinstance(out.exception, UsageTrouble)
    assert out.exception.code == "E1520"


def test_confirm_out_and_in(tmp_path: Path) -> None:
    path = tmp_path / "审定.xlsx"
    out = run("confirm", str(path), "--export", "--json")
    assert json.loads(out.stdout)["waiting"] == 577
    back = json.loads(run("confirm", str(path), "--by", "张三", "--json").stdout)
    assert (back["new"], back["blank"], back["refused"]) == (0, 577, [])
