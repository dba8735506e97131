"""The gateway posts its receipts: thanked once they are kept, whatever it posts, how often and when (2.7)."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import requests
import uvicorn
from sqlalchemy import text

from deployments import receipts_listener
from deployments.receipts_listener import LARGEST, THANKS, receipts_app, token_of
from deployments.sole_service import is_taken
from models.database import session
from models.errors import EnvironmentTrouble, UsageTrouble
from models.settings import get_settings
from tests.deployments.served import free_port, until
from tests.make_messages import configure
from tests.make_notices import outcome
from tests.sent_round import message, receipt, sent_round

TOKEN = "a1b2c3d4e5f6a7b8c9"
Posts = Callable[..., requests.Response]


@pytest.fixture
def numbers(installation: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """Name → our number of its SMS."""
    del installation
    with sent_round(monkeypatch) as found:
        yield found


@pytest.fixture
def post() -> Iterator[Posts]:
    """Posts to a listener on loopback."""
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(receipts_app(TOKEN), port=port, log_level="critical"))
    thread = Thread(target=server.run)
    thread.start()
    until(lambda: server.started)

    def send(body: Any, token: str = TOKEN) -> requests.Response:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return requests.post(f"http://127.0.0.1:{port}/receipts/{token}", data=content, timeout=10)

    yield send
    server.should_exit = True
    thread.join(10)


def test_thanked_once_kept_and_counted_once(numbers: dict[str, str], post: Posts) -> None:
    message("甲厂", "sms", "sent")
    told = [receipt(numbers["甲厂"])]
    for _ in range(2):
        answer = post(told)
        assert (answer.status_code, answer.json()) == (200, THANKS)
    assert outcome("甲厂", "sms") == ("delivered", "短信回执", None)
    assert kept() == 1


def test_before_our_own_answer(numbers: dict[str, str], post: Posts) -> None:
    """The gateway may be quicker with its receipt than with its answer to our sending."""
    assert post([receipt(numbers["甲厂"])]).json() == THANKS
    message("甲厂", "sms", "unknown")
    assert outcome("甲厂", "sms")[0] == "delivered"


def test_another_systems_receipts_are_thanked_and_not_kept(numbers: dict[str, str], post: Posts) -> None:
    del numbers
    assert post([receipt("0d9f0c2e-0000-4d0e-9a55-3f6d7c1b2a10")]).json() == THANKS
    assert kept() == 0


@pytest.mark.parametrize(
    ("body", "token", "status"),
    [
        pytest.param(b"\xff\xfe", TOKEN, 400, id="not UTF-8"),
        pytest.param(b"code=1", TOKEN, 400, id="no JSON"),
        pytest.param(b"[" + b" " * LARGEST + b"]", TOKEN, 413, id="too large"),
        pytest.param(b"[]", TOKEN[:-1], 404, id="a wrong token"),
    ],
)
@pytest.mark.usefixtures("numbers")
def test_refused_in_words(post: Posts, body: bytes, token: str, status: int) -> None:
    assert post(body, token).status_code == status


def test_not_thanked_while_the_database_is_away(
    numbers: dict[str, str], post: Posts, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_content: str) -> None:
        raise EnvironmentTrouble("E1412", "连不上数据库")

    with monkeypatch.context() as broken:
        broken.setattr(receipts_listener, "take_receipts", away)
        assert post([receipt(numbers["甲厂"])]).status_code == 500
    assert post([receipt(numbers["甲厂"])]).json() == THANKS


def test_the_command_listens_until_it_is_stopped(numbers: dict[str, str]) -> None:
    message("甲厂", "sms", "sent")
    port = free_port()
    command = [sys.executable, "-m", "deployments.cli", "notices", "listen", "--port", str(port)]
    process = subprocess.Popen(command, env={**os.environ, "YINGBAO_RECEIPTS_TOKEN": TOKEN})
    try:
        until(lambda: is_taken(port))
        address = f"http://127.0.0.1:{port}/receipts/{TOKEN}"
        assert requests.post(address, json=[receipt(numbers["甲厂"])], timeout=10).json() == THANKS
    finally:
        process.terminate()
    process.wait(10)
    assert outcome("甲厂", "sms")[0] == "delivered"


@pytest.mark.parametrize("token", [None, "short", "十六个汉字不是字母和数字不是字母"])
def test_a_weak_token_is_refused(token: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    configure(monkeypatch, receipts_token=token)
    with pytest.raises(UsageTrouble, match="E1869"):
        token_of(get_settings())


def kept() -> int:
    with session() as db:
        return int(db.scalar(text("SELECT count(*) FROM sms_receipt")) or 0)
