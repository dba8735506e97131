"""Every character of a paper must have a shape: a missing one stops the paper before anything is set (2.6)."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from models.errors import InputRefused
from notices.bulletin.content import Paper
from notices.bulletin.sheet import ChartSheet, PaperSheet
from notices.pdf.faces import HEI, covered, lacking

GLYPH_MISSING = "E1840"
BREAKS = frozenset("\n")


def check_glyphs(paper: Paper) -> None:
    """Charts are set in 黑体 alone; all else has 仿宋 with 宋体 behind it."""
    printed = frozenset("".join(_texts((paper.head, paper.blocks, paper.annexes, _around(paper)))))
    missing = {*lacking(printed - BREAKS), *(_chart_chars(paper) - covered(HEI))}
    if missing:
        names = "、".join(f"“{char}”（U+{ord(char):04X}）" for char in sorted(missing))
        raise InputRefused(GLYPH_MISSING, f"字体里没有{names}，不能排版，请核实名称或改用其他字。")


def _around(paper: Paper) -> tuple[str, ...]:
    return (*paper.title, paper.basis, paper.to, paper.signed_by)


def _chart_chars(paper: Paper) -> frozenset[str]:
    sheet = PaperSheet(paper)
    blocks = (*sheet.blocks, *(block for annex in sheet.annexes for block in annex.blocks))
    drawn = (block.drawing.chars for block in blocks if isinstance(block, ChartSheet))
    return frozenset[str]().union(*drawn)


def _texts(value: Any) -> Iterator[str]:
    """All strings of nested dataclasses and tuples."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _texts(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))
