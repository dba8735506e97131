"""Methods and proofs of delivery (2.7), and which way a notice leaves."""

from datetime import date

import pytest

from models.errors import RuleRefused
from models.notice_round import NoticeChannel, NoticeState, Service
from models.rules.notice_routes import message_key, notice_route, sms_blanks
from models.rules.notice_service import Word, check_word, delivered, failed, read_service
from models.rules.routes import Delivery

SENT, TODAY, LATER = date(2024, 8, 9), date(2024, 9, 1), date(2024, 8, 12)
SCAN, PHOTO = ("0" * 64, "回证.pdf"), ("0" * 64, "门口.JPG")
WORD = Word(NoticeState.DELIVERED, LATER, "张三", Service.DIRECT, SCAN)


@pytest.mark.parametrize("text", ["直接", "直接送达", " 直接 "])
def test_methods_as_people_write_them(text: str) -> None:
    assert read_service(text) is Service.DIRECT


def test_a_method_nobody_knows() -> None:
    with pytest.raises(RuleRefused, match="直接、留置、邮寄、委托、电子"):
        read_service("飞鸽")


@pytest.mark.parametrize(
    ("how", "file", "words", "code"),
    [
        pytest.param(Service.DIRECT, SCAN, {}, None, id="a signed 回证"),
        pytest.param(Service.LEFT, SCAN, {}, "E1559", id="left, and nobody saw it"),
        pytest.param(Service.LEFT, SCAN, {"witness": "社区李某"}, None, id="left before a witness"),
        pytest.param(Service.LEFT, PHOTO, {}, None, id="left, with a picture"),
        pytest.param(Service.ELECTRONIC, SCAN, {}, "E1560", id="by wire without consent"),
        pytest.param(Service.ELECTRONIC, SCAN, {"note": "确认书"}, None, id="by wire with consent"),
    ],
)
def test_what_proves_a_delivery(
    how: Service, file: tuple[str, str], words: dict[str, str], code: str | None
) -> None:
    if code:
        with pytest.raises(RuleRefused, match=code):
            delivered(how, LATER, "张三", file, **words)
        return
    word = delivered(how, LATER, "张三", file, **words)
    assert word.state is (NoticeState.LEFT if how is Service.LEFT else NoticeState.DELIVERED)
    assert word.channel is (NoticeChannel.MAIL if how is Service.ELECTRONIC else NoticeChannel.PRINT)


def test_a_refusal_says_why() -> None:
    with pytest.raises(RuleRefused, match="E1561"):
        failed(NoticeState.REFUSED, LATER, "张三", "  ")


@pytest.mark.parametrize(
    ("word", "before", "sent_on", "code"),
    [
        pytest.param(WORD, NoticeState.PLANNED, SENT, "E1562", id="not printed yet"),
        pytest.param(WORD, NoticeState.HELD, SENT, "E1562", id="held"),
        pytest.param(WORD, NoticeState.SENT, None, "E1562", id="the round has not begun"),
        pytest.param(WORD, NoticeState.SENT, date(2024, 8, 13), "E1563", id="before it went"),
        pytest.param(
            failed(NoticeState.REFUSED, LATER, "张三", "拒收"),
            NoticeState.LEFT,
            SENT,
            "E1564",
            id="left before",
        ),
        pytest.param(WORD, NoticeState.RETURNED, SENT, None, id="delivered at the second try"),
        pytest.param(WORD, NoticeState.DELIVERED, SENT, None, id="a better paper"),
    ],
)
def test_when_a_word_holds(word: Word, before: NoticeState, sent_on: date | None, code: str | None) -> None:
    if code is None:
        check_word(word, before, sent_on, TODAY)
        return
    with pytest.raises(RuleRefused, match=code):
        check_word(word, before, sent_on, TODAY)


PHONE, ME = "13877201234", "me@lz.example.cn"


@pytest.mark.parametrize(
    ("channel", "address", "delivery", "expected"),
    [
        pytest.param(NoticeChannel.MAIL, "a@b.cn", Delivery(), ("folder", "a@b.cn"), id="mail off"),
        pytest.param(NoticeChannel.SMS, PHONE, Delivery(), ("folder", "手机 138****1234"), id="sms off"),
        pytest.param(NoticeChannel.SMS, PHONE, Delivery(True), ("sms", PHONE), id="sms on"),
        pytest.param(
            NoticeChannel.SMS,
            PHONE,
            Delivery(True, ME),
            ("mail", f'"原收件人 138****1234" <{ME}>'),
            id="sms redirected",
        ),
    ],
)
def test_which_way(
    channel: NoticeChannel, address: str, delivery: Delivery, expected: tuple[str, str]
) -> None:
    assert notice_route(channel, address, delivery) == expected


def test_keys_name_the_campaign_the_round_and_the_unit() -> None:
    assert message_key("c", 1, 23, "mail") == "notice/c/1/23/mail"
    assert message_key("c", 12, 3, "mail") == "notice/c/12/3/mail"


@pytest.mark.parametrize(("length", "shown"), [(35, 35), (36, 35), (60, 35)])
def test_names_fit_the_gateways_blanks(length: int, shown: int) -> None:
    name = sms_blanks("厂" * length, "局")["name"]
    assert (len(name), name.endswith("…")) == (shown, length > shown)
