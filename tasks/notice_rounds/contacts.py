"""Addresses for notices, and whoever wants none (2.7)."""

import csv
import re
from pathlib import Path

from models.actions.notice_contacts import allow_contact, refuse_contact, set_address
from models.database import writing
from models.errors import InputRefused, RuleRefused, YingbaoError

MAIL = re.compile(r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
MOBILE = re.compile(r"1[3-9][0-9]{9}")
FORMS = {"mail": (MAIL, "邮箱"), "sms": (MOBILE, "手机号码")}


def name_address(unit: int, channel: str, address: str, *, by: str) -> bool:
    """False: it was known. The address itself is not repeated in a refusal."""
    form, word = FORMS[channel]
    if not form.fullmatch(address.strip()):
        raise RuleRefused("E1548", f"单位 {unit} 的{word}写法不对。")
    with writing() as db:
        return set_address(db, unit, channel, address.strip(), by=by)


def import_addresses(path: Path, channel: str, *, by: str) -> list[tuple[int, str, str | None]]:
    """A CSV of unit number and address: line, what became of it, and the code of a refusal."""
    lines = list[tuple[int, str, str | None]]()
    for at, row in enumerate(_rows(path), start=1):
        if len(row) < 2 or not row[0].strip().isdigit():
            continue
        try:
            new = name_address(int(row[0]), channel, row[1], by=by)
            lines.append((at, "已登记" if new else "没有变动", None))
        except YingbaoError as refused:
            lines.append((at, refused.message, refused.code))
    return lines


def refuse(unit: int, channel: str | None, *, by: str, reason: str) -> bool:
    with writing() as db:
        return refuse_contact(db, unit, channel, by=by, reason=reason)


def allow(unit: int, channel: str | None, *, by: str, reason: str) -> int:
    with writing() as db:
        return allow_contact(db, unit, channel, by=by, reason=reason)


def _rows(path: Path) -> list[list[str]]:
    try:
        return list(csv.reader(path.read_text("utf-8-sig").splitlines()))
    except (OSError, UnicodeDecodeError):
        raise InputRefused(
            "E1549", f"读不了 {path.name}：请用 UTF-8 的 CSV，两列：单位编号、地址。"
        ) from None
