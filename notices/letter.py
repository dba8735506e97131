"""The 告知单 of annex 2: what fills its blanks, and its words (C11, A04–A06)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from models.rules.notice_words import Variant, chinese_day

TEMPLATES = Path(__file__).parent / "templates" / "letter"
SAMPLE_MARK = "示例，待疾控审定"
TITLE = "职业病危害项目申报告知单"
PLAIN = Environment(
    loader=FileSystemLoader(TEMPLATES, encoding="utf-8"),
    undefined=StrictUndefined,
    autoescape=False,
)


@dataclass(frozen=True, kw_only=True)
class LetterData:
    """One letter. `number` is ours, to know a signed 回证 again: annex 2 is no numbered paper (Q20)."""

    number: str
    employer: str
    section: str
    division: str
    group: str | None
    hazards: tuple[str, ...]
    diseases: tuple[str, ...]
    variant: Variant
    bureau: str
    day: date
    manual: str
    platform: str
    mark: str = ""  # printed at the head of the page: 示例，待疾控审定
    county: str = ""
    town: str = ""
    address: str = ""
    phone: str = ""


class Annex2(NamedTuple):
    """The letter's paragraphs as annex 2 has them."""

    title: str
    employer: str
    body: str
    manual: str
    platform: str
    bureau: str
    day: str

    @property
    def text(self) -> str:
        return "\n".join(self)


def annex_2(letter: LetterData) -> Annex2:
    """Annex 2 word for word with its blanks filled; the variants differ at its two 申报（变更申报） only (A05)."""
    given = {"title": TITLE, "act": letter.variant.value, "day": chinese_day(letter.day)}
    given |= {"hazards": "、".join(letter.hazards), "diseases": "、".join(letter.diseases)}
    facts = ("employer", "section", "division", "group", "bureau", "manual", "platform")
    return fill_annex_2(given | {name: getattr(letter, name) for name in facts})


def fill_annex_2(blanks: Mapping[str, str | None]) -> Annex2:
    return Annex2(*PLAIN.get_template("annex_2.txt").render(blanks).splitlines())


def printed_chars(letter: LetterData) -> frozenset[str]:
    """Every character of the data that a page of the letter may show."""
    shown = (letter.number, letter.mark, letter.county, letter.town, letter.address, letter.phone)
    return frozenset("".join((annex_2(letter).text.replace("\n", ""), *shown)))


def title_chars(letter: LetterData) -> frozenset[str]:
    """Those of them that may stand in a title or a heading, set in another face."""
    return frozenset("".join((letter.bureau, letter.county, letter.town, letter.mark)))
