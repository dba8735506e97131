"""Group robots against a real HTTP server: what each maker's answers mean, and no secret anywhere."""

import base64
import logging
import logging.config
import socket
import time
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from hmac import new
from urllib.parse import parse_qs

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from models.clock import SHANGHAI
from notices.channels.bot import BotChannel, cut
from notices.channels.channel import Letter, Outcome, Result
from notices.channels.robots import ROBOTS
from tests.mail_server import deaf_server, free_port

SECRET = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
SIGNED = "SEC77aa"
WECOM = f"wecombot://{SECRET}"
DINGTALK = f"dingtalk://{SIGNED}@{SECRET}"
FEISHU = f"https://open.feishu.cn/open-apis/bot/v2/hook/{SECRET}?secret={SIGNED}"
LETTER = Letter(
    "<1@x>",
    "450205",
    WECOM,
    "【催办】信息核对",
    "柳北区：还差 3 条。",
    datetime(2024, 8, 8, 8, 30, tzinfo=SHANGHAI),
)


def send(server: HTTPServer, address: str = WECOM, timeout: float = 1) -> Outcome:
    return BotChannel(server.url_for(""), timeout).send(replace(LETTER, addressee=address))


@pytest.mark.parametrize(
    ("address", "path", "said"),
    [
        (WECOM, "/cgi-bin/webhook/send", "text.content"),
        (
            f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={SECRET}",
            "/cgi-bin/webhook/send",
            "text.content",
        ),
        (f"dingtalk://{SECRET}/", "/robot/send", "text.content"),
        (f"https://oapi.dingtalk.com/robot/send?access_token={SECRET}", "/robot/send", "text.content"),
        (FEISHU, f"/open-apis/bot/v2/hook/{SECRET}", "content.text"),
        (f"feishu://{SECRET}", f"/open-apis/bot/v2/hook/{SECRET}", "content.text"),
    ],
    ids=["wecombot", "wecom's own", "dingtalk", "dingtalk's own", "feishu's own", "feishu"],
)
def test_each_maker_gets_its_form(httpserver: HTTPServer, address: str, path: str, said: str) -> None:
    httpserver.expect_request(path, method="POST").respond_with_json({"errcode": 0, "code": 0})
    assert send(httpserver, address).result is Result.SENT
    ((request, _),) = httpserver.log
    text = request.get_json()
    for part in said.split("."):
        text = text[part]
    assert text == "【催办】信息核对\n\n柳北区：还差 3 条。"
    assert SECRET in request.url


def test_dingtalk_is_signed_as_its_maker_wants(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/robot/send").respond_with_json({"errcode": 0})
    assert send(httpserver, DINGTALK).result is Result.SENT
    query = parse_qs(httpserver.log[0][0].query_string.decode())
    (moment,), (sign,) = query["timestamp"], query["sign"]
    assert _base64(new(SIGNED.encode(), f"{moment}\n{SIGNED}".encode(), sha256).digest()) == sign
    assert abs(int(moment) / 1000 - time.time()) < 60


def test_feishu_is_signed_as_its_maker_wants(httpserver: HTTPServer) -> None:
    httpserver.expect_request(f"/open-apis/bot/v2/hook/{SECRET}").respond_with_json({"code": 0})
    assert send(httpserver, FEISHU).result is Result.SENT
    document = httpserver.log[0][0].get_json()
    expected = new(f"{document['timestamp']}\n{SIGNED}".encode(), b"", sha256).digest()
    assert document["sign"] == _base64(expected)


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()


@pytest.mark.parametrize(
    ("address", "status", "answer", "result"),
    [
        pytest.param(WECOM, 200, '{"errcode":0,"errmsg":"ok"}', Result.SENT, id="wecom ok"),
        pytest.param(
            WECOM, 200, '{"errcode":93000,"errmsg":"invalid webhook url"}', Result.REFUSED, id="wecom no"
        ),
        pytest.param(WECOM, 200, '{"errcode":45009,"errmsg":"freq"}', Result.NOT_TAKEN, id="wecom too fast"),
        pytest.param(
            DINGTALK, 200, '{"errcode":310000,"errmsg":"sign not match"}', Result.REFUSED, id="dingtalk no"
        ),
        pytest.param(
            DINGTALK, 200, '{"errcode":130101,"errmsg":"x"}', Result.NOT_TAKEN, id="dingtalk too fast"
        ),
        pytest.param(FEISHU, 200, '{"code":19021,"msg":"sign match fail"}', Result.REFUSED, id="feishu no"),
        pytest.param(FEISHU, 200, '{"code":11232,"msg":"limited"}', Result.NOT_TAKEN, id="feishu too fast"),
        pytest.param(WECOM, 404, "nothing here", Result.REFUSED, id="404"),
        pytest.param(WECOM, 302, "", Result.REFUSED, id="a log-in page of the gateway"),
        pytest.param(WECOM, 429, "", Result.NOT_TAKEN, id="429"),
        pytest.param(WECOM, 503, "", Result.NOT_TAKEN, id="503"),
        pytest.param(WECOM, 502, "", Result.UNKNOWN, id="502 of a relay"),
        pytest.param(WECOM, 200, "<html>ok</html>", Result.UNKNOWN, id="no document"),
        pytest.param(WECOM, 200, "[]", Result.UNKNOWN, id="no answer in it"),
    ],
)
def test_answers(httpserver: HTTPServer, address: str, status: int, answer: str, result: Result) -> None:
    httpserver.expect_request(_path(address)).respond_with_data(answer, status=status)
    assert send(httpserver, address).result is result


def _path(address: str) -> str:
    robot = next(robot for robot in ROBOTS if robot.secrets(address))
    return robot.path(robot.secrets(address) or {}).partition("?")[0]


def test_nobody_listens() -> None:
    outcome = BotChannel(f"http://127.0.0.1:{free_port()}").send(LETTER)
    assert outcome.result is Result.NOT_TAKEN
    assert SECRET not in outcome.reason


def test_taken_and_never_answered() -> None:
    with deaf_server() as port:
        outcome = BotChannel(f"http://127.0.0.1:{port}", timeout=0.2).send(LETTER)
    assert outcome.result is Result.UNKNOWN
    assert SECRET not in outcome.reason


def test_hung_up_after_the_request(httpserver: HTTPServer) -> None:
    def hang_up(request: Request) -> Response:
        request.environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
        return Response("")

    httpserver.expect_request("/cgi-bin/webhook/send").respond_with_handler(hang_up)
    assert send(httpserver).result is Result.UNKNOWN
    # the server writes its log after the socket is gone: not into the next test's
    until = time.monotonic() + 2
    while not httpserver.log and time.monotonic() < until:
        time.sleep(0.01)


def test_no_secret_in_logs_and_answers(httpserver: HTTPServer, caplog: pytest.LogCaptureFixture) -> None:
    """Even when everything logs everything, logging was set up anew, and the maker repeats our key in its answer."""
    logging.config.dictConfig({"version": 1, "disable_existing_loggers": False})
    httpserver.expect_request("/cgi-bin/webhook/send").respond_with_json(
        {"errcode": 93000, "errmsg": f"invalid webhook key {SECRET}"}
    )
    with caplog.at_level(logging.DEBUG):
        outcomes = [
            send(httpserver),
            send(httpserver, f"wecombot://{SECRET}!!"),
            send(httpserver, f"lark:{SECRET}"),
        ]
    assert [outcome.result for outcome in outcomes] == [Result.REFUSED] * 3
    ours = [record.getMessage() for record in caplog.records if record.name != "werkzeug"]
    assert not any(SECRET in line for line in ours)
    assert len(httpserver.log) == 1
    assert all(SECRET not in outcome.reason for outcome in outcomes)


@pytest.mark.parametrize(("status", "result"), [(200, Result.SENT), (500, Result.UNKNOWN)])
def test_other_services_go_through_apprise(httpserver: HTTPServer, status: int, result: Result) -> None:
    httpserver.expect_request("/hook", method="POST").respond_with_data("", status=status)
    assert send(httpserver, f"json://127.0.0.1:{httpserver.port}/hook").result is result
    assert httpserver.log[0][0].get_json()["title"] == "【催办】信息核对"


@pytest.mark.parametrize("longest", [60, 61, 62, 63])
def test_cut_keeps_whole_characters(longest: int) -> None:
    text = cut("柳" * 100, longest)
    assert len(text.encode()) <= longest
    assert text.startswith("柳")
    assert "从略" in text
    assert cut("柳" * 10, 30) == "柳" * 10
