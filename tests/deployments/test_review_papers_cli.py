"""`yingbao review issue|return|notice|print` as a person and as a script meet them."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from deployments.cli.review import app
from models.errors import UsageTrouble
from tests.tasks.review_books.made import DECIDED, STATES, filled, make_work, states

pytestmark = pytest.mark.usefixtures("installation")
DAY = ("--as-of", "2024-09-06")


def run(*words: str) -> Result:
    answer = CliRunner().invoke(app, list(words))
    if answer.exception and not isinstance(answer.exception, SystemExit):
        raise answer.exception
    return answer


def told(*words: str) -> Any:
    return json.loads(run(*words, "--json").stdout)


def test_out_back_and_on_paper(tmp_path: Path) -> None:
    make_work()
    made = told("issue", "--county", "柳江区", "--out", str(tmp_path), *DAY)
    assert [(one["waiting"], one["again"]) for one in made] == [(3, 2)]
    path = filled(Path(made[0]["path"]), tmp_path / "back.xlsx", DECIDED)
    assert "试算，未办理。柳江区" in run("return", str(path), "--by", "覃工", "--dry-run", *DAY).output
    done = told("return", str(path), "--by", "覃工", *DAY)["returns"][0]
    assert (done["accepted"], done["refused"], done["rejected"]) == (5, 0, [2])
    assert states() == STATES
    assert Path(done["receipt"]).name == "back_回执.xlsx"
    (noticed,) = told("notice", "--out", str(tmp_path))
    assert noticed["mail"].startswith("不能发：没有登记的邮箱")
    files = told("print", "1", "--form", "--receipt", "--out", str(tmp_path))["files"]
    assert [Path(one["path"]).stem for one in files] == ["000001_第1版_申报表_甲厂", "000001_回执_甲厂"]
    assert "FandolFang" in run("print", "1", "--form", "--out", str(tmp_path)).output


def test_a_refused_file_is_told_and_the_others_are_done(tmp_path: Path) -> None:
    make_work()
    made = told("issue", "--out", str(tmp_path), *DAY)
    paths = {one["name"]: Path(one["path"]) for one in made if one["path"]}
    assert set(paths) == {"柳江区", "柳北区"}
    good = filled(paths["柳江区"], tmp_path / "good.xlsx")
    bad = filled(paths["柳北区"], tmp_path / "bad.xlsx", {"北厂": {"审核结论": "通过"}})
    answer = run("return", str(bad), str(good), "--county", "柳江区", "--by", "覃工", "--json", *DAY)
    assert answer.exit_code == 3
    document = json.loads(answer.stdout)
    assert [one["code"] for one in document["refused"]] == ["E1768"]
    assert [one["accepted"] for one in document["returns"]] == [5]
    assert states("北厂") == {"北厂": "待审核"}


def test_what_to_print_must_be_said() -> None:
    with pytest.raises(UsageTrouble, match="E1760"):
        run("print", "1")
