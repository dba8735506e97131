"""`yingbao deadlines` as an office uses it."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from deployments.cli.deadlines import app
from models.errors import RuleRefused, UsageTrouble, YingbaoError
from tests.campaign.files import write_csv

SECRET = "0a1b2c3d4e5f60718293"
pytestmark = pytest.mark.usefixtures("installation")


def run(*words: str) -> Any:
    answer = CliRunner().invoke(app, [*words, "--json"])
    if isinstance(answer.exception, YingbaoError):
        raise answer.exception
    assert answer.exit_code == 0, answer.output
    return json.loads(answer.stdout)


def said(*words: str) -> str:
    answer = CliRunner().invoke(app, list(words))
    assert answer.exit_code == 0, answer.output
    return answer.stdout


def test_from_the_contact_to_the_reminder_and_the_return(tmp_path: Path) -> None:
    run("contact", "set", "柳江区", "--name", "王五", "--mail", "wang@example.com", "--by", "张三")
    dry = run("tick", "--as-of", "2024-08-02", "--dry-run")
    assert run("reminders") == []
    (told,) = [one for one in dry["digests"] if one["name"] == "柳江区"]
    assert told["to"] == ['"王五" <wang@example.com>']
    report = run("tick", "--as-of", "2024-08-02")
    assert report | {"dry_run": True} == dry
    (sent,) = run("reminders", "--county", "柳江区")
    assert (sent["day"], sent["key"], sent["told"]) == ("2024-08-02", "verification", ["提前14天", "提前7天"])
    summary = tmp_path / "总结.docx"
    summary.write_bytes(b"1")
    run("return", "summary-2024", str(summary), "--county", "柳江区", "--as-of", "2024-12-12", "--by", "张三")
    run("send-back", "summary-2024", "--county", "柳江区", "--reason", "不全", "--as-of", "2024-12-13")
    run("return", "summary-2024", str(summary), "--county", "柳江区", "--as-of", "2024-12-17")
    run("accept", "summary-2024", "--county", "柳江区", "--as-of", "2024-12-18")
    rows = {one["key"]: one for one in run("list", "--county", "柳江区", "--as-of", "2024-12-31")}
    assert {key: (row["state"], row["late_days"]) for key, row in rows.items()} == {
        "verification": ("open", 144),
        "summary-2024": ("accepted", 2),
    }
    assert {row["contact"] for row in rows.values()} == {"王五"}
    acts = run("history", "summary-2024", "--county", "450206")
    assert [one["what_words"] for one in acts] == ["交回", "退回重报", "交回", "受理"]


def test_extensions_and_nothing_to_report() -> None:
    run("nothing", "monthly-2024-08", "--county", "柳北区", "--as-of", "2024-09-03")
    given = (
        "extend",
        "monthly-2024-08",
        "--until",
        "2024-09-20",
        "--reason",
        "洪灾",
        "--as-of",
        "2024-09-04",
    )
    made = run(*given, "--all")
    assert len(made["counties"]) == 9
    assert made["passed_over"] == {"450205": "报无事项"}
    with pytest.raises(UsageTrouble, match="--all"):
        run(*given)
    with pytest.raises(UsageTrouble, match="--all"):
        run(*given, "--all", "--county", "柳江区")


FUTURE = "2999-01-01"
TOMORROW = {
    "运行": ("tick", "--as-of", FUTURE),
    "交回": ("return", "monthly-2024-08", "--county", "柳北区", "--as-of", FUTURE),
    "无事项": ("nothing", "monthly-2024-08", "--county", "柳北区", "--as-of", FUTURE),
    "受理": ("accept", "summary-2024", "--county", "柳北区", "--reason", "因", "--as-of", FUTURE),
}


@pytest.mark.parametrize("words", TOMORROW.values(), ids=TOMORROW)
def test_no_act_and_no_tick_of_a_future_day(words: tuple[str, ...]) -> None:
    """A tick of a far day would keep all days before it from being ticked."""
    with pytest.raises(RuleRefused, match="E1261"):
        run(*words)


def test_tables_for_people_hide_what_robots_keep_secret(tmp_path: Path) -> None:
    rows = [("柳北区", "赵六", "", "", f"wecombot://{SECRET}"), ("某县", "钱七", "", "", "")]
    path = write_csv(tmp_path / "联系人.csv", ("县区", "姓名", "电话", "邮箱", "机器人地址"), rows)
    told = said("contact", "import", str(path))
    assert "共 2 行，有问题 1 行" in told
    told += said("contact", "list") + said("tick", "--as-of", "2024-08-09", "--dry-run")
    told += said("tick", "--as-of", "2024-08-09") + said("tick", "--as-of", "2024-08-09")
    told += said("list", "--as-of", "2024-08-09") + said("reminders")
    assert "[E1291]" in told
    assert "这一天已经运行过" in told
    assert "期限 2024-08-09（星期五）" in told.replace("\n", "")
    assert SECRET not in told


def test_a_plan_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "方案.pdf"
    path.write_bytes(b"plan")
    kept = run("plan", str(path), "--county", "三江县", "--as-of", "2024-07-05")
    (row,) = [one for one in run("contact", "list") if one["plan"]]
    assert (row["office_name"], row["plan_sha256"]) == ("三江侗族自治县", kept["sha256"])
