"""The commands of a round as a person and as a script meet them."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from deployments.cli.notices import app
from models.errors import RuleRefused, UsageTrouble
from tests.make_notices import MOBILE, deliveries, keys, small_city

pytestmark = pytest.mark.usefixtures("installation")
DAY = ("--as-of", "2024-08-09")


def run(*words: str, said: str | None = None) -> Result:
    return CliRunner().invoke(app, list(words), input=said, catch_exceptions=True)


def told(*words: str) -> dict[str, object]:
    out = run(*words, "--json")
    assert out.exit_code == 0, out.output or out.exception
    return json.loads(out.stdout)  # type: ignore[no-any-return]


def test_from_plan_to_signed_paper(tmp_path: Path) -> None:
    small_city()
    plan = run("plan", *DAY).output
    assert "第 1 轮" in plan
    assert "发出 4 家" in plan
    assert "字体里没有" in plan
    assert "其中 4 家引用的内容未经疾控审定" in plan
    assert told("plan", "--dry-run", *DAY)["number"] == 1
    assert "何处厂" in run("round", "1", "--held").output
    shown = run("round", "1", "--letters", "2", "--out", str(tmp_path / "样")).output
    assert shown.count(".pdf") == 2
    rehearsed = run("send", "1", "--dry-run", "--out", str(tmp_path), *DAY).output
    assert "演算：4 家" in rehearsed
    sent = told("send", "1", "--out", str(tmp_path), *DAY)
    assert sent["done"] == {"letters": 7, "stopped": 0, "messages": {"sent": 3}}
    assert "已发完" in run("rounds").output
    scan = tmp_path / "回证.pdf"
    scan.write_bytes(b"%PDF")
    proof = ("--evidence", str(scan), "--on", "2024-08-12", "--by", "张三")
    assert run("delivered", "1-450205-00001", "--how", "直接", *proof).exit_code == 0
    assert run("delivered", "1-450205-00009", "--how", "直接", *proof).exit_code == 4
    reason = ("--on", "2024-08-12", "--by", "张三", "--reason", "查无此单位")
    assert run("returned", "1-450206-00001", *reason).exit_code == 0
    assert run("refused", "1-450206-00002", *reason).exit_code == 0
    states = deliveries()
    assert {states[name, "print"] for name in ("丁厂", "乙厂", "甲厂", "丙厂")} == {
        "delivered",
        "returned",
        "refused",
        "sent",
    }
    number = keys("sms")["甲厂"].strip("<>").partition("@")[0]
    receipt = json.dumps([{"out_id": number, "biz_id": "1^0", "success": True, "phone_number": MOBILE}])
    assert json.loads(run("receipts", "-", "--json", said=receipt).stdout)["new"] == 1
    assert told("publish", "1", "--out", str(tmp_path / "名单.csv"), *DAY)["units"] == 4


def test_addresses_and_wishes(tmp_path: Path) -> None:
    small_city()
    assert told("address", "2", "--mail", "yi@factory.example.cn")["new"] is True
    assert told("address", "2", "--mail", "yi@factory.example.cn")["new"] is False
    bad = run("address", "2", "--sms", "12345")
    assert isinstance(bad.exception, RuleRefused)
    assert "12345" not in str(bad.exception)
    path = tmp_path / "邮箱.csv"
    path.write_text(
        "单位编号,邮箱,手机\n3,bing@factory.example.cn,\n3,,\n99,a@b.cn,\n2,,13800000009\n",
        "gb18030",
    )
    for words in ["--dry-run"], []:
        listed = run("address", "--list", str(path), "--json", *words)
        lines = json.loads(listed.stdout)
        assert [line["code"] for line in lines] == [None, "E1548", "E1572", None]
        assert (lines[3]["result"], listed.exit_code) == ("手机号码已登记", 4)
    assert told("do-not-contact", "2", "--channel", "短信", "--reason", "来电要求")["new"] is True
    assert told("do-not-contact", "2", "--channel", "sms", "--reason", "来电要求")["new"] is False
    assert isinstance(run("allow-contact", "2", "--channel", "信鸽", "--reason", "x").exception, UsageTrouble)
    assert told("do-not-contact", "4", "--reason", "来电要求")["new"] is True
    assert told("do-not-contact", "4", "--reason", "来电要求")["new"] is False
    run("plan", *DAY)
    assert ("丁厂", "print") not in deliveries()
    assert told("allow-contact", "4", "--reason", "改变主意")["count"] == 1
    run("plan", *DAY)
    assert {("丁厂", "print"), ("乙厂", "mail"), ("丙厂", "mail")} <= set(deliveries())


@pytest.mark.parametrize(
    "words",
    [
        ("delivered", "--how", "直接", "--on", "2024-08-12"),
        ("returned", "--on", "2024-08-12", "--reason", "x"),
    ],
)
def test_nothing_is_recorded_of_nobody(tmp_path: Path, words: tuple[str, ...]) -> None:
    scan = tmp_path / "回证.pdf"
    scan.write_bytes(b"%PDF")
    out = run(*words, "--evidence", str(scan))
    assert isinstance(out.exception, UsageTrouble)
