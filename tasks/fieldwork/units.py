"""Which unit a row is about: by its number, its code and its name together, never by a guess."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy.orm import Session

from models.errors import RuleRefused
from models.queries.unit_words import Directory, directory
from models.rules.company_name import name_key
from models.rules.fieldwork_forms import CODE, NAME, UNIT
from models.rules.fieldwork_rows import Cells
from tasks.verification.matching import code_in, number_in

NO_UNIT = "E1572"


class Asked(NamedTuple):
    """What a row says of its unit, in normal form."""

    number: int | None
    code: str | None
    name: str | None
    written: Cells

    @property
    def silent(self) -> bool:
        return not any(self.written.get(key) for key in ("unit", "name", "code"))


def asked_of(cells: Cells) -> Asked:
    code, name = cells.get("code"), cells.get("name")
    return Asked(number_in(cells.get("unit")), code_in(code), name_key(name) if name else None, cells)


def known_units_of(db: Session, rows: Sequence[Asked]) -> Directory:
    return directory(
        db,
        {row.number for row in rows if row.number is not None},
        {row.code for row in rows if row.code},
        {row.name for row in rows if row.name},
    )


def unit_of(asked: Asked, known: Directory) -> int:
    if asked.number is not None:
        return _by_number(asked.number, asked, known)
    if asked.written.get("unit"):
        raise RuleRefused(NO_UNIT, f"“{UNIT}”写的“{asked.written['unit']}”不是编号。")
    if asked.silent:
        raise RuleRefused(NO_UNIT, f"没有写是哪个单位，“{NAME}”“{CODE}”至少写一项。")
    if asked.written.get("code"):
        return _one(_by_code(asked, known), f"“{CODE}”")
    return _one(known.by_name.get(asked.name or "", []), f"“{NAME}”")


def _by_number(number: int, asked: Asked, known: Directory) -> int:
    """The number is hidden: whoever moved single columns has another unit's name or code beside it."""
    unit = known.leads.get(number)
    if unit is None or unit not in known.units:
        raise RuleRefused(NO_UNIT, f"没有编号为 {number} 的单位。")
    called = known.units[unit]
    by_code, by_name = asked.code in called.codes, asked.name == called.name_key
    others = (not by_code and asked.code in known.by_code) or (not by_name and asked.name in known.by_name)
    if others or not (by_code or by_name or (asked.code is None and asked.name is None)):
        raise RuleRefused(
            NO_UNIT,
            f"编号 {number} 是“{called.name}”，与这一行的名称、代码不是同一单位，可能只移动了部分列。",
        )
    return unit


def _by_code(asked: Asked, known: Directory) -> list[int]:
    """Branches share a code: then the name tells them apart."""
    if asked.code is None:
        raise RuleRefused(NO_UNIT, f"“{CODE}”写的“{asked.written['code']}”不完整，不能认定单位。")
    found = known.by_code.get(asked.code, [])
    named = [unit for unit in found if known.units[unit].name_key == asked.name]
    if asked.name and not named and asked.name in known.by_name:
        raise RuleRefused(NO_UNIT, "代码和名称是两个不同单位的，不能认定是哪一个。")
    return named or found


def _one(found: Sequence[int], by: str) -> int:
    if len(found) == 1:
        return found[0]
    if not found:
        raise RuleRefused(NO_UNIT, f"数据库里没有这个{by}的单位。")
    numbers = "、".join(map(str, sorted(found)[:5]))
    raise RuleRefused(NO_UNIT, f"这个{by}对应 {len(found)} 个单位，请写“{UNIT}”：{numbers}。")
