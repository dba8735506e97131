"""Whoever runs the installation hears of a failure once, by what works."""

from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from models import database
from models.errors import EnvironmentTrouble
from tasks.operator import tell_operator
from tests.mail_server import Post
from tests.make_messages import configure, put, states

pytestmark = pytest.mark.usefixtures("installation")


def tell(key: str = "run-1") -> None:
    tell_operator("run_campaign 失败", "E1412 连不上数据库", key)


def files(home: Path) -> list[Path]:
    return sorted((home / "outbox").rglob("*.eml"))


def test_into_the_folder_once_per_key(installation: Path) -> None:
    for key in ("run-1", "run-1", "run-2"):
        tell(key)
    assert len(files(installation)) == 2
    assert {path.parent.name for path in files(installation)} == {"operator"}
    assert "E1412 连不上数据库" in files(installation)[0].read_text("utf-8")


def test_by_mail_at_once(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    configure(monkeypatch, operator_mail="ops@lz.example.cn")
    tell()
    tell()
    assert [envelope.rcpt_tos for envelope in post.envelopes] == [["ops@lz.example.cn"]]
    assert post.received[0]["Subject"] == "run_campaign 失败"


def test_nothing_but_this_message_goes_out(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    put("信")
    configure(monkeypatch, operator_mail="ops@lz.example.cn")
    tell()
    assert states() == {"信": "waiting", "run_campaign 失败": "sent"}
    assert len(post.ids()) == 1


def test_a_dead_relay_is_no_second_failure(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    del post
    configure(monkeypatch, operator_mail="ops@lz.example.cn", smtp_port=1)
    tell()
    assert states() == {"run_campaign 失败": "waiting"}


@pytest.mark.parametrize(
    "trouble",
    [EnvironmentTrouble("E1412", "连不上数据库"), OperationalError("", {}, Exception("server closed"))],
    ids=["never there", "gone meanwhile"],
)
def test_without_a_database_into_the_folder(
    installation: Path, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    def away() -> None:
        raise trouble

    monkeypatch.setattr(database, "engine", away)
    tell()
    tell()
    assert len(files(installation)) == 1
