"""What is needed of a contact so that a reminder can reach somebody (C31)."""

import re
import unicodedata
from typing import NamedTuple

from models.errors import RuleRefused

MAIL = re.compile(r"[^@\s<>,;\"]+@[^@\s<>,;\"]+\.[^@\s<>,;\".]+")
ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)
NO_CONTACT = "E1291"
SHOWN = 36


class Person(NamedTuple):
    name: str
    phone: str | None = None
    mail: str | None = None
    bot: str | None = None


def read_person(name: str | None, phone: str | None, mail: str | None, bot: str | None) -> Person:
    """Tidied and checked, or refused with what is wrong."""
    person = Person(_tidy(name) or "", _tidy(phone), _tidy(mail), _tidy(bot))
    if not person.name:
        raise RuleRefused(NO_CONTACT, "联系人没有写姓名。")
    if person.mail and not MAIL.fullmatch(person.mail):
        raise RuleRefused(NO_CONTACT, f"邮箱“{person.mail}”不对，应如 zhang@example.com。")
    if person.bot and not ADDRESS.fullmatch(person.bot):
        raise RuleRefused(
            NO_CONTACT, "机器人地址不对，应为 https://… 或 wecombot://…、dingtalk://…、feishu://…。"
        )
    return person


def shown_bot(address: str | None) -> str | None:
    """A robot's address holds a secret: only its beginning is ever shown."""
    if not address:
        return None
    scheme, _, rest = address.partition("://")
    host = rest.split("/")[0] if scheme.lower().startswith("http") else ""
    return f"{scheme}://{host[:SHOWN]}…"


def _tidy(text: str | None) -> str | None:
    """Full width and stray spaces do not count."""
    return unicodedata.normalize("NFKC", text or "").strip() or None
