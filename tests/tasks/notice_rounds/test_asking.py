"""Receipts asked for instead of waited for: the same as posted ones, and told once (2.7)."""

import json
from collections.abc import Iterator

import pytest
from pytest_httpserver import HTTPServer
from sqlalchemy import text
from typer.testing import CliRunner

from deployments.cli.notices import app
from models.database import session
from models.errors import EnvironmentTrouble, InputRefused, UsageTrouble
from models.notice_round import NoticeChannel
from notices.channels.sms import out_id
from tasks.notice_rounds.asking import ask_receipts
from tasks.notice_rounds.outcomes import Heard, take_receipts
from tasks.notice_rounds.posting import post_batch
from tasks.notice_rounds.sending import prepare
from tasks.outbox import deliver_waiting
from tests.make_messages import configure
from tests.make_notices import CAMPAIGN, add_unit, confirm_everything, keys, outcome, planned
from tests.make_targets import DAY
from tests.sms_gateway import Gateway

ARRIVED = {"SendStatus": 3, "ErrCode": "DELIVERED", "ReceiveDate": "2024-08-09 10:00:07"}
DEAD = {"SendStatus": 2, "ErrCode": "MOBILE_NOT_ON_SERVICE"}
KEYS = {"sms_key_id": "id", "sms_key_secret": "s", "sms_sign": "柳州卫健", "sms_template": "SMS_1"}


@pytest.fixture
def gateway(
    installation: object, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Gateway]:
    """It has taken the SMS of two letters a quarter of an hour ago."""
    del installation
    made = Gateway(httpserver)
    configure(monkeypatch, deliver=True, sms_endpoint=made.url, **KEYS)
    add_unit("甲厂", phone="13900000007")
    add_unit("乙厂", phone="13900000008")
    confirm_everything()
    planned()
    prepare(CAMPAIGN, 1, DAY, by="张三")
    post_batch(CAMPAIGN, 1, NoticeChannel.SMS)
    with session() as db:  # whatever day and hour it is
        db.execute(text("UPDATE message SET purpose = 'test', not_before = now()"))
    deliver_waiting()
    with session() as db:
        db.execute(text("UPDATE message SET claimed_at = claimed_at - interval '15 minutes'"))
    yield made
    made.closing.set()


def number(name: str) -> str:
    return out_id(keys("sms")[name])


def test_what_the_gateway_knows_counts_once(gateway: Gateway) -> None:
    assert ask_receipts() == Heard(0, 0, 0, 0), "both are still under way"
    gateway.fates = {number("甲厂"): ARRIVED, number("乙厂"): DEAD}
    assert ask_receipts() == Heard(2, 0, 0, 2)
    assert outcome("甲厂", "sms") == ("delivered", "短信回执", None)
    assert outcome("乙厂", "sms") == ("invalid", None, "MOBILE_NOT_ON_SERVICE")
    asked = gateway.asked
    assert ask_receipts() == Heard(0, 0, 0, 0)
    assert gateway.asked == asked, "nobody is asked about what is known"


def test_posted_as_well_it_is_the_same_receipt(gateway: Gateway) -> None:
    gateway.fates = {number("甲厂"): ARRIVED}
    ask_receipts()
    with session() as db:
        biz = db.scalar(
            text("SELECT reference FROM message WHERE message_id = :key"), {"key": keys("sms")["甲厂"]}
        )
    posted = [{"out_id": number("甲厂"), "biz_id": biz, "success": True, "err_code": "DELIVERED"}]
    assert take_receipts(json.dumps(posted)) == Heard(0, 1, 0, 0)


def test_a_gateway_in_trouble_is_asked_once(gateway: Gateway) -> None:
    gateway.down = True
    before = gateway.asked
    assert ask_receipts() == Heard(0, 0, 0, 0)
    assert gateway.asked == before + 1


@pytest.mark.parametrize(
    ("age", "limit", "asked"),
    [("5 minutes", None, 0), ("31 days", None, 0), ("1 day", None, 2), ("1 day", 1, 1)],
    ids=["发出不久", "平台已不记得", "一天前", "一次只问一条"],
)
def test_about_which_it_is_asked(gateway: Gateway, age: str, limit: int | None, asked: int) -> None:
    with session() as db:
        db.execute(text("UPDATE message SET claimed_at = now() - CAST(:age AS interval)"), {"age": age})
    before = gateway.asked
    ask_receipts(limit)
    assert gateway.asked - before == asked


def test_the_command_asks(gateway: Gateway) -> None:
    gateway.fates = {number("甲厂"): ARRIVED}
    out = CliRunner().invoke(app, ["receipts", "--ask", "--json"])
    said = json.loads(out.stdout)
    assert [said[name] for name in ("new", "known", "foreign", "settled")] == [1, 0, 0, 1]


@pytest.mark.usefixtures("installation")
@pytest.mark.parametrize(
    ("words", "trouble", "code"),
    [
        (["--ask"], EnvironmentTrouble, "E1862"),
        (["不存在.json"], InputRefused, "E1861"),
        ([], UsageTrouble, "E1863"),
        (["回执.json", "--ask"], UsageTrouble, "E1863"),
    ],
    ids=["没有短信平台", "没有这个文件", "什么也没有写", "写了两样"],
)
def test_the_command_says_what_is_missing(words: list[str], trouble: type[Exception], code: str) -> None:
    out = CliRunner().invoke(app, ["receipts", *words])
    assert isinstance(out.exception, trouble)
    assert code in str(out.exception)


def test_receipts_of_other_systems_are_not_kept(gateway: Gateway) -> None:
    del gateway
    told = json.dumps([{"out_id": "别的系统", "biz_id": "1", "success": True}, {"biz_id": "2"}])
    assert take_receipts(told) == Heard(0, 0, 2, 0)
    with session() as db:
        assert db.scalar(text("SELECT count(*) FROM sms_receipt")) == 0
