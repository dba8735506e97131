"""The flow that sends what waits: once, and in a rehearsal not at all."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from deployments.catalogue import find_flow
from models import settings
from models.actions.outbox import put_message
from models.database import session
from models.outbox import ChannelKind, Message

pytestmark = pytest.mark.prefect


def _put(engine: Engine, channel: ChannelKind, addressee: str) -> None:
    with session(engine) as db:
        put_message(
            db,
            key=f"test/{channel}",
            campaign="liuzhou-2024-2025",
            office="450202",
            purpose="digest",
            channel=channel,
            addressee=addressee,
            subject="期限提醒",
            body="正文",
        )


def _states(engine: Engine) -> dict[str, str]:
    with session(engine) as db:
        return dict(db.execute(select(Message.channel, Message.state)).all())  # type: ignore[arg-type]


def test_what_waits_is_sent_once(installation: Path, engine: Engine) -> None:
    _put(engine, ChannelKind.FOLDER, "韦敏 <w@example.cn>")
    flow: Any = find_flow("send-messages")
    assert flow({"dry_run": True}, return_state=True).is_completed()
    assert _states(engine) == {"folder": "waiting"}
    for _ in range(2):
        assert flow({}, return_state=True).is_completed()
    assert _states(engine) == {"folder": "sent"}
    assert len(list((installation / "outbox").glob("*/450202/*.eml"))) == 1


def test_a_relay_that_is_down_is_told_once_a_day_and_fails_no_run(
    installation: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YINGBAO_DELIVER", "true")
    settings.get_settings.cache_clear()
    _put(engine, ChannelKind.MAIL, "w@example.cn")
    flow: Any = find_flow("send-messages")
    for _ in range(2):
        assert flow({}, return_state=True).is_completed()
    assert _states(engine)["mail"] == "waiting"
    told = [path.read_text("utf-8") for path in (installation / "outbox").rglob("*.eml")]
    assert len(told) == 1
    assert "E1431" in told[0]
