"""`yingbao verification` from the list that goes out to the baseline, as an office uses it; JSON is one document."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from deployments.cli.verification import app
from models.errors import RuleRefused
from tests.make_rounds import filled, make_city

pytestmark = pytest.mark.usefixtures("city")
DAY = ["--as-of", "2024-08-09", "--by", "张三"]
LIUJIANG = ["--county", "柳江区"]


@pytest.fixture
def city(installation: Path) -> dict[str, int]:  # noqa: ARG001
    return make_city({"甲厂": {}, "乙厂": {}, "北厂": {"county": "450205"}})


def run(*words: str, code: int = 0) -> Any:
    answer = CliRunner().invoke(app, [*words, "--json"])
    if answer.exception and not isinstance(answer.exception, SystemExit):
        raise answer.exception
    assert answer.exit_code == code
    return json.loads(answer.stdout)


def told(*words: str) -> str:
    answer = CliRunner().invoke(app, list(words))
    if answer.exception and not isinstance(answer.exception, SystemExit):
        raise answer.exception
    return answer.output


def issue(out: Path) -> Path:
    (file,) = run("issue", *LIUJIANG, "--out", str(out), *DAY)["files"]
    return Path(file)


def test_from_the_list_to_the_baseline(tmp_path: Path) -> None:
    assert len(run("issue", "--out", str(tmp_path), *DAY)["files"]) == 10
    sheet = next(tmp_path.glob("柳江区*"))
    part = filled(sheet, tmp_path / "一.xlsx", {"甲厂": "在营"})
    (dry,) = run("return", str(part), "--dry-run", *DAY)["returns"]
    assert (dry["rehearsed"], dry["accepted"], dry["receipt"]) == (True, 1, None)
    (real,) = run("return", str(part), *DAY)["returns"]
    assert (real["done"], real["asked"], real["complete"], real["returned"]) == (1, 2, False, False)
    assert real["receipt"] == str(tmp_path / "一_回执.xlsx")
    with pytest.raises(RuleRefused, match="E1284"):
        run("accept", *LIUJIANG, *DAY)
    rest = filled(sheet, tmp_path / "二.xlsx", {"乙厂": {"核对结论": "非本辖区", "接收县（区）": "柳北区"}})
    assert run("return", str(rest), *DAY)["returns"][0]["returned"]
    run("send-back", *LIUJIANG, "--reason", "请复核", *DAY)
    again = filled(sheet, tmp_path / "三.xlsx", {"甲厂": {"核对结论": "其他", "说明": "联系不上"}})
    run("return", str(again), *DAY)
    assert run("accept", *LIUJIANG, *DAY)["members"] == 2
    (line,) = run("status", *LIUJIANG, "--as-of", "2024-08-09")
    assert (line["state"], line["findings"], line["transfers_waiting"]) == (
        "accepted",
        {"other": 1, "elsewhere": 1},
        1,
    )
    (offer,) = run("transfers", "--as-of", "2024-08-09")
    assert run("confirm", str(offer["number"]), *DAY)["answer"] == "accepted"
    assert run("rechecks", "--out", str(tmp_path), "--as-of", "2024-09-02")["files"] == []
    frozen = run("freeze", "--county", "柳北区", "--reason", "逾期未返回", "--as-of", "2024-08-12")
    assert (frozen["done"], frozen["asked"]) == (0, 1)


def test_people_read_what_changed_and_what_was_not_taken(tmp_path: Path) -> None:
    sheet = issue(tmp_path)
    wrong = filled(sheet, tmp_path / "一.xlsx", {"甲厂": "在营", "乙厂": "注销"})
    said = told("return", str(wrong), *DAY)
    assert "柳江区第 1 轮（一.xlsx）：已接收 1，未变 0，未接收 1，未填 0；已答复 1／2。" in said
    assert "[E1278] 结论“注销”缺少日期" in "".join(said.split("│"))
    assert "还有 1 户没有答复" in said
    assert "以前报送过，一个字也没变：0 处变动" in told("return", str(wrong), *DAY)
    assert "1／2" in told("status", "--as-of", "2024-08-09")


def test_a_refused_file_stops_no_other(tmp_path: Path) -> None:
    sheet = issue(tmp_path)
    good = filled(sheet, tmp_path / "好.xlsx", {"甲厂": "在营"})
    bad = tmp_path / "坏.xlsx"
    bad.write_text("no workbook")
    receipts = tmp_path / "回执"
    answer = run("return", str(bad), str(good), "--receipt", str(receipts), *DAY, code=3)
    assert [one["file"] for one in answer["refused"]] == ["坏.xlsx"]
    assert [one["accepted"] for one in answer["returns"]] == [1]
    assert [file.name for file in receipts.iterdir()] == ["好_回执.xlsx"]


def test_nothing_is_returned_ahead_of_time(tmp_path: Path) -> None:
    with pytest.raises(RuleRefused, match="E1261"):
        run("return", str(tmp_path / "x.xlsx"), "--as-of", "2099-01-01")
