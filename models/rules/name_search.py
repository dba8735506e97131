"""What a fragment of a name may stand for (F06): the words as they are, without the region, or an abbreviation.

柳钢 is 柳州 + 钢铁: the first character of the place, and the first of what the name says after it.
"""

import re
from dataclasses import dataclass

from models.errors import UsageTrouble
from models.rules.company_name import NameForms, name_key
from models.rules.region import Gazetteer

LEAST = 2
CODE = re.compile(r"[0-9A-Z]{8,18}")


@dataclass(frozen=True)
class Fragment:
    """Patterns for LIKE, all of normal names (`name_key`)."""

    key: str
    bare: str  # without 广西柳州市
    inside: str
    bare_inside: str
    loose: str  # its characters in their order, whatever stands between
    near: str  # the same as a pattern for the shortest such stretch
    begins: str  # a name that begins, after the province, with the first character
    core_begins: str  # and whose own part begins with the next
    code: str | None

    @classmethod
    def of(cls, said: str, gazetteer: Gazetteer) -> "Fragment":
        key = name_key(said)
        if len(key) < LEAST:
            raise UsageTrouble("E1709", f"“{said}”太短，请至少写{LEAST}个字。")
        bare = re.sub(NameForms.of(gazetteer).prefix, "", key, count=1)
        province = gazetteer.province_name
        return cls(
            key=key,
            bare=bare if len(bare) >= LEAST else key,
            inside=f"%{_plain(key)}%",
            bare_inside=f"%{_plain(bare if len(bare) >= LEAST else key)}%",
            loose=f"%{_spaced(key)}%",
            near=".*?".join(map(re.escape, key)),
            begins=f"^(?:{province}|{province[:2]})?{re.escape(key[0])}",
            core_begins=f"{_spaced(key[1:])}%",
            code=f"{key}%" if CODE.fullmatch(key) else None,
        )


def address_prefix(gazetteer: Gazetteer) -> str:
    """广西柳州市 in front of every address tells nobody anything."""
    province = gazetteer.province_name
    return f"^(?:{province}|{province[:2]})?(?:{gazetteer.city_name})?"


def _plain(words: str) -> str:
    """Without a meaning for LIKE."""
    return re.sub(r"([%_\\])", r"\\\1", words)


def _spaced(words: str) -> str:
    return "%".join(map(_plain, words))
