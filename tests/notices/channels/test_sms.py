"""SMS against a real HTTP server: every answer is told as what it is, and the gateway is asked by our own number."""

import json
import logging
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Event
from urllib.parse import parse_qs

import pytest
from pydantic import SecretStr
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from models.clock import SHANGHAI, now
from notices.channels.aliyun import signed
from notices.channels.channel import Letter, Result
from notices.channels.sms import SETTLED, SmsChannel, out_id
from tests.mail_server import free_port

NUMBER, PHONE, SECRET = "0d9f0c2e-7b1c-4d0e-9a55-3f6d7c1b2a10", "13877201234", "very-secret"
LETTER = Letter(
    message_id=f"<{NUMBER}@yingbao.internal>",
    office="450205",
    addressee=PHONE,
    subject="职业病危害项目申报告知单（甲厂）",
    body="甲厂：请登录……",
    planned=datetime(2024, 8, 8, 8, 30, tzinfo=SHANGHAI),
    blanks={"name": "甲厂", "bureau": "柳北区卫生健康局"},
    tried=datetime(2024, 8, 8, 8, 30, tzinfo=SHANGHAI),
)


def channel(server: HTTPServer, **changes: object) -> SmsChannel:
    usual = SmsChannel("id", SecretStr(SECRET), "柳州卫健", "SMS_1", server.url_for("/"), timeout=0.5)
    return replace(usual, **changes)  # type: ignore[arg-type]


def form(server: HTTPServer) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(server.log[-1][0].get_data(as_text=True)).items()}


def test_the_signature_is_the_one_in_the_makers_manual() -> None:
    """Its published example: the same words, key and moment give the same signature."""
    words = {
        "Action": "DescribeRegions",
        "Format": "XML",
        "Timestamp": "2016-02-23T12:46:24Z",
        "Version": "2014-05-26",
    }
    nonce = "3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf"
    made = signed(words, "testid", "testsecret", method="GET", nonce=nonce)
    assert made["Signature"] == "OLeaidS1JvxuMvnyHOwuJ+uX5qY="


def test_what_goes_out(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/", method="POST").respond_with_json(
        {"Code": "OK", "Message": "OK", "RequestId": "r", "BizId": "9006^0"}
    )
    outcome = channel(httpserver).send(LETTER)
    assert (outcome.result, outcome.reference, outcome.trouble) == (Result.SENT, "9006^0", None)
    sent = form(httpserver)
    assert {name: sent[name] for name in ("Action", "PhoneNumbers", "SignName", "TemplateCode", "OutId")} == {
        "Action": "SendSms",
        "PhoneNumbers": PHONE,
        "SignName": "柳州卫健",
        "TemplateCode": "SMS_1",
        "OutId": NUMBER,
    }
    assert json.loads(sent["TemplateParam"]) == {"name": "甲厂", "bureau": "柳北区卫生健康局"}
    repeated = signed(
        {name: value for name, value in sent.items() if name != "Signature"}, "id", SECRET, nonce="unused"
    )
    assert sent["Signature"] == repeated["Signature"]


ANSWERS = {
    "taken": (200, "OK", Result.SENT, None),
    "no such number": (200, "isv.MOBILE_NUMBER_ILLEGAL", Result.REFUSED, None),
    "this number had enough": (200, "isv.BUSINESS_LIMIT_CONTROL", Result.NOT_TAKEN, None),
    "no money": (200, "isv.AMOUNT_NOT_ENOUGH", Result.NOT_TAKEN, "E1533"),
    "signature not approved": (200, "isv.SMS_SIGNATURE_ILLEGAL", Result.NOT_TAKEN, "E1533"),
    "wrong key": (404, "InvalidAccessKeyId.NotFound", Result.NOT_TAKEN, "E1533"),
    "it does not know itself": (200, "isp.SYSTEM_ERROR", Result.UNKNOWN, None),
    "500": (500, "OK", Result.UNKNOWN, "E1532"),
    "503": (503, "ServiceUnavailable", Result.NOT_TAKEN, "E1532"),
}


@pytest.mark.parametrize(("status", "code", "result", "trouble"), ANSWERS.values(), ids=ANSWERS)
def test_answers(httpserver: HTTPServer, status: int, code: str, result: Result, trouble: str | None) -> None:
    httpserver.expect_request("/").respond_with_json({"Code": code}, status=status)
    outcome = channel(httpserver).send(LETTER)
    assert (outcome.result, outcome.trouble) == (result, trouble)


@pytest.mark.parametrize("body", ["", "<html>", "[]", '"OK"'])
def test_no_answer_of_a_gateway_is_unknown(httpserver: HTTPServer, body: str) -> None:
    httpserver.expect_request("/").respond_with_data(body)
    assert channel(httpserver).send(LETTER).result is Result.UNKNOWN


def test_silence_after_the_hand_over_is_unknown(httpserver: HTTPServer) -> None:
    heard, done = Event(), Event()

    def slow(_: Request) -> Response:
        heard.wait(2)
        done.set()
        return Response("{}")

    httpserver.expect_request("/").respond_with_handler(slow)
    outcome = channel(httpserver, timeout=0.2).send(LETTER)
    heard.set()
    assert done.wait(2)
    assert (outcome.result, outcome.trouble) == (Result.UNKNOWN, "E1532")


def test_nobody_there_is_not_taken(httpserver: HTTPServer) -> None:
    nowhere = channel(httpserver, endpoint=f"http://127.0.0.1:{free_port()}/")
    assert nowhere.send(LETTER).result is Result.NOT_TAKEN


@pytest.mark.parametrize("addressee", ["0772-3825621", "1387720123", "138772012345", "not a number", ""])
def test_only_mobile_numbers_are_tried(httpserver: HTTPServer, addressee: str) -> None:
    assert channel(httpserver).send(replace(LETTER, addressee=addressee)).result is Result.REFUSED
    assert httpserver.log == []


def details(*numbers: str) -> dict[str, object]:
    lines = [{"OutId": number, "PhoneNum": PHONE, "SendStatus": 3} for number in numbers]
    return {"Code": "OK", "TotalCount": len(lines), "SmsSendDetailDTOs": {"SmsSendDetailDTO": lines}}


class TestAsking:
    def test_by_our_number_on_the_day_it_went(self, httpserver: HTTPServer) -> None:
        httpserver.expect_request("/").respond_with_json(details("another", NUMBER))
        assert channel(httpserver).has_sent(LETTER) is True
        asked = form(httpserver)
        assert (asked["Action"], asked["PhoneNumber"], asked["SendDate"]) == (
            "QuerySendDetails",
            PHONE,
            "20240808",
        )

    def test_on_any_page(self, httpserver: HTTPServer) -> None:
        pages = {"1": details(*(f"other-{at}" for at in range(50))), "2": details(NUMBER)}

        def page(request: Request) -> Response:
            return Response(json.dumps(pages[request.form["CurrentPage"]]))

        httpserver.expect_request("/").respond_with_handler(page)
        assert channel(httpserver).has_sent(LETTER) is True

    def test_not_there_long_after_is_a_no(self, httpserver: HTTPServer) -> None:
        httpserver.expect_request("/").respond_with_json(details("another"))
        assert channel(httpserver).has_sent(LETTER) is False

    def test_not_there_yet_is_no_answer(self, httpserver: HTTPServer) -> None:
        httpserver.expect_request("/").respond_with_json(details())
        just_now = replace(LETTER, tried=now() - SETTLED + timedelta(minutes=1))
        assert channel(httpserver).has_sent(just_now) is None

    @pytest.mark.parametrize(
        ("status", "body"), [(500, "{}"), (200, '{"Code": "isp.SYSTEM_ERROR"}'), (200, "?")]
    )
    def test_a_gateway_in_trouble_is_no_answer(self, httpserver: HTTPServer, status: int, body: str) -> None:
        httpserver.expect_request("/").respond_with_data(body, status=status)
        assert channel(httpserver).has_sent(LETTER) is None


def test_no_number_and_no_key_in_logs_and_answers(
    httpserver: HTTPServer, caplog: pytest.LogCaptureFixture
) -> None:
    httpserver.expect_request("/").respond_with_json({"Code": "isv.MOBILE_NUMBER_ILLEGAL", "Message": PHONE})
    with caplog.at_level(logging.DEBUG):
        outcomes = [channel(httpserver).send(LETTER)]
        outcomes.append(channel(httpserver, endpoint=f"http://127.0.0.1:{free_port()}/").send(LETTER))
    ours = [record.getMessage() for record in caplog.records if record.name != "werkzeug"]
    assert not any(PHONE in line or SECRET in line for line in ours)
    assert not any(PHONE in outcome.reason for outcome in outcomes)


def test_out_id() -> None:
    assert out_id(LETTER.message_id) == NUMBER
