"""Acceptance 4: what the relay and the gateway do wrong. Once where the peer can tell, unknowns listed, none lost."""

import email
import subprocess
from collections.abc import Iterator
from email.policy import default
from hashlib import sha256
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from sqlalchemy import text

from models.actions.outbox import put_message
from models.database import session
from notices.channels.sms import out_id
from tasks.contacts import keep_file
from tasks.notice_rounds.outcomes import take_receipts
from tasks.outbox import deliver_waiting, list_messages, reconcile
from tests.breaking_relay import breaking_relay
from tests.campaign.test_outbox_killed import AT_ONCE, STEPS, go, heard, worker
from tests.make_messages import CAMPAIGN, OFFICE, configure, message_ids, states
from tests.sms_gateway import BREAKS, FINE, LOSES, REFUSES, SILENT, Gateway

pytestmark = pytest.mark.usefixtures("installation")
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 300
WORDS = {
    "greeting": "waiting",
    "EHLO": "waiting",
    "MAIL": "waiting",
    "RCPT": "waiting",
    "DATA": "waiting",
    "text": "unknown",
    "answer": "unknown",
    "QUIT": "sent",
}


def put(key: str, channel: str, addressee: str, file: tuple[str, str] | None = None) -> None:
    with session() as db:
        put_message(
            db,
            key=key,
            campaign=CAMPAIGN,
            office=OFFICE,
            purpose="test",
            channel=channel,
            addressee=addressee,
            subject=f"【催办】{key}",
            body="甲厂：请登录……",
            file=file,
            blanks={"name": "甲厂", "bureau": "柳北区卫生健康局"} if channel == "sms" else None,
        )


@pytest.fixture
def letter(tmp_path: Path) -> tuple[str, str]:
    path = tmp_path / "letter.pdf"
    path.write_bytes(PDF)
    return keep_file(path), "告知单.pdf"


@pytest.mark.parametrize(("word", "state"), WORDS.items(), ids=WORDS)
def test_the_relay_hangs_up_at_every_word(
    monkeypatch: pytest.MonkeyPatch, letter: tuple[str, str], word: str, state: str
) -> None:
    """With the letter attached. Taken back up with a sound relay, what was not taken goes, and once."""
    put("甲", "mail", "jia@factory.example.cn", letter)
    relay_is = {"deliver": True, "mail_from": "notice@lz.example.cn", "smtp_host": "127.0.0.1"}
    relay_is |= {"smtp_security": "none", "smtp_timeout": 2}
    with breaking_relay(word) as broken:
        configure(monkeypatch, smtp_port=broken.port, **relay_is)
        deliver_waiting()
        assert states() == {"甲": state}
    with session() as db:
        db.execute(text("UPDATE message SET not_before = now()"))
    with breaking_relay("never") as sound:
        configure(monkeypatch, smtp_port=sound.port)
        for _ in range(2):
            deliver_waiting(lease=AT_ONCE)
    received = [*broken.received, *sound.received]
    assert len(received) == (0 if word == "text" else 1)
    assert states() == {"甲": "unknown" if state == "unknown" else "sent"}
    for content in received:
        (file,) = email.message_from_bytes(content, policy=default).iter_attachments()  # type: ignore[attr-defined]
        assert (file.get_filename(), file.get_content()) == ("告知单.pdf", PDF)


def test_a_letter_whose_file_is_gone_waits_and_says_so(
    monkeypatch: pytest.MonkeyPatch, letter: tuple[str, str], installation: Path
) -> None:
    put("甲", "mail", "jia@factory.example.cn", letter)
    put("乙", "folder", "某人", letter)
    for path in (installation / "received").rglob("*.pdf"):
        path.unlink()
    with breaking_relay("never") as relay:
        configure(
            monkeypatch,
            deliver=True,
            mail_from="notice@lz.example.cn",
            smtp_host="127.0.0.1",
            smtp_port=relay.port,
            smtp_security="none",
        )
        deliver_waiting()
    assert relay.received == []
    assert states() == {"甲": "waiting", "乙": "waiting"}
    assert all("附件“告知单.pdf”读不出" in row["answer"] for row in list_messages())


@pytest.fixture
def gateway(httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gateway]:
    """Delivery is on, by SMS to a gateway of our own."""
    made = Gateway(httpserver)
    keys = {"sms_key_id": "id", "sms_key_secret": "s", "sms_sign": "柳州卫健", "sms_template": "SMS_1"}
    configure(monkeypatch, deliver=True, sms_endpoint=made.url, sms_timeout=1, **keys)
    yield made
    made.closing.set()


def run_later() -> None:
    """Another run of the outbox, a quarter of an hour on."""
    with session() as db:
        db.execute(
            text("UPDATE message SET claimed_at = claimed_at - interval '15 minutes', not_before = now()")
        )
    deliver_waiting(lease=AT_ONCE)


GATEWAY = {
    "takes it": (FINE, "sent", "sent", 1),
    "refuses the number": (REFUSES, "refused", "refused", 0),
    "500 and did not take it": (LOSES, "unknown", "unknown", 0),
    "500 and took it": (BREAKS, "unknown", "sent", 1),
    "took it and never answers": (SILENT, "unknown", "sent", 1),
}


@pytest.mark.parametrize(("phone", "at_first", "in_the_end", "accepted"), GATEWAY.values(), ids=GATEWAY)
def test_the_gateway_is_asked_and_nothing_goes_twice(
    gateway: Gateway, phone: str, at_first: str, in_the_end: str, accepted: int
) -> None:
    put("甲", "sms", phone)
    deliver_waiting()
    assert states() == {"甲": at_first}
    gateway.closing.set()
    for _ in range(2):
        deliver_waiting(lease=AT_ONCE)
    assert states() == {"甲": at_first}, "too early to ask: nothing is decided, nothing is sent again"
    for _ in range(3):
        run_later()
    assert states() == {"甲": in_the_end}
    assert len(gateway.accepted) <= 1
    assert len(gateway.accepted) == accepted


def test_what_the_gateway_never_took_goes_again_when_it_says_so(gateway: Gateway) -> None:
    put("甲", "sms", LOSES)
    deliver_waiting()
    with session() as db:
        db.execute(text("UPDATE message SET addressee = :fine"), {"fine": FINE})
    run_later()
    assert states() == {"甲": "sent"}
    assert list(gateway.times().values()) == [1]


def test_a_receipt_before_the_answer_settles_it(gateway: Gateway) -> None:
    """The gateway took it, told the receipt, told it again, and never answered us."""
    put("甲", "sms", SILENT)
    (number,) = message_ids()
    told = f'[{{"out_id": "{out_id(number)}", "biz_id": "1^0", "success": true, "report_time": "2024-08-09 10:00:00"}}]'
    for _ in range(2):
        take_receipts(told)
    assert states() == {"甲": "waiting"}
    deliver_waiting()
    assert states() == {"甲": "sent"}
    assert len(gateway.accepted) == 1


@pytest.mark.parametrize("step", STEPS)
def test_killed_while_sending_sms(gateway: Gateway, step: str) -> None:
    """The gateway can tell, so in the end nothing is unknown: each once."""
    for name in "甲乙丙丁":
        put(name, "sms", FINE)
    run = worker(step)
    go(run)
    assert heard(run) == "stopped"
    run.kill()
    run.wait()
    for _ in range(3):
        deliver_waiting(lease=AT_ONCE)
    run_later()
    assert states() == dict.fromkeys("甲乙丙丁", "sent")
    assert gateway.times() == {out_id(number): 1 for number in message_ids()}


def test_two_workers_by_sms(gateway: Gateway) -> None:
    for number in range(30):
        put(str(number), "sms", FINE)
    runs: list[subprocess.Popen[str]] = [worker("none"), worker("none")]
    for run in runs:
        go(run)
    assert sum(int(heard(run)) for run in runs) == 30
    assert [run.wait() for run in runs] == [0, 0]
    assert gateway.times() == {out_id(number): 1 for number in message_ids()}


def test_an_unknown_one_is_decided_by_a_person_where_the_peer_cannot_tell(
    monkeypatch: pytest.MonkeyPatch, letter: tuple[str, str]
) -> None:
    put("甲", "mail", "jia@factory.example.cn", letter)
    common = {
        "deliver": True,
        "mail_from": "notice@lz.example.cn",
        "smtp_host": "127.0.0.1",
        "smtp_security": "none",
    }
    with breaking_relay("text") as broken:
        configure(monkeypatch, smtp_port=broken.port, smtp_timeout=2, **common)
        deliver_waiting()
    assert [row["subject"] for row in list_messages(state="unknown")] == ["【催办】甲"]
    reconcile(1, sent=False, by="张三", reason="电话问过，没有收到")
    with breaking_relay("never") as sound:
        configure(monkeypatch, smtp_port=sound.port)
        deliver_waiting()
    assert (states(), len(sound.received)) == ({"甲": "sent"}, 1)
    assert sha256(PDF).hexdigest() == letter[0]
