"""GB/T 4754-2017 code in any dress: C2411, 2411.0, 2411, C24, 24, or the name only (Q7).

A code and a name that contradict each other: the code stands and a person is asked; a code that is not listed
gives way to a name that is. Codes of the 2011 edition only
are not translated: several became two.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from models.rules.cell import CellCode, Finding, Reading, please_check, repaired
from models.rules.columns import Column, read_pairs

CODE = re.compile(r"([A-T])?([0-9]{1,4})(\.0+)?")
LEADING_CODE = re.compile(r"([A-T]?[0-9]{2,4})[ \-:、.]*([^0-9. ].*)")
SECTION = re.compile(r"[A-T]")
MARKS = re.compile(r"[\s,、;:.()\[\]/·\-]|及其它|行业代码|行业$")
NOTHING_SAID = frozenset(["未知行业", "未知", "其他行业", "未分类", "不详", "未知行业代码"])
UNKNOWN = please_check(CellCode.INDUSTRY_UNKNOWN, "行业不明，请补国民经济行业代码（GB/T 4754-2017）。")


@dataclass(frozen=True)
class Industries:
    names: Mapping[str, str]  # code → name, the section letters among them
    sections: Mapping[str, str]  # code → section letter
    codes: Mapping[str, tuple[str, ...]]  # tidy name → codes, from the group to the class

    @classmethod
    def build(cls, rows: pl.DataFrame) -> "Industries":
        codes: dict[str, list[str]] = defaultdict(list)
        for code, name in zip(rows["code"], rows["name"], strict=True):
            codes[_tidy_name(name)].append(code)
        return cls(
            names=dict(zip(rows["code"], rows["name"], strict=True)),
            sections=dict(zip(rows["code"], rows["section"], strict=True)),
            codes={name: tuple(sorted(found, key=len)) for name, found in codes.items()},
        )

    def of_name(self, name: str | None) -> str | None:
        """The code of a name. One name at several levels (炼铁: 311, 3110) is one thing: the deepest code says it all."""
        tidy = _tidy_name(name) if name else ""
        spellings = (tidy, tidy.removesuffix("业"), tidy + "业")  # 塑料管制造业 for 塑料管制造
        found = next((self.codes[spelling] for spelling in spellings if spelling in self.codes), ())
        if not found or any(
            SECTION.fullmatch(found[-1]) is None and not _within(found[-1], code) for code in found
        ):
            return None
        return found[-1]


def _within(code: str, ancestor: str) -> bool:
    return code.startswith(ancestor) or SECTION.fullmatch(ancestor) is not None


def _tidy_name(name: str) -> str:
    return MARKS.sub("", unicodedata.normalize("NFKC", name))


def read_industry(code_text: str | None, name_text: str | None, industries: Industries) -> Reading[str]:
    """The code without its section letter, from what stands in the code and the name cell."""
    code_text, name_text = _apart(code_text, name_text)
    named = industries.of_name(name_text)
    if code_text is None:
        return _by_name(name_text, named)
    parts = CODE.fullmatch(code_text)
    if parts is None:
        return _by_name(name_text, named, unread=code_text)
    found = _by_code(parts, named, industries)
    if _not_listed(found) and named and SECTION.fullmatch(named) is None:
        return Reading(named, _name_instead(code_text, named, name_text or ""))
    if found.value is None or found.finding or named is None:
        return found
    if named.startswith(found.value):
        return Reading(named)  # the name says more exactly what the code says
    return Reading(found.value, _contradiction(found.value, named, name_text or "", industries))


def _apart(code_text: str | None, name_text: str | None) -> tuple[str | None, str | None]:
    """C2411 文具制造 in one cell; a name in the code column; a code in the name column; 未知行业."""
    texts = [_given(code_text), _given(name_text)]
    for text in filter(None, texts):
        if both := LEADING_CODE.fullmatch(text):
            return both[1], both[2]
    code, name = texts
    if code and not _looks_code(code) and _tidy_name(code) and not name:
        return None, code
    if name and not code and _looks_code(name):
        return name, None
    return code, name


def _given(text: str | None) -> str | None:
    tidy = unicodedata.normalize("NFKC", text or "").strip().upper()
    return None if not tidy or tidy in NOTHING_SAID else tidy


def _looks_code(text: str) -> bool:
    return CODE.fullmatch(text) is not None or SECTION.fullmatch(text) is not None


def _by_name(name: str | None, named: str | None, unread: str | None = None) -> Reading[str]:
    section = named if named and SECTION.fullmatch(named) else None
    if section or (unread and SECTION.fullmatch(unread)):
        letter = section or unread
        return Reading(
            None, _ask(CellCode.INDUSTRY_SECTION_ONLY, f"只写了门类{letter}，请补到大类以下的代码。")
        )
    if named:
        return Reading(named)
    if name is None and unread is None:
        return Reading(None, UNKNOWN)
    written = unread or name
    return Reading(
        None, _ask(CellCode.INDUSTRY_NOT_LISTED, f"“{written}”不在GB/T 4754-2017中，请改为标准的代码或名称。")
    )


def _by_code(parts: re.Match[str], named: str | None, industries: Industries) -> Reading[str]:
    letter, digits, as_number = parts.groups()
    options = [code for code in (digits, "0" + digits) if code in industries.names]
    if letter:
        fitting = [code for code in options if industries.sections[code] == letter]
        if digits in options and not fitting:
            return Reading(digits, _wrong_section(letter, digits, industries))
        options = fitting
    if len(options) == 2 and not as_number:
        options = [digits]  # kept as text: its zeros are all there
    if len(options) == 2 and named:
        options = [code for code in options if _within(named, code) or _within(code, named)] or options
    return _settled(digits, options)


def _settled(digits: str, options: list[str]) -> Reading[str]:
    if len(options) == 2:
        both = "或".join(options)
        return Reading(
            None, _ask(CellCode.INDUSTRY_AMBIGUOUS, f"代码{digits}可能丢了开头的0，是{both}？请按文本重填。")
        )
    if not options:
        return Reading(
            None,
            _ask(
                CellCode.INDUSTRY_NOT_LISTED,
                f"代码{digits}不在GB/T 4754-2017中（可能是2011年版），请改为新代码。",
            ),
        )
    restored = options[0] != digits
    return Reading(options[0], _zero(options[0]) if restored else None)


def _zero(code: str) -> Finding:
    return repaired(CellCode.INDUSTRY_ZERO_RESTORED, f"行业代码开头的0已补上：{code}。")


def _wrong_section(letter: str, code: str, industries: Industries) -> Finding:
    right = industries.sections[code]
    return _ask(
        CellCode.INDUSTRY_SECTION_CONFLICT, f"代码{code}属于门类{right}，却写作{letter}，暂按{code}，请核实。"
    )


def _contradiction(code: str, named: str, name: str, industries: Industries) -> Finding | None:
    in_section = SECTION.fullmatch(named) and industries.sections[code] == named
    if in_section or code.startswith(named):
        return None
    message = f"代码{code}是“{industries.names[code]}”，名称写的是“{name}”（{named}），暂按代码，请核实。"
    return _ask(CellCode.INDUSTRY_CONFLICT, message)


def _not_listed(found: Reading[str]) -> bool:
    return found.finding is not None and found.finding.code == CellCode.INDUSTRY_NOT_LISTED


def _name_instead(code: str, named: str, name: str) -> Finding:
    message = f"代码{code}不在GB/T 4754-2017中，名称“{name}”的代码是{named}，暂按名称，请核实。"
    return _ask(CellCode.INDUSTRY_CONFLICT, message)


def _ask(code: CellCode, message: str) -> Finding:
    return please_check(code, message)


def read_industries(codes: pl.Series, names: pl.Series, industries: Industries) -> Column:
    """Few different pairs of code and name: one reading each."""

    def rule(code: str | None, name: str | None) -> Reading[str]:
        return read_industry(code, name, industries)

    return read_pairs(codes, names, rule, pl.String())
