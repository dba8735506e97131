"""Messages for tests of the outbox."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from models.actions.outbox import put_message
from models.database import session
from models.outbox import ChannelKind
from models.settings import get_settings
from tasks.outbox import list_messages
from tests.mail_server import Post, mail_server

CAMPAIGN, OFFICE = "liuzhou-2024-2025", "450205"


def put(key: str, *, channel: str = ChannelKind.MAIL, addressee: str = "chen@liubei.example.cn") -> bool:
    with session() as db:
        return put_message(
            db,
            key=key,
            campaign=CAMPAIGN,
            office=OFFICE,
            purpose="digest",
            channel=channel,
            addressee=addressee,
            subject=f"【催办】{key}",
            body="柳北区卫生健康局：还差 3 条。",
        )


def configure(monkeypatch: pytest.MonkeyPatch, **settings: object) -> None:
    """Settings of this installation from here on; None takes one away."""
    for name, value in settings.items():
        if value is None:
            monkeypatch.delenv(f"YINGBAO_{name.upper()}", raising=False)
        else:
            monkeypatch.setenv(f"YINGBAO_{name.upper()}", str(value))
    get_settings.cache_clear()


@contextmanager
def delivering(monkeypatch: pytest.MonkeyPatch, *, login: bool = False, **settings: object) -> Iterator[Post]:
    """Delivery is on, by mail to a server of our own."""
    with mail_server(login=login) as (post, port):
        relay = {"smtp_host": "127.0.0.1", "smtp_port": port, "smtp_security": "none", "smtp_timeout": 2}
        configure(monkeypatch, deliver=True, mail_from="notice@lz.example.cn", **relay | settings)
        yield post


def states() -> dict[str, str]:
    """Subject → state."""
    return {row["subject"].removeprefix("【催办】"): row["state"] for row in list_messages()}


def message_ids(state: str | None = None) -> list[str]:
    return [row["message_id"] for row in list_messages(state=state)]


def number_of(key: str) -> int:
    return next(int(row["id"]) for row in list_messages() if row["subject"] == f"【催办】{key}")
