"""A round of notices as far as the outbox, what the outbox says of it, and receipts as the gateway tells them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import text

from models.database import session
from models.notice_round import NoticeChannel
from notices.channels.sms import out_id
from tasks.notice_rounds.outcomes import settle_messages
from tasks.notice_rounds.posting import post_batch
from tasks.notice_rounds.sending import prepare
from tests.make_messages import delivering
from tests.make_notices import CAMPAIGN, MOBILE, confirm_everything, keys, planned, small_city
from tests.make_targets import DAY


@contextmanager
def sent_round(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """A round with its messages in the outbox, none sent. Name → our number of its SMS."""
    small_city()
    confirm_everything()
    planned()
    with delivering(monkeypatch):
        prepare(CAMPAIGN, 1, DAY, by="张三")
        printed()
        for channel in NoticeChannel.MAIL, NoticeChannel.SMS:
            post_batch(CAMPAIGN, 1, channel)
        yield keys("sms")


def printed() -> None:
    """As if the booklets lay there: setting them takes the time of all these tests."""
    with session() as db:
        db.execute(text("UPDATE notice_delivery SET state = 'sent' WHERE channel = 'print'"))
        db.execute(text("UPDATE notice SET state = 'sent' WHERE state = 'planned'"))


def message(name: str, channel: str, state: str, answer: str = "") -> None:
    """What the outbox knows of a message."""
    with session() as db:
        db.execute(
            text(
                "UPDATE message SET state = :state, answer = :answer, claimed_at = now(), ended_at = now() WHERE message_id = :key"
            ),
            {"state": state, "answer": answer, "key": keys(channel)[name]},
        )
    settle_messages()


def receipt(number: str, biz: str = "9006^0", **changes: Any) -> dict[str, Any]:
    line = {"phone_number": MOBILE, "send_time": "2024-08-09 10:00:00", "report_time": "2024-08-09 10:00:07"}
    line |= {"success": True, "err_code": "DELIVERED", "err_msg": "用户接收成功", "sms_size": "1"}
    return line | {"biz_id": biz, "out_id": out_id(number)} | changes
