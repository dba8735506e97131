"""Receipts as the SMS gateway posts them: a JSON array, told again until it is thanked (notes on channels)."""

import json
from datetime import datetime
from typing import Any, NamedTuple

from models.clock import SHANGHAI
from models.errors import InputRefused

# what carriers say of a number that nobody has; the rest may work another day
INVALID = (
    "MOBILE_NOT_ON_SERVICE",
    "MOBILE_NOT_EXIST",
    "MOBILE_ACCOUNT_ABNORMAL",
    "PHONE_NUMBER_ILLEGAL",
    "isv.MOBILE_NUMBER_ILLEGAL",
    "MK:0001",
    "MK:0012",
    "MN:0001",
    "DB:0107",
    "空号",
)
# the owner wants no more of them
BLOCKED = ("MOBILE_IN_BLACK", "BLACK_CONTROL", "UNSUBSCRIBED", "退订")
# answers of a gateway or a mail server that speak of the address itself
BAD_ADDRESS = r"isv\.MOBILE_NUMBER_ILLEGAL|不是手机号码|不是邮件地址|\m5\.1\.[0-9]+"


ASKED = "查询"


class Receipts(NamedTuple):
    """`foreign`: lines without our number: from another system on the same account."""

    rows: list[dict[str, Any]]
    foreign: int


def read_receipts(content: str) -> Receipts:
    """The telephone number in a line is not kept: our own number says who it was."""
    try:
        document = json.loads(content)
    except ValueError:
        raise InputRefused("E1557", "回执不是 JSON，请用短信平台推送的原文。") from None
    lines = document if isinstance(document, list) else [document]
    if not all(isinstance(line, dict) for line in lines):
        raise InputRefused("E1557", "回执应是一列 JSON 对象，请用短信平台推送的原文。")
    rows = [_row(line) for line in lines if line.get("out_id") and line.get("biz_id")]
    unique = {(row["out_id"], row["biz_id"]): row for row in reversed(rows)}
    return Receipts(list(reversed(unique.values())), len(lines) - len(rows))


def asked_receipt(
    out_id: str, reference: str | None, arrived: bool, code: str | None, told: str | None
) -> dict[str, Any]:
    """The same receipt asked for. `reference`: the gateway's number of it, so that it is known again when posted."""
    return {
        "out_id": out_id,
        "biz_id": reference or ASKED,
        "success": arrived,
        "err_code": code,
        "err_msg": None,
        "reported_at": _moment(told),
    }


def _row(line: dict[str, Any]) -> dict[str, Any]:
    return {
        "out_id": str(line["out_id"]),
        "biz_id": str(line["biz_id"]),
        "success": line.get("success") in (True, "true", "True"),
        "err_code": _text(line.get("err_code")),
        "err_msg": _text(line.get("err_msg")),
        "reported_at": _moment(line.get("report_time")),
    }


def _text(value: Any) -> str | None:
    return str(value) if value not in (None, "") else None


def _moment(value: Any) -> datetime | None:
    """The gateway writes Beijing time without saying so."""
    try:
        return datetime.fromisoformat(str(value)).replace(tzinfo=SHANGHAI)
    except ValueError:
        return None
