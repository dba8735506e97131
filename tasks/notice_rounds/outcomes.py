"""What comes back of mails and SMS: receipts and bounces, each told any number of times, in any order (2.7)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from mailbox import mbox
from pathlib import Path
from typing import Any

from models.actions import notice_outcomes
from models.database import session
from models.errors import InputRefused
from models.rules.bounced_mail import read_bounce
from models.rules.sms_receipts import BAD_ADDRESS, BLOCKED, INVALID, read_receipts


@dataclass(frozen=True)
class Heard:
    """`new`: told for the first time. `foreign`: not of our messages, or no report at all."""

    new: int
    known: int
    foreign: int
    settled: int  # deliveries that changed


def read_told(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise InputRefused(
            "E1861", f"读不了 {path.name}：请给短信平台推送的回执原文（UTF-8 的 JSON）。"
        ) from None


def take_receipts(content: str) -> Heard:
    """Receipts of messages whose answer has not come yet are kept as well, and count when it has."""
    given = read_receipts(content)
    return keep_receipts(given.rows, given.foreign)


def keep_receipts(told: Sequence[dict[str, Any]], foreign: int = 0) -> Heard:
    """Those of other systems on the same account are counted and not kept."""
    with session() as db:
        ours = notice_outcomes.known_numbers(db, [row["out_id"] for row in told])
        rows = [row for row in told if row["out_id"] in ours]
        new = notice_outcomes.keep_receipts(db, rows)
        settled = notice_outcomes.settle(db, invalid=INVALID, bad_address=BAD_ADDRESS)
        notice_outcomes.block_numbers(db, new, invalid=INVALID, blocked=BLOCKED)
    return Heard(len(new), len(rows) - len(new), foreign + len(told) - len(rows), settled)


def take_bounces(path: Path) -> Heard:
    """Every mail of a file (.eml, mbox) or a folder of them; others than reports of our own mails are passed over."""
    if not path.exists():
        raise InputRefused("E1568", f"没有这个文件或文件夹：{path}。")
    lines, foreign = list[dict[str, Any]](), 0
    for content in _mails(path):
        found = read_bounce(content)
        foreign += not found
        lines += [line | {"file_sha256": sha256(content).hexdigest()} for line in found]
    with session() as db:
        ours = notice_outcomes.known_messages(db, [line["message_id"] for line in lines])
        kept = _once(line for line in lines if line["message_id"] in ours)
        new = notice_outcomes.keep_bounces(db, kept)
        settled = notice_outcomes.settle(db, invalid=INVALID, bad_address=BAD_ADDRESS)
    return Heard(new, len(kept) - new, foreign + len({line["message_id"] for line in lines} - ours), settled)


def settle_messages(messages: Sequence[int] | None = None) -> int:
    """After a run of the outbox: the deliveries behind `messages` follow, or all."""
    with session() as db:
        return notice_outcomes.settle(db, invalid=INVALID, bad_address=BAD_ADDRESS, messages=messages)


def _once(lines: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return list({(line["message_id"], line["action"], line["status"]): line for line in lines}.values())


def _mails(path: Path) -> Iterable[bytes]:
    if path.is_dir():
        for one in sorted(path.rglob("*.eml")):
            yield one.read_bytes()
    elif path.suffix.lower() == ".eml":
        yield path.read_bytes()
    else:
        box = mbox(path, create=False)
        try:
            yield from (message.as_bytes() for message in box)
        finally:
            box.close()
