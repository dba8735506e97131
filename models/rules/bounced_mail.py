"""Mails that come back: the machine-readable part of a delivery report (RFC 3464), matched by our Message-ID."""

import re
from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import Any

DELIVERY_STATUS = "message/delivery-status"
RETURNED = ("message/rfc822", "message/rfc822-headers", "text/rfc822-headers")
STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
MESSAGE_ID = re.compile(r"<[^<>\s]+@[^<>\s]+>")
LONGEST = 300


def read_bounce(content: bytes) -> list[dict[str, Any]]:
    """One line per mail and addressee that the report speaks of; nothing for any other mail."""
    # the old policy reads whatever strangers send; the newer one stumbles over broken headers
    report = message_from_bytes(content)
    number = _ours(report)
    if number is None:
        return []
    moment = _moment(report)
    found = [
        {
            "message_id": number,
            "action": action,
            "status": _status(fields),
            "diagnostic": _diagnostic(fields),
            "reported_at": moment,
        }
        for fields in _recipients(report)
        if (action := str(fields.get("Action", "")).strip().lower())
    ]
    # one mail of ours has one addressee: a report that repeats itself is one
    return list({(line["action"], line["status"]): line for line in found}.values())


def _recipients(report: Message) -> Iterator[Any]:
    for part in report.walk():
        if part.get_content_type() == DELIVERY_STATUS:
            groups = part.get_payload()
            yield from (group for group in groups if "Action" in group) if isinstance(groups, list) else ()


def _ours(report: Message) -> str | None:
    """The Message-ID of the mail that came back: from its returned part, else as the report refers to it."""
    for part in report.walk():
        if part.get_content_type() in RETURNED:
            inner = part.get_payload()
            text = "\n".join(map(str, inner)) if isinstance(inner, list) else _text(part)
            if found := re.search(r"(?im)^message-id:\s*(<[^<>\s]+>)", text):
                return found[1]
    for header in ("In-Reply-To", "References", "X-Failed-Message-ID"):
        if found := MESSAGE_ID.search(str(report.get(header, ""))):
            return found[0]
    return None


def _text(part: Message) -> str:
    content = part.get_payload(decode=True)
    return content.decode("utf-8", "replace") if isinstance(content, bytes) else ""


def _status(fields: Any) -> str:
    found = STATUS.search(f"{fields.get('Status', '')} {fields.get('Diagnostic-Code', '')}")
    return found[1] if found else "0.0.0"


def _diagnostic(fields: Any) -> str | None:
    return " ".join(str(fields.get("Diagnostic-Code", "")).split())[:LONGEST] or None


def _moment(report: Message) -> datetime | None:
    try:
        return parsedate_to_datetime(str(report["Date"]))
    except (TypeError, ValueError):
        return None
