"""The folder: readable in an editor, whole or absent, and it can prove what it did."""

import email
from datetime import datetime
from email.policy import default
from pathlib import Path

import pytest

from models.clock import SHANGHAI
from notices.channels.channel import Letter, Result
from notices.channels.folder import FolderChannel

NUMBER = "0d9f0c2e-7b1c-4d0e-9a55-3f6d7c1b2a10"
LETTER = Letter(
    message_id=f"<{NUMBER}@yingbao.internal>",
    office="450205",
    addressee='"陈某" <chen@liubei.example.cn>',
    subject="【催办】信息核对将于 2024-08-09 到期，请尽快返回核对结果（柳北区）",
    body="柳北区卫生健康局：\n\n还差 3 条。\n",
    planned=datetime(2024, 8, 8, 0, 30, tzinfo=SHANGHAI),
)


def test_one_readable_file(tmp_path: Path) -> None:
    channel = FolderChannel(tmp_path)
    assert not channel.has_sent(LETTER)
    assert channel.send(LETTER).result is Result.SENT
    path = tmp_path / "2024-08-08" / "450205" / f"{NUMBER}.eml"
    text = path.read_text("utf-8")
    assert f"Subject: {LETTER.subject}" in text
    assert LETTER.body in text
    mail = email.message_from_bytes(path.read_bytes(), policy=default)
    assert mail["Message-ID"] == LETTER.message_id
    assert mail["Date"].datetime == LETTER.planned
    assert channel.has_sent(LETTER)


def test_twice_is_one_file(tmp_path: Path) -> None:
    for _ in range(2):
        FolderChannel(tmp_path).send(LETTER)
    assert [path.suffix for path in tmp_path.rglob("*.*")] == [".eml"]


def test_no_half_file_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a full disk or a kill leaves behind is no proof."""

    def fails(_self: Path, _target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fails)
    outcome = FolderChannel(tmp_path).send(LETTER)
    assert (outcome.result, outcome.trouble) == (Result.NOT_TAKEN, "E1435")
    assert not FolderChannel(tmp_path).has_sent(LETTER)


def test_a_file_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("")
    outcome = FolderChannel(tmp_path / "outbox").send(LETTER)
    assert (outcome.result, outcome.trouble) == (Result.NOT_TAKEN, "E1435")
