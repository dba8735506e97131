"""`yingbao outbox` as an office uses it."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from deployments.cli.outbox import app
from models.errors import YingbaoError
from models.outbox import ChannelKind
from tests.mail_server import Post
from tests.make_messages import configure, number_of, put

SECRET = "0a1b2c3d4e5f60718293"
pytestmark = pytest.mark.usefixtures("installation")


def run(*words: str, code: int = 0) -> Any:
    answer = CliRunner().invoke(app, [*words, "--json"])
    if isinstance(answer.exception, YingbaoError):
        raise answer.exception
    assert answer.exit_code == code, answer.output
    return json.loads(answer.stdout)


def test_send_list_and_reconcile(post: Post) -> None:
    put("信")
    put("乱", addressee="drop@liubei.example.cn")
    report = run("send", code=5)
    assert report["counts"] == {"sent": 1, "unknown": 1}
    assert [trouble["code"] for trouble in report["troubles"]] == ["E1432"]
    (line,) = run("list", "--state", "未知")
    assert (line["office_name"], line["state_name"], line["channel_name"]) == ("柳北区", "未知", "邮件")
    assert line["message_id"] in post.ids()
    number = str(number_of("乱"))
    run("reconcile", number, "--sent", "--reason", "对方说收到了", "--by", "张三")
    assert run("list", "--state", "unknown") == []
    assert len(run("list")) == 2


def test_a_table_for_people() -> None:
    put("信")
    put("群", channel=ChannelKind.BOT, addressee=f"wecombot://{SECRET}")
    runner = CliRunner()
    answers = [runner.invoke(app, ["list"]), runner.invoke(app, ["send"])]
    assert [answer.exit_code for answer in answers] == [0, 0]
    told = "".join(answer.stdout for answer in answers)
    assert "群机器人（企业微信）" in told
    assert "处理 0 条。" in told
    assert "投递没有打开" in told
    assert SECRET not in told


def test_missing_settings_are_an_error_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    put("信")
    configure(monkeypatch, deliver=True)
    report = run("send", code=5)
    assert [trouble["code"] for trouble in report["troubles"]] == ["E1431"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["reconcile", "1", "--reason", "x", "--by", "张三"], "E1438"),
        (["reconcile", "1", "--sent", "--again", "--reason", "x", "--by", "张三"], "E1438"),
        (["reconcile", "1", "--sent", "--reason", "x", "--by", "张三"], "E1436"),
        (["list", "--state", "飞了"], "E1438"),
    ],
    ids=["neither", "both", "no such message", "no such state"],
)
def test_refusals(words: list[str], code: str) -> None:
    with pytest.raises(YingbaoError, match=code):
        run(*words)
