"""Letters as HTML sections: front, annex 1 on the back, 送达回证 (A01, 2.6, 2.7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from models.campaign_parts import Legal
from notices.letter import TEMPLATES, TITLE, Annex2, LetterData, annex_2
from notices.pdf.codes import qr_code

PAGES = Environment(
    loader=FileSystemLoader(TEMPLATES, encoding="utf-8"), undefined=StrictUndefined, autoescape=True
)
SPOILT = "排版出错，请手工制作。"  # may come to stand on a booklet's list after its faces are cut
STYLE = (TEMPLATES / "letter.css").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Layout:
    """What is printed beside the letters' fronts; `legal` makes them double-sided."""

    legal: Legal | None = None
    receipt: bool = False


@dataclass(frozen=True)
class LetterSheet:
    letter: LetterData
    anchor: str

    @cached_property
    def words(self) -> Annex2:
        return annex_2(self.letter)

    @property
    def manual_lead(self) -> str:
        """The paragraph before the address, which may break anywhere."""
        return self.words.manual.removesuffix(self.letter.manual)

    @property
    def platform_lead(self) -> str:
        return self.words.platform.removesuffix(self.letter.platform)

    @property
    def manual_code(self) -> str:
        return qr_code(self.letter.manual)

    @property
    def platform_code(self) -> str:
        return qr_code(self.letter.platform)


def anchor_of(index: int) -> str:
    return f"letter-{index}"


def letters_html(letters: Sequence[LetterData], layout: Layout, front: str = "") -> str:
    """All letters as one document; `front` is what opens a booklet."""
    template = PAGES.get_template("letter.html")
    sheets = (LetterSheet(letter, anchor_of(index)) for index, letter in enumerate(letters))
    body = "".join(
        template.render(sheet=sheet, legal=layout.legal, receipt=layout.receipt) for sheet in sheets
    )
    duplex = "duplex" if layout.legal else "simplex"
    return f'<!doctype html><html lang="zh-CN"><body class="{duplex}">{front}{body}</body></html>'


def fixed_chars(layout: Layout) -> frozenset[str]:
    """Every character that the pages print whatever the letter: what their faces must hold."""
    names = ("letter.html", "cover.html", "annex_2.txt")
    texts = "".join((TEMPLATES / name).read_text(encoding="utf-8") for name in names) + STYLE
    legal = layout.legal.model_dump_json() if layout.legal else ""
    ascii_ = "".join(map(chr, range(0x20, 0x7F)))
    return frozenset(texts + legal + TITLE + SPOILT + ascii_) - frozenset("\n\r\t")
