"""`yingbao fieldwork` as an office uses it; JSON is one document."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from deployments.cli.fieldwork import app
from deployments.cli.targets import app as targets_app
from models.errors import RuleRefused, YingbaoError
from models.fieldwork import Work
from tests.make_fieldwork import SOUND, form_file, make_city, notices

AS_OF = ("--as-of", "2024-09-30")
BY = ("--by", "张三")


@pytest.fixture(autouse=True)
def units(installation: Path) -> dict[str, int]:  # noqa: ARG001
    return make_city("甲厂", "乙厂", "丙厂")


def run(*words: str, by: bool = False) -> Any:
    answer = CliRunner().invoke(app, [*words, *(BY if by else ()), *AS_OF, "--json"])
    if isinstance(answer.exception, YingbaoError):
        raise answer.exception
    assert answer.exit_code == 0, answer.output
    return json.loads(answer.stdout)


def said(*words: str) -> str:
    answer = CliRunner().invoke(app, [*words, *AS_OF])
    assert answer.exit_code == 0, answer.output
    return answer.stdout


def reasons() -> dict[str, str | None]:
    return {row["name"]: row["reason"] for row in run("undeclared", "--county", "柳江区")}


def test_from_the_assignment_to_the_referral(units: dict[str, int]) -> None:
    given = ("--agency", "疾控中心", "--to", "李医师", "--due", "2024-10-31", "--programme", "帮扶")
    assert run("guidance", "甲厂", *given, "--on", "2024-09-02", by=True)["told"] == "已指派"
    notices(units, {"甲厂": ("delivered", date(2024, 9, 3))}, scan="回证.pdf")
    topics = ("--topics", "申报程序、因素辨识")
    run("training", "甲厂", "--county", "柳江区", "--place", "礼堂", *topics, "--on", "2024-09-10", by=True)
    visit = ("--programme", "帮扶", "--agency", "疾控中心", "--visitor", "李医师", "--on", "2024-09-12")
    run("visit", "甲厂", *visit, by=True)
    assert run("climb", by=True)["steps"] == {"告知": 1, "培训/宣讲": 1, "入户指导": 1}
    with pytest.raises(RuleRefused, match="E1583"):
        run("escalate", "甲厂", "移送监督执法", "--reason", "拒不整改", by=True)
    signed = ("--reason", "拒不整改", "--decided-by", "赵队长", "--on", "2024-09-25")
    assert run("escalate", "甲厂", "移送监督执法", *signed, by=True)["outcome"] == "已登记"
    assert run("guidance", "甲厂", "--close", "仍未申报", by=True)["told"] == "已办结"
    report = run("status", "--county", "柳江区")
    (line,) = report["lines"]
    assert (line["undeclared"], line["unassigned"], line["rungs"]["移送监督执法"]) == (3, 3, 1)
    kinds = [row["kind"] for row in run("list", "--county", "柳江区")]
    assert sorted(set(kinds)) == ["escalate", "guidance", "training", "visit"]


def test_a_check_a_reason_and_publicity(tmp_path: Path) -> None:
    found = ("--occasion", "双随机检查", "--inspector", "赵队长", "--headcount", "30")
    assert "未申报" in run("check", "甲厂", *found, by=True)["told"]
    run("reason", "甲厂", "不会报", by=True)
    photo = tmp_path / "照片.jpg"
    photo.write_bytes(b"jpg")
    run("publicity", "五进", "进工地", "--county", "柳江区", "--evidence", str(photo), by=True)
    assert [row["acts"] for row in run("status")["publicity"]] == [1]
    assert reasons() == {"甲厂": "不会报", "乙厂": None, "丙厂": None}
    assert run("mismatches") == []
    (act,) = run("list", "reason")
    answer = CliRunner().invoke(app, ["withdraw", "reason", str(act["number"]), "--reason", "记错", *BY])
    assert answer.exit_code == 0
    assert set(reasons().values()) == {None}


def test_a_form_out_and_in(tmp_path: Path) -> None:
    issued = run("template", "visit", "--county", "柳江区", "--out", str(tmp_path))
    assert Path(issued["file"]).name == "柳江区_入户指导登记表.xlsx"
    wrong = {"name": "丁厂", **SOUND[Work.VISIT]}
    path = form_file(tmp_path, Work.VISIT, {"name": "甲厂", **SOUND[Work.VISIT]}, wrong)
    receipt = tmp_path / "回执.xlsx"
    dry = run("import", str(path), "--dry-run", by=True)
    done = run("import", str(path), "--receipt", str(receipt), by=True)
    assert done["counts"] == dry["counts"] == {"已登记": 1, "与原来相同": 0, "未登记": 1, "未填": 0}
    assert done["rows"][1]["code"] == "E1572"
    assert receipt.is_file()
    assert "与原来相同 1 行" in said("import", str(path), *BY)


def test_people_are_told_in_tables() -> None:
    run("reason", "甲厂", "失联", by=True)
    run("visit", "甲厂", "--programme", "监测", "--agency", "疾控中心", "--visitor", "李医师", by=True)
    whole = said("status")
    for words in ("未申报原因", "失联", "未推进", "入户指导", "结合各项工作的指导"):
        assert words in whole
    for command in ("list", "followed", "undeclared"):
        assert "甲厂" in said(command)
    assert "李医师" in said("list", "visit")
    assert "未登记" in said("undeclared", "--unassigned")
    explained = CliRunner().invoke(targets_app, ["explain", "甲厂", *AS_OF])
    assert "现场工作" in explained.stdout


def test_a_day_ahead_of_today_is_refused() -> None:
    answer = CliRunner().invoke(app, ["reason", "甲厂", "失联", *BY, "--as-of", "2099-01-01"])
    assert isinstance(answer.exception, RuleRefused)
    assert answer.exception.code == "E1261"
