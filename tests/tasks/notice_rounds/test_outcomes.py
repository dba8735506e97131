"""Receipts, bounces and signed papers: told twice they count once, in any order, with their evidence (2.7)."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from mailbox import mbox
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from models import clock
from models.database import session
from models.errors import InputRefused
from models.notice_round import NoticeState
from models.rules import notice_service
from tasks.notice_rounds.outcomes import Heard, take_bounces, take_receipts
from tasks.notice_rounds.planning import look
from tasks.notice_rounds.service import keep_evidence, read_numbers, record
from tasks.outbox import deliver_waiting
from tests.make_messages import configure, put
from tests.make_notices import (
    CAMPAIGN,
    MOBILE,
    deliveries,
    keys,
    notices,
    outcome,
    planned,
)
from tests.sent_round import message, receipt, sent_round

SECOND = date(2024, 8, 12)
QUIET = {
    "evening": datetime(2024, 8, 9, 20, 0, tzinfo=clock.SHANGHAI),
    "saturday": datetime(2024, 8, 10, 10, 0, tzinfo=clock.SHANGHAI),
    "too early": datetime(2024, 8, 9, 7, 59, tzinfo=clock.SHANGHAI),
}


@pytest.fixture
def round_sent(installation: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    del installation
    with sent_round(monkeypatch) as numbers:
        yield numbers


def test_what_lies_in_the_outbox_has_not_gone(round_sent: dict[str, str]) -> None:
    """A round must not be called sent whose messages wait for the morning."""
    del round_sent

    def told() -> dict[str, int]:
        return {one.state: one.notices for one in look(CAMPAIGN, 1).counts if one.channel == "sms"}

    assert told() == {"queued": 1}
    message("甲厂", "sms", "sending")
    assert told() == {"queued": 1}
    message("甲厂", "sms", "sent")
    assert told() == {"sent": 1}


class TestReceipts:
    def test_one_told_twice_counts_once(self, round_sent: dict[str, str]) -> None:
        message("甲厂", "sms", "sent")
        told = json.dumps([receipt(round_sent["甲厂"])] * 2)
        assert [take_receipts(told), take_receipts(told)] == [Heard(1, 0, 0, 1), Heard(0, 1, 0, 0)]
        assert outcome("甲厂", "sms") == ("delivered", "短信回执", None)
        assert notices()["甲厂"] == ("delivered", None)

    def test_before_our_own_answer(self, round_sent: dict[str, str]) -> None:
        """Kept, and it counts whatever our answer is then."""
        take_receipts(json.dumps([receipt(round_sent["甲厂"])]))
        message("甲厂", "sms", "unknown")
        assert outcome("甲厂", "sms")[0] == "delivered"
        with session() as db:
            assert db.scalar(text("SELECT state FROM message WHERE channel = 'sms'")) == "sent"

    def test_a_later_success_counts_more_than_an_earlier_failure(self, round_sent: dict[str, str]) -> None:
        message("甲厂", "sms", "sent")
        failed = receipt(round_sent["甲厂"], "1^0", success=False, err_code="MOBILE_SEND_LIMIT")
        take_receipts(json.dumps([failed]))
        assert outcome("甲厂", "sms") == ("returned", None, "MOBILE_SEND_LIMIT")
        take_receipts(json.dumps([receipt(round_sent["甲厂"], "2^0")]))
        assert outcome("甲厂", "sms")[0] == "delivered"

    def test_a_dead_number_is_not_tried_again(self, round_sent: dict[str, str]) -> None:
        message("甲厂", "sms", "sent")
        dead = receipt(round_sent["甲厂"], success=False, err_code="MOBILE_NOT_ON_SERVICE")
        take_receipts(json.dumps([dead]))
        assert outcome("甲厂", "sms")[0] == "invalid"
        assert notices()["甲厂"] == ("sent", None), "its paper is still under way"
        planned()
        assert ("甲厂", "sms") not in deliveries(2)
        assert ("甲厂", "print") in deliveries(2)

    @pytest.mark.parametrize("number", ["%", "<%", "0d9f0c2e-0000-4d0e-9a55-3f6d7c1b2a10"])
    def test_of_messages_that_are_not_ours(self, round_sent: dict[str, str], number: str) -> None:
        del round_sent
        dead = receipt(number, success=False, err_code="MOBILE_NOT_ON_SERVICE")
        assert take_receipts(json.dumps([dead])).settled == 0
        with session() as db:
            assert db.scalar(text("SELECT count(*) FROM do_not_contact WHERE by = '短信回执'")) == 0

    def test_no_telephone_is_kept(self, round_sent: dict[str, str]) -> None:
        take_receipts(json.dumps([receipt(round_sent["甲厂"])]))
        with session() as db:
            assert MOBILE not in str(db.execute(text("SELECT * FROM sms_receipt")).all())

    @pytest.mark.parametrize("content", ["", "甲", "[1]"])
    def test_refused(self, round_sent: dict[str, str], content: str) -> None:
        del round_sent
        with pytest.raises(InputRefused, match="E1557"):
            take_receipts(content)


REPORT = """From: MAILER-DAEMON@relay.example.cn
To: notice@lz.example.cn
Date: Fri, 09 Aug 2024 10:05:00 +0800
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example.cn

Final-Recipient: rfc822; jia@factory.example.cn
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} no

--b
Content-Type: {returned}

From: notice@lz.example.cn
Message-ID: {number}
Subject: x

--b--
"""


def report(
    number: str, status: str = "5.1.1", action: str = "failed", returned: str = "message/rfc822"
) -> str:
    return REPORT.format(number=number, status=status, action=action, returned=returned)


class TestBounces:
    @pytest.mark.parametrize("returned", ["message/rfc822", "text/rfc822-headers"])
    @pytest.mark.parametrize(
        ("status", "state"), [("5.1.1", "invalid"), ("5.2.2", "returned"), ("4.4.7", "returned")]
    )
    def test_matched_by_our_number(
        self, round_sent: dict[str, str], tmp_path: Path, returned: str, status: str, state: str
    ) -> None:
        del round_sent
        message("甲厂", "mail", "sent")
        path = tmp_path / "退信.eml"
        path.write_text(report(keys("mail")["甲厂"], status, returned=returned), "utf-8")
        assert [take_bounces(path), take_bounces(path)] == [Heard(1, 0, 0, 1), Heard(0, 1, 0, 0)]
        assert outcome("甲厂", "mail")[0] == state
        assert outcome("丁厂", "mail")[0] == "sent"

    def test_a_delay_is_no_return(self, round_sent: dict[str, str], tmp_path: Path) -> None:
        del round_sent
        message("甲厂", "mail", "sent")
        path = tmp_path / "退信.eml"
        path.write_text(report(keys("mail")["甲厂"], "4.4.1", "delayed"), "utf-8")
        assert take_bounces(path).settled == 0
        assert outcome("甲厂", "mail")[0] == "sent"

    def test_a_bounce_proves_that_an_unknown_mail_was_taken(
        self, round_sent: dict[str, str], tmp_path: Path
    ) -> None:
        del round_sent
        message("甲厂", "mail", "unknown", "没有等到答复")
        assert outcome("甲厂", "mail") == ("unknown", None, "没有等到答复")
        (tmp_path / "a.eml").write_text(report(keys("mail")["甲厂"]), "utf-8")
        take_bounces(tmp_path)
        assert outcome("甲厂", "mail")[0] == "invalid"

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"\xff\xfe",
            b"Content-Type: multipart/report; boundary=\n\n--\n",
            report("<x@y>", returned="text/rfc822-headers; charset=no-such").encode(),
            report("no id at all").encode(),
            b"Content-Type: message/delivery-status\n\nAction: failed\n",
        ],
    )
    def test_whatever_strangers_send_is_passed_over(
        self, installation: Path, tmp_path: Path, content: bytes
    ) -> None:
        del installation
        (tmp_path / "a.eml").write_bytes(content)
        heard = take_bounces(tmp_path / "a.eml")
        assert (heard.new, heard.foreign) == (0, 1)

    def test_a_mailbox_with_letters_of_others(self, round_sent: dict[str, str], tmp_path: Path) -> None:
        del round_sent
        box = mbox(tmp_path / "box")
        for mail in (report(keys("mail")["甲厂"]), report("<other@relay>"), "Subject: hello\n\n您好\n"):
            box.add(mail.encode())
        box.close()
        heard = take_bounces(tmp_path / "box")
        assert (heard.new, heard.foreign) == (1, 2)


def signed(numbers: list[str], how: str, tmp_path: Path, **words: Any) -> list[tuple[str, str | None]]:
    file = tmp_path / words.pop("name", "回证.pdf")
    file.write_bytes(b"%PDF scan")
    word = notice_service.delivered(
        notice_service.read_service(how), words.pop("on", SECOND), "张三", keep_evidence(file), **words
    )
    return [(line.result, line.code) for line in record(CAMPAIGN, numbers, word)]


class TestSignedPapers:
    def test_the_day_of_signing_with_its_scan(self, round_sent: dict[str, str], tmp_path: Path) -> None:
        del round_sent
        number = "1-450205-00001"
        assert signed([number], "直接", tmp_path) == [("已登记", None)]
        assert signed([number], "直接", tmp_path) == [("以前已登记", None)]
        assert notices()["丁厂"] == ("delivered", None)
        with session() as db:
            row = db.execute(
                text(
                    "SELECT how, settled_on, evidence_name, length(evidence_sha256) FROM notice_delivery WHERE state = 'delivered'"
                )
            ).one()
        assert tuple(row) == ("直接送达", SECOND, "回证.pdf", 64)

    def test_machines_do_not_overrule_a_person(self, round_sent: dict[str, str], tmp_path: Path) -> None:
        del round_sent
        assert signed(["1-450205-00001"], "电子", tmp_path, note="送达地址确认书") == [("已登记", None)]
        message("丁厂", "mail", "unknown")
        assert outcome("丁厂", "mail")[:2] == ("delivered", "电子送达")

    def test_a_list_answers_line_by_line(self, round_sent: dict[str, str], tmp_path: Path) -> None:
        del round_sent
        path = tmp_path / "编号.csv"
        path.write_text("编号,单位\n1-450205-00001,丁厂\n1-450206-00001,乙厂\n9-999999-00001,\n", "utf-8-sig")
        told = signed(read_numbers(path), "留置", tmp_path, name="门口.jpg")
        assert [code for _, code in told] == [None, None, "E1565"]
        assert notices()["乙厂"] == ("left", None)

    def test_refused_and_returned_are_open_to_a_later_delivery(
        self, round_sent: dict[str, str], tmp_path: Path
    ) -> None:
        del round_sent
        number = "1-450206-00001"
        word = notice_service.failed(NoticeState.RETURNED, SECOND, "张三", "查无此单位")
        assert record(CAMPAIGN, [number], word)[0].code is None
        assert notices()["乙厂"] == ("returned", None)
        signed([number], "直接", tmp_path)
        assert notices()["乙厂"] == ("delivered", None)
        assert record(CAMPAIGN, [number], word)[0].code == "E1564"

    @pytest.mark.parametrize("on", [date(2024, 8, 8), date(9999, 1, 1)])
    def test_not_before_it_went_and_not_tomorrow(
        self, round_sent: dict[str, str], tmp_path: Path, on: date
    ) -> None:
        del round_sent
        assert signed(["1-450205-00001"], "直接", tmp_path, on=on)[0][1] == "E1563"


def test_every_message_waits_for_the_next_working_morning(
    round_sent: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Quiet hours hold at the sending, too: whatever became of the time it was put for (issue 4)."""
    del round_sent
    configure(monkeypatch, sms_key_id="id", sms_key_secret="s", sms_sign="柳州", sms_template="SMS_1")
    with session() as db:
        db.execute(text("UPDATE message SET not_before = now() - interval '1 hour'"))
    for moment in QUIET.values():
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        report_of = deliver_waiting()
        assert report_of.lines == ()
        assert any("夜间（20:00–8:00）和休息日不发告知" in sentence for sentence in report_of.held)
    monkeypatch.setattr(clock, "now", lambda: datetime(2024, 8, 9, 8, 0, tzinfo=clock.SHANGHAI))
    sent = deliver_waiting()
    assert {line.channel for line in sent.lines} >= {"mail"}


def test_the_daily_cap_counts_notices_only(
    round_sent: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    del round_sent
    configure(monkeypatch, mail_per_day=1)
    monkeypatch.setattr(clock, "now", lambda: datetime(2024, 8, 9, 9, 0, tzinfo=clock.SHANGHAI))
    with session() as db:
        db.execute(text("UPDATE message SET not_before = now() - interval '1 hour'"))
    put("催办")
    told = deliver_waiting()
    assert sorted(line.subject[:4] for line in told.lines if line.channel == "mail") == [
        "【催办】",
        "职业病危",
    ]
    assert "1 条告知在等：到了当天的上限" in told.held
