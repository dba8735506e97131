"""Which field a column heading means, and which lines of a sheet are its header.

Everything is decided by the reviewed table `header_aliases.csv`; nothing is guessed from a likeness of words.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Line = Sequence[str | None]

# "（必填）", "(盖章)", "（人）", "（万元）", "*": said about the column, no part of its name
MARKS = re.compile(r"\((?:必填|选填|必填项|盖章|公章|加盖公章|全称|人|个|名|万元|元|年|家)\)|[*★※:\s]")
# an upper heading that only groups: 基本情况 over 单位名称 | 规模
GROUPING = re.compile(r".*(?:情况|信息|内容|资料)")
TOTALS = {"合计", "总计", "总数", "小计", "合计人数", "总人数"}
COLUMN_NUMBERS = re.compile(r"[(\[]?(?:\d{1,3}|[甲乙丙丁戊己庚辛壬癸])[)\]]?")
DEEPEST_HEADER = 3
KEYS = ("name", "credit_code")  # a row has one of them, a line of sub-headings has neither


def normal_heading(text: str | None) -> str:
    """Equal headings are equal here: full width, white space, marks and units do not count."""
    return MARKS.sub("", unicodedata.normalize("NFKC", text or "").casefold())


@dataclass(frozen=True)
class Meaning:
    """What a heading stands for. Of two columns of one field the lower rank leads and the other fills its gaps."""

    field: str  # empty: known, and deliberately not read
    rank: int = 1


Aliases = Mapping[str, Mapping[str, Meaning]]
"""kind → normal heading → meaning"""


def build_aliases(rows: Iterable[tuple[str, str, str, int]], kinds: Sequence[str]) -> Aliases:
    """Rows are (field, alias, kinds, rank); two fields for one heading of one kind are a mistake in the table."""
    aliases: dict[str, dict[str, Meaning]] = {kind: {} for kind in kinds}
    for field, alias, named, rank in rows:
        for kind in named.split() or kinds:
            known = aliases[kind].setdefault(normal_heading(alias), Meaning(field, rank))
            if known.field != field:
                raise ValueError(f"{alias} means both {known.field} and {field} for {kind}")
    return aliases


@dataclass(frozen=True)
class Header:
    """The header of a sheet: the 0-based lines it takes, and what each column means."""

    first: int
    last: int
    headings: tuple[str, ...]  # as written, lines joined
    meanings: tuple[Meaning | None, ...]  # None: nobody knows this heading

    def columns_of(self, field: str) -> list[int]:
        """The columns of a field, the leading one first."""
        found = [(m.rank, i) for i, m in enumerate(self.meanings) if m and m.field == field]
        return [i for _, i in sorted(found)]

    def clash_of(self, field: str) -> list[int]:
        """Columns that claim a field with equal right; empty when one of them leads."""
        columns = self.columns_of(field)
        ranks = [m.rank for i in columns if (m := self.meanings[i])]
        return [i for i, rank in zip(columns, ranks, strict=True) if ranks.count(rank) > 1]

    @property
    def known(self) -> int:
        return sum(meaning is not None for meaning in self.meanings)

    @property
    def fields(self) -> list[str]:
        """The fields found, in the order of the sheet."""
        return list(dict.fromkeys(m.field for m in self.meanings if m and m.field))

    @property
    def unknown(self) -> tuple[str, ...]:
        pairs = zip(self.headings, self.meanings, strict=True)
        return tuple(heading for heading, meaning in pairs if heading and meaning is None)


def find_header(
    lines: Sequence[Line], aliases: Aliases, kind: str, *, keys: Sequence[str] = KEYS, least: int = 2
) -> Header | None:
    """The lines that name most fields, at least two; of equals the upper one. A line of one cell is a title."""
    starts = [
        first for first, line in enumerate(lines) if sum(bool(_at(line, i)) for i in range(len(line))) > 1
    ]
    headers = [_header_at(lines, first, aliases[kind], keys) for first in starts]
    best = max(headers, key=lambda header: len(header.fields), default=None)
    return best if best and len(best.fields) >= least else None


def _header_at(
    lines: Sequence[Line], first: int, known: Mapping[str, Meaning], keys: Sequence[str]
) -> Header:
    """A second or third line joins if it makes more columns known or only divides the columns above it."""
    best = _read_header(lines[first : first + 1], first, known)
    for last in range(first + 1, min(first + DEEPEST_HEADER, len(lines))):
        deeper = _read_header(lines[first : last + 1], first, known)
        if deeper.known > best.known or (best.last == last - 1 and _only_divides(best, lines[last], keys)):
            best = deeper
    return best


def _only_divides(header: Header, below: Line, keys: Sequence[str]) -> bool:
    """Sub-headings that nobody needs (粉尘 | 噪声): words without digits, nothing under the name or the code."""
    columns = [column for key in keys for column in header.columns_of(key)]
    words = [text for text in below if text and text.strip()]
    wordy = len(words) >= 2 and not any(sign.isdigit() for word in words for sign in word)
    return bool(columns) and wordy and not any(_at(below, column) for column in columns)


def _read_header(lines: Sequence[Line], first: int, known: Mapping[str, Meaning]) -> Header:
    width = max(len(line) for line in lines)
    stacks = [_stack(lines, column) for column in range(width)]
    headings = tuple("".join(stack) for stack in stacks)
    return Header(first, first + len(lines) - 1, headings, tuple(_meaning(stack, known) for stack in stacks))


def _stack(lines: Sequence[Line], column: int) -> list[str]:
    """The heading's parts from top to bottom; a merged upper cell holds for the columns right of it."""
    parts = [_at(line, column) for line in lines]
    for depth in range(len(parts) - 1):
        if not parts[depth] and any(parts[depth + 1 :]):
            parts[depth] = _from_left(lines[: depth + 1], column)
    return [part for part in parts if part]


def _from_left(lines: Sequence[Line], column: int) -> str:
    """The nearest text left of an empty cell, within the same group of the lines above."""
    for i in range(column - 1, -1, -1):
        if any(_at(line, i + 1) for line in lines[:-1]):
            return ""
        if text := _at(lines[-1], i):
            return text
    return ""


def _at(line: Line, column: int) -> str:
    return (line[column] or "").strip() if column < len(line) else ""


def _meaning(stack: Sequence[str], known: Mapping[str, Meaning]) -> Meaning | None:
    """What the joined heading means; parts that only group, above, or only sum up, below, say nothing."""
    parts = [normal_heading(part) for part in stack]
    while parts:
        if found := known.get("".join(parts)):
            return found
        if len(parts) > 1 and (GROUPING.fullmatch(parts[0]) or parts[0] in parts[1]):
            parts = parts[1:]  # 行业 over 行业代码 says nothing more
        elif len(parts) > 1 and parts[-1] in TOTALS:
            parts = parts[:-1]
        else:
            return None
    return None


def is_column_numbers(line: Line) -> bool:
    """The line 甲 | 乙 | 1 | 2 | 3 under the header of statistical forms."""
    words = [unicodedata.normalize("NFKC", text).strip() for text in line if text and text.strip()]
    return len(words) >= 3 and all(COLUMN_NUMBERS.fullmatch(word) for word in words)
