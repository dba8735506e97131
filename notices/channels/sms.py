"""SMS through an HTTP gateway in Aliyun's form: our number goes out as OutId, and by it the gateway is asked again.

The gateway has no idempotence of its own: what it may have taken is asked for, never sent again. Numbers of
telephones stand in no log, no error and no answer.
"""

import json
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import requests
from pydantic import SecretStr

from models import clock
from notices.channels.aliyun import ENDPOINT, TAKEN, is_ours, meaning, signed
from notices.channels.channel import Letter, Outcome, Result
from notices.channels.http_gateway import document_of, never_left

MOBILE = re.compile(r"1[3-9][0-9]{9}")
TOO_MANY = frozenset({429, 503})
# its list of sent messages may lag behind: before this, “not on it” proves nothing
SETTLED = timedelta(minutes=10)
PAGE = 50
FAILED, ARRIVED = "2", "3"  # SendStatus; anything else: under way
# it writes whole addresses into its debugging lines
logging.getLogger("urllib3.connectionpool").setLevel(logging.INFO)


class NoAnswer(Exception):
    """The gateway cannot be asked now; the next question would fare no better."""


class Fate(NamedTuple):
    """What became of a message that the gateway took. `told`: when the telephone got it, as the gateway writes it."""

    arrived: bool
    code: str | None
    told: str | None


@dataclass(frozen=True)
class SmsChannel:
    key_id: str
    secret: SecretStr
    signature: str
    template: str
    endpoint: str = ENDPOINT
    timeout: float = 30

    def send(self, letter: Letter) -> Outcome:
        if not MOBILE.fullmatch(letter.addressee):
            return Outcome(Result.REFUSED, "不是手机号码")
        words = {
            "Action": "SendSms",
            "PhoneNumbers": letter.addressee,
            "SignName": self.signature,
            "TemplateCode": self.template,
            "TemplateParam": json.dumps(dict(letter.blanks or {}), ensure_ascii=False),
            "OutId": out_id(letter.message_id),
        }
        try:
            reply = self._post(words)
        except requests.RequestException as trouble:
            return _not_answered(trouble)
        return _answered(reply)

    def has_sent(self, letter: Letter) -> bool | None:
        """Ask the gateway for our number among the messages of that day. None: it cannot tell, or not yet."""
        lines = self._about(letter)
        if lines is None or letter.tried is None:
            return None
        if lines:
            return True
        return False if clock.now() - letter.tried > SETTLED else None

    def fate(self, letter: Letter) -> Fate | None:
        """The receipt of a message, asked for instead of waited for. None: there is none yet."""
        lines = self._about(letter)
        if lines is None:
            raise NoAnswer
        for line in lines:
            status = str(line.get("SendStatus"))
            if status in (FAILED, ARRIVED):
                code, told = line.get("ErrCode"), line.get("ReceiveDate")
                return Fate(status == ARRIVED, str(code) if code else None, str(told) if told else None)
        return None

    def _about(self, letter: Letter) -> list[dict[str, Any]] | None:
        """The gateway's lines with our number, of the day it was tried. None: it cannot be asked."""
        if letter.tried is None:
            return None
        try:
            known = self._sent_to(letter.addressee, letter.tried)
        except requests.RequestException:
            return None
        number = out_id(letter.message_id)
        return None if known is None else [line for line in known if str(line.get("OutId")) == number]

    def _sent_to(self, number: str, moment: datetime) -> list[dict[str, Any]] | None:
        found: list[dict[str, Any]] = []
        page = 1
        while True:
            day = f"{moment.astimezone(clock.SHANGHAI):%Y%m%d}"
            words = {"Action": "QuerySendDetails", "PhoneNumber": number, "SendDate": day}
            reply = self._post(words | {"PageSize": str(PAGE), "CurrentPage": str(page)})
            document = document_of(reply)
            if document.get("Code") != TAKEN:
                return None
            lines = _lines(document)
            found += lines
            if len(lines) < PAGE:
                return found
            page += 1

    def _post(self, words: Mapping[str, str]) -> requests.Response:
        form = signed(words, self.key_id, self.secret.get_secret_value())
        return requests.post(self.endpoint, data=form, timeout=self.timeout, allow_redirects=False)


def out_id(message_id: str) -> str:
    """Our number of a message as the gateway gets it."""
    return message_id.strip("<>").partition("@")[0]


def _not_answered(trouble: requests.RequestException) -> Outcome:
    # the kind of the failure only: its text quotes the whole request
    kind = type(trouble).__name__
    if never_left(trouble):
        return Outcome(Result.NOT_TAKEN, f"连不上短信平台（{kind}）", "E1532")
    return Outcome(Result.UNKNOWN, f"已交给短信平台，没有等到答复（{kind}），是否收到不明", "E1532")


def _answered(reply: requests.Response) -> Outcome:
    document = document_of(reply)
    code = document.get("Code")
    if reply.status_code in TOO_MANY:
        return Outcome(Result.NOT_TAKEN, f"短信平台答 HTTP {reply.status_code}，稍后再试", "E1532")
    if not isinstance(code, str) or reply.status_code >= 500:
        reason = f"短信平台的答复看不懂（HTTP {reply.status_code}），是否收到不明"
        return Outcome(Result.UNKNOWN, reason, "E1532")
    said = f"短信平台答 {code}"
    reference = str(document["BizId"]) if document.get("BizId") else None
    return Outcome(meaning(code), said, "E1533" if is_ours(code) else None, reference)


def _lines(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    held = document.get("SmsSendDetailDTOs") or {}
    lines = held.get("SmsSendDetailDTO") if isinstance(held, dict) else None
    return [line for line in lines or [] if isinstance(line, dict)]
