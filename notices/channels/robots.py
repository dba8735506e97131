"""The three makers of group robots: their addresses, what they want to hear, and how they say no.

Addresses are apprise's (`wecombot://key`) or the maker's own as copied from its page. apprise itself takes every
HTTP 200 for a success, though all three say no with 200 and a code, and it signs 钉钉's requests wrongly.
"""

import base64
import hmac
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

Secrets = Mapping[str, str | None]


@dataclass(frozen=True)
class Robot:
    """`busy`: the codes for “not now”. Any other code but 0 is a refusal."""

    name: str
    addresses: tuple[re.Pattern[str], ...]
    host: str
    path: Callable[[Secrets], str]
    payload: Callable[[str, Secrets], dict[str, Any]]
    code: str
    text: str
    busy: frozenset[int]
    longest: int  # bytes of text

    def secrets(self, address: str) -> Secrets | None:
        """What `address` holds, if it is one of this maker's."""
        found = (pattern.fullmatch(address) for pattern in self.addresses)
        return next((match.groupdict() for match in found if match), None)


def _pattern(*forms: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(form, re.IGNORECASE) for form in forms)


def _signature(key: str, content: str) -> str:
    return base64.b64encode(hmac.new(key.encode(), content.encode(), sha256).digest()).decode()


def _dingtalk_path(secrets: Secrets) -> str:
    query = {"access_token": secrets["key"]}
    if secret := secrets["secret"]:
        moment = str(round(time.time() * 1000))
        query |= {"timestamp": moment, "sign": _signature(secret, f"{moment}\n{secret}")}
    return f"/robot/send?{urlencode(query)}"


def _feishu_payload(text: str, secrets: Secrets) -> dict[str, Any]:
    payload: dict[str, Any] = {"msg_type": "text", "content": {"text": text}}
    if secret := secrets["secret"]:
        moment = str(int(time.time()))
        # this maker signs nothing with "moment and secret" as the key
        payload |= {"timestamp": moment, "sign": _signature(f"{moment}\n{secret}", "")}
    return payload


def _text_payload(text: str, _: Secrets) -> dict[str, Any]:
    return {"msgtype": "text", "text": {"content": text}}


ROBOTS = (
    Robot(
        name="企业微信",
        addresses=_pattern(
            r"wecombot://(?P<key>[\w-]+)/?",
            r"https://qyapi\.weixin\.qq\.com/cgi-bin/webhook/send\?key=(?P<key>[\w-]+)",
        ),
        host="https://qyapi.weixin.qq.com",
        path=lambda secrets: f"/cgi-bin/webhook/send?key={secrets['key']}",
        payload=_text_payload,
        code="errcode",
        text="errmsg",
        busy=frozenset({-1, 45009, 45033}),
        longest=2048,
    ),
    Robot(
        name="钉钉",
        addresses=_pattern(
            r"dingtalk://(?:(?P<secret>\w+)@)?(?P<key>\w+)/?",
            r"https://oapi\.dingtalk\.com/robot/send\?access_token=(?P<key>\w+)(?:&secret=(?P<secret>\w+))?",
        ),
        host="https://oapi.dingtalk.com",
        path=_dingtalk_path,
        payload=_text_payload,
        code="errcode",
        text="errmsg",
        busy=frozenset({-1, 130101, 130102, 410100, 660026}),
        longest=15000,
    ),
    Robot(
        name="飞书",
        addresses=_pattern(
            r"feishu://(?:(?P<secret>[\w-]+)@)?(?P<key>[\w-]+)/?",
            r"https://open\.feishu\.cn/open-apis/bot/v2/hook/(?P<key>[\w-]+)/?(?:[?&]secret=(?P<secret>[\w-]+))?",
        ),
        host="https://open.feishu.cn",
        path=lambda secrets: f"/open-apis/bot/v2/hook/{secrets['key']}",
        payload=_feishu_payload,
        code="code",
        text="msg",
        busy=frozenset({9499, 11232}),
        longest=15000,
    ),
)
