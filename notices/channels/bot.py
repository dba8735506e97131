"""Group robots of 企业微信, 钉钉 and 飞书; whatever else apprise can reach goes through apprise itself.

An address holds a secret: it stands in no log, no error and no answer.
"""

import logging
from dataclasses import dataclass

import requests

from models.rules.routes import robot_name
from notices.channels.channel import Letter, Outcome, Result
from notices.channels.http_gateway import document_of, never_left
from notices.channels.robots import ROBOTS, Robot, Secrets

TOO_MANY = frozenset({429, 503})
CUT = "\n……（余下从略，全文请向市级索取）"
# Both write addresses into their lines. Filters, because whoever configures logging later (Prefect does) switches
# loggers on again and leaves filters alone.
logging.getLogger("urllib3.connectionpool").addFilter(lambda record: record.levelno > logging.DEBUG)
logging.getLogger("apprise").addFilter(lambda _: False)


@dataclass(frozen=True)
class BotChannel:
    """`gateway` stands in for the makers' hosts where the machine reaches them through a relay only."""

    gateway: str | None = None
    timeout: float = 30

    def send(self, letter: Letter) -> Outcome:
        text = f"{letter.subject}\n\n{letter.body}"
        for robot in ROBOTS:
            if secrets := robot.secrets(letter.addressee):
                return self._post(robot, secrets, text)
        if robot_name(letter.addressee) in {robot.name for robot in ROBOTS}:
            # not through apprise: it would call every answer of these makers a success
            return Outcome(Result.REFUSED, "群机器人的地址写得不对")
        return _through_apprise(letter)

    def has_sent(self, letter: Letter) -> None:  # noqa: ARG002
        """A robot cannot be asked afterwards."""
        return

    def _post(self, robot: Robot, secrets: Secrets, text: str) -> Outcome:
        url = (self.gateway or robot.host).rstrip("/") + robot.path(secrets)
        payload = robot.payload(cut(text, robot.longest), secrets)
        try:
            reply = requests.post(url, json=payload, timeout=self.timeout, allow_redirects=False)
        except requests.RequestException as trouble:
            return _not_answered(robot, trouble)
        return _answered(robot, reply, secrets)


def cut(text: str, longest: int) -> str:
    """At most `longest` bytes, whole characters, and said when something is missing."""
    if len(text.encode()) <= longest:
        return text
    room = longest - len(CUT.encode())
    return text.encode()[:room].decode("utf-8", "ignore") + CUT


def _not_answered(robot: Robot, trouble: requests.RequestException) -> Outcome:
    if never_left(trouble):
        return Outcome(Result.NOT_TAKEN, f"连不上{robot.name}：{type(trouble).__name__}")
    return Outcome(
        Result.UNKNOWN, f"已交给{robot.name}，没有等到答复（{type(trouble).__name__}），是否收到不明"
    )


def _answered(robot: Robot, reply: requests.Response, secrets: Secrets) -> Outcome:
    if reply.status_code in TOO_MANY:
        return Outcome(Result.NOT_TAKEN, f"{robot.name}答 HTTP {reply.status_code}，稍后再试")
    if 300 <= reply.status_code < 500:
        return Outcome(Result.REFUSED, f"{robot.name}答 HTTP {reply.status_code}")
    document = document_of(reply)
    code = document.get(robot.code)
    if reply.status_code != requests.codes.ok or not isinstance(code, int):
        return Outcome(Result.UNKNOWN, f"{robot.name}的答复看不懂（HTTP {reply.status_code}），是否收到不明")
    said = _without(secrets, f"{robot.name}答 {code} {document.get(robot.text) or ''}".strip())
    if code == 0:
        return Outcome(Result.SENT, said)
    return Outcome(Result.NOT_TAKEN if code in robot.busy else Result.REFUSED, said)


def _without(secrets: Secrets, text: str) -> str:
    for secret in secrets.values():
        text = text.replace(secret, "***") if secret else text
    return text


def _through_apprise(letter: Letter) -> Outcome:
    # here, because it loads more than a hundred services
    from apprise import Apprise

    service = Apprise.instantiate(letter.addressee, suppress_exceptions=True)
    if service is None:
        return Outcome(Result.REFUSED, "看不懂这个群机器人的地址")
    if service.notify(title=letter.subject, body=letter.body):
        return Outcome(Result.SENT, "apprise 报告成功")
    return Outcome(Result.UNKNOWN, "apprise 报告失败，没有说原因，是否收到不明")
