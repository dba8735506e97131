"""Which unit a returned row is about: by its hidden number and its code or name together (C25)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from models.queries.verification import Member
from models.rules.company_name import name_key
from models.rules.credit_code import read_credit_code
from models.rules.legacy_code import legacy_code
from models.rules.verdicts import Trouble
from tasks.verification.layout import CODE, NAME, UNIT
from tasks.verification.reading import Cells

DIGITS = "0123456789"
RESTORE = f"请恢复这一行的“{UNIT}”“{NAME}”“{CODE}”，或在下发的文件里重填"


class Match(NamedTuple):
    member: Member | None
    troubles: tuple[Trouble, ...] = ()
    remarks: tuple[str, ...] = ()


class Members:
    """The units of one round by number, code and normal name."""

    def __init__(self, members: Iterable[Member]) -> None:
        self.all = tuple(members)
        self.by_number = {member.number: member for member in self.all}
        self.by_code: dict[str, list[Member]] = defaultdict(list)
        self.by_name: dict[str, list[Member]] = defaultdict(list)
        self.keys: dict[int, frozenset[str]] = {}
        for member in self.all:
            self.keys[member.number] = frozenset(map(name_key, member.names))
            for code in member.codes:
                self.by_code[code].append(member)
            for key in self.keys[member.number]:
                self.by_name[key].append(member)

    def find(self, cells: Cells, elsewhere: Mapping[int, str]) -> Match:
        """`elsewhere`: numbers of units that other counties were asked about, with those counties' names."""
        number, code = number_in(cells["unit"]), code_in(cells["code"])
        name = name_key(cells["name"]) if cells["name"] else None
        if number is not None:
            return self._by_number(number, code, name, cells, elsewhere)
        if cells["unit"]:
            return _refused("E1275", f"“{UNIT}”被改成了“{cells['unit']}”，不知是哪个单位；{RESTORE}。")
        return self._by_code_and_name(code, name, cells)

    def _by_number(
        self, number: int, code: str | None, name: str | None, cells: Cells, elsewhere: Mapping[int, str]
    ) -> Match:
        member = self.by_number.get(number)
        if member is None:
            where = f"，它在{elsewhere[number]}的核对表里" if number in elsewhere else ""
            return _refused(
                "E1274", f"本轮没有问到编号 {number} 的单位{where}；这一行不是下发时所有，请删去。"
            )
        by_code, by_name = code in member.codes, name in self.keys[number]
        if not by_code and not by_name:
            if not cells["name"] and not cells["code"]:
                return _refused("E1275", f"只有编号，没有名称和代码，无法核对是否同一单位；{RESTORE}。")
            return _refused(
                "E1275", f"编号是“{member.name}”的，名称和代码却是别的单位的，可能只移动了部分列；{RESTORE}。"
            )
        if (not by_code and code in self.by_code) or (not by_name and name in self.by_name):
            return _refused("E1275", f"名称和代码分属清单上两个单位，可能只移动了部分列；{RESTORE}。")
        return Match(member, (), _remarks(cells, by_code=by_code, by_name=by_name))

    def _by_code_and_name(self, code: str | None, name: str | None, cells: Cells) -> Match:
        """The hidden number is gone: code and name must both say the same one unit."""
        named = self.by_name.get(name or "", [])
        if cells["code"]:
            found = [member for member in named if code in member.codes]
        else:
            found = [member for member in named if not member.codes]
        if len(found) == 1:
            return Match(found[0], (), (f"“{UNIT}”已丢失，按名称和代码认定",))
        if cells["code"] and not code and named:
            return _refused("E1275", f"“{UNIT}”已丢失，信用代码又不完整，无法认定；{RESTORE}。")
        if named or code in self.by_code:
            return _refused("E1275", f"“{UNIT}”已丢失，凭名称和代码不能认定唯一一个单位；{RESTORE}。")
        return _refused("E1274", "本轮没有问到这个单位；清单以外的单位请填在“新增单位”表里。")


def _remarks(cells: Cells, *, by_code: bool, by_name: bool) -> tuple[str, ...]:
    told = []
    if not by_code and cells["code"]:
        told.append("信用代码与下发的不符或已损坏，未采用")
    if not by_name and cells["name"]:
        told.append("单位名称与下发的不符，未采用；要更正请填“更正名称”")
    return tuple(told)


def _refused(code: str, message: str) -> Match:
    return Match(None, (Trouble(code, message),))


def number_in(text: str | None) -> int | None:
    """12, 12.0, １２: what programs make of a number."""
    if text is None:
        return None
    whole = text.removesuffix(".0")
    return int(whole) if whole.isdecimal() and len(whole) <= 18 else None


def code_in(text: str | None) -> str | None:
    """The credit code or legacy number, in any width; none where digits are lost."""
    if text is None:
        return None
    found = read_credit_code(text).value
    return found or legacy_code(text).value
