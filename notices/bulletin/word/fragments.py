"""Blocks as pieces of a Word document, in the styles of the template they go into."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Any

from docx.shared import Pt
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from notices.bulletin.charts.png import png
from notices.bulletin.pdf import TEMPLATES
from notices.bulletin.sheet import AnnexSheet, BlockSheet, ChartSheet, ParagraphSheet, TableSheet
from notices.bulletin.word.sections import Sections

GAP = re.compile(r"(〔请补充：[^〕]*〕)")
TEXT_TWIPS = {False: 8844, True: 12756}  # 156 mm upright, 225 mm across
XML = Environment(
    loader=FileSystemLoader(TEMPLATES, encoding="utf-8"), undefined=StrictUndefined, autoescape=True
)


@dataclass(frozen=True)
class Piece:
    """Words; `open`: a gap somebody has to fill (C26)."""

    text: str
    open: bool


def gaps(text: str) -> list[Piece]:
    return [Piece(part, bool(GAP.fullmatch(part))) for part in GAP.split(text) if part]


@dataclass(frozen=True)
class Fragments:
    """`part`: the document that pictures are stored in; `style`: role → id."""

    part: Any
    style: Mapping[str, str]
    sections: Sections

    @cached_property
    def macros(self) -> Any:
        return XML.get_template("blocks.xml").make_module({"gaps": gaps, "style": self.style})

    def body(self, blocks: Iterable[BlockSheet]) -> Markup:
        """A table across the page gets a section of its own."""
        return Markup("").join(self._with_breaks(blocks))

    def attached(self, lines: Iterable[str]) -> Markup:
        held = tuple(lines)
        first = "attached" if len(held) > 1 else "only"
        return Markup("").join(
            self.macros.paragraph("further" if at else first, line) for at, line in enumerate(held)
        )

    def annexes(self, annexes: Iterable[AnnexSheet]) -> Markup:
        """Each begins a section; what ends the last one is the document's own end."""
        made, wide = Markup(""), False
        for annex in annexes:
            made += self.macros.section(self.sections.ending(wide))
            made += self.macros.paragraph("annex_number", annex.number)
            made += self.macros.paragraph("annex_title", annex.title)
            made += Markup("").join(self._block(block) for block in annex.blocks)
            wide = annex.wide
        return made

    def _with_breaks(self, blocks: Iterable[BlockSheet]) -> Iterator[Markup]:
        for block in blocks:
            across = isinstance(block, TableSheet) and block.wide
            if across:
                yield self.macros.section(self.sections.ending(False))
            yield self._block(block)
            if across:
                yield self.macros.section(self.sections.ending(True))

    def _block(self, block: BlockSheet) -> Markup:
        match block:
            case ParagraphSheet():
                return Markup(self.macros.said(block))
            case TableSheet():
                whole = TEXT_TWIPS[block.wide]
                return Markup(self.macros.table(block, [round(whole * part / 100) for part in block.widths]))
            case ChartSheet():
                return Markup(self.macros.chart(block, self._picture(block)))

    def _picture(self, block: ChartSheet) -> Markup:
        drawing = block.drawing
        size = Pt(drawing.width), Pt(drawing.height)
        inline = self.part.new_pic_inline(BytesIO(png(drawing)), *size)
        inline.docPr.set("descr", block.title)
        return Markup(inline.xml)
