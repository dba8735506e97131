"""`yingbao review form|file|import-platform|import-legacy` as an office uses them: answers, receipts, exit codes."""

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from openpyxl import load_workbook
from typer.testing import CliRunner

from deployments.cli import review_sources
from models.errors import InputRefused
from tests.make_exports import details, main_row, write_export
from tests.make_forms import OTHER, make_form
from tests.tasks.filing.test_entering import write
from tests.tasks.filing.test_legacy import ROW

pytestmark = pytest.mark.usefixtures("installation")
app = typer.Typer()
review_sources.add_to(app)
DAY = ["--as-of", "2024-09-02", "--by", "受理员"]


def run(*words: str, code: int = 0) -> Any:
    answer = CliRunner().invoke(app, [*words, "--json"])
    if answer.exception and not isinstance(answer.exception, SystemExit):
        raise answer.exception
    assert answer.exit_code == code
    return json.loads(answer.stdout)


def told(*words: str, code: int = 0) -> str:
    answer = CliRunner().invoke(app, list(words))
    assert answer.exit_code == code
    return answer.output


def test_from_the_blank_form_to_a_refusal_with_everything(tmp_path: Path) -> None:
    (blank,) = run("form", "--county", "柳江区", "--out", str(tmp_path), *DAY[:2])
    page = load_workbook(blank["file"])["基本信息"]
    assert {"柳江区", 2024} <= {line[1].value for line in page.iter_rows()}
    good = write(tmp_path / "a.json", {})
    wrong = write(tmp_path / "b.json", {"basics.credit_code": OTHER, "basics.exposed": 14})
    receipt = tmp_path / "回执.xlsx"
    answer = run("file", str(good), str(wrong), "--submit", "--receipt", str(receipt), *DAY, code=4)
    assert [one["outcome"] for one in answer["documents"]] == ["已提交", "须改正"]
    (finding, *_) = answer["documents"][1]["findings"]
    assert (finding["code"], finding["path"], finding["found"]) == ("E1614", "hazards.dust.exposed", "15")
    assert receipt.is_file()
    (mine,) = run("form", "--registrant", "2", "--out", str(tmp_path), *DAY[:2])
    assert mine["prefilled"] == "第2号申报（暂存）"


@pytest.mark.parametrize(
    ("content", "code"),
    [("{", 3), ('{"basics": {"name": "甲厂"}}', 3)],
    ids=["no JSON", "nobody knows whose"],
)
def test_what_cannot_be_read_is_exit_code_3(content: str, code: int, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(content)
    assert "未接收" in told("file", str(tmp_path), *DAY, code=code)


def test_a_days_export_and_the_same_again(tmp_path: Path) -> None:
    rows = [main_row("GX-1", make_form()), main_row("GX-2", make_form(), 状态="待审核", 审核日期=None)]
    rows += [
        main_row("GX-3", make_form(), 状态="待审核", 审核日期=None),
        main_row("GX-4", make_form(), 状态="？"),
    ]
    path = write_export(tmp_path / "申报导出_20240930.xlsx", rows, [details("GX-1", make_form())])
    answer = run("import-platform", str(path), "--receipt", str(tmp_path / "r.xlsx"), *DAY[2:])
    assert (answer["data_date"], answer["rows"], answer["left_out"]) == ("2024-09-30", 4, 1)
    assert answer["taken"] == {"新收入": 3, "有变动": 0, "没有变动": 0, "比已有的旧": 0}
    assert [one["told"] for one in answer["conflicts"]] == ["GX-2（待审核）、GX-3（待审核）"]
    shown = told("import-platform", str(path), *DAY[2:])
    assert "没有变动 3" in shown
    assert "GX-2（待审核）、GX-3（待审核）" in shown.replace("\n", "")
    book = load_workbook(tmp_path / "r.xlsx")
    assert [row[3] for row in book["问题"].iter_rows(min_row=2, values_only=True)] == ["E1744"]


def test_the_old_systems_list(tmp_path: Path) -> None:
    path = write_export(tmp_path / "old.xlsx", [ROW, ROW | {"记录编号": "AJ-2", "统一社会信用代码": "1"}])
    answer = run("import-legacy", str(path), *DAY, code=4)
    assert [row["outcome"] for row in answer["rows"]] == ["已收入", "未收入"]
    assert "以前收入过 1" in told("import-legacy", str(path), *DAY, "--dry-run", code=4)
    assert [
        row["outcome"] for row in run("import-legacy", str(path), *DAY, "--account", "", code=4)["rows"]
    ] == [
        "以前收入过",
        "未收入",
    ]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="E1001"):
        run("import-platform", str(tmp_path / "x.xlsx"), *DAY[2:])
