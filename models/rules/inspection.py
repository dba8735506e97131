"""Declared beside found, field by field, and what the unit is asked to do about it (C16)."""

from collections.abc import Mapping
from typing import NamedTuple

from models.errors import RuleRefused
from models.fieldwork import Prompt
from models.rules.hazards import read_hazards
from models.rules.headcount import read_headcount
from models.rules.industry import Industries, read_industry
from models.rules.notice_rows import comparable, parted

FIELDS = {"industry": "行业", "headcount": "劳动者人数", "hazards": "危害因素"}
NOTHING = "无"
NO_HAZARDS = frozenset([NOTHING, "无危害因素", "没有"])
NOTHING_FOUND, UNREAD = "E1586", "E1587"
# another industry or other hazards come of other techniques or materials (申报办法 art. 8); heads are told once a year
CHANGES = frozenset(["industry", "hazards"])


class Item(NamedTuple):
    field: str
    declared: str | None
    found: str
    differs: bool


def read_found(cells: Mapping[str, str | None], industries: Industries) -> dict[str, str]:
    """What was looked at, in normal form."""
    found = {}
    for field, title in FIELDS.items():
        text = (cells.get(field) or "").strip()
        if not text:
            continue
        value = _read(field, text, industries)
        if value is None:
            raise RuleRefused(UNREAD, f"“实际{title.removeprefix('劳动者')}”写的“{text}”看不明白。")
        found[field] = value
    if not found:
        raise RuleRefused(NOTHING_FOUND, "行业、人数、危害因素一项也没有填，不知道核对了什么。")
    return found


def _read(field: str, text: str, industries: Industries) -> str | None:
    if field == "industry":
        return read_industry(text, None, industries).value
    if field == "headcount":
        count = read_headcount(text).value
        return None if count is None else str(count)
    return NOTHING if text in NO_HAZARDS else read_hazards(text).value


def compare(declared: Mapping[str, str | None] | None, found: Mapping[str, str]) -> list[Item]:
    """`declared` None: no declaration stood on the day, so nothing can differ from it."""
    if declared is None:
        return [Item(field, None, value, False) for field, value in found.items()]
    return [
        Item(field, declared.get(field), value, _differs(field, declared.get(field), value))
        for field, value in found.items()
    ]


def prompt_of(items: list[Item]) -> Prompt | None:
    """What is asked of the unit; its declaration is right where nothing differs."""
    wrong = {item.field for item in items if item.differs}
    if not wrong:
        return None
    return Prompt.CHANGE if wrong & CHANGES else Prompt.YEARLY


def _differs(field: str, declared: str | None, found: str) -> bool:
    if field == "hazards":
        return _factors(declared) != _factors(found)
    if not declared:
        return True
    if field == "industry":  # the one may say more exactly what the other says
        return not (found.startswith(declared) or declared.startswith(found))
    return declared != found


def _factors(text: str | None) -> frozenset[str]:
    return frozenset(comparable(name) for name in parted(text or "") if name not in NO_HAZARDS)
