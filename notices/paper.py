"""Official papers as PDFs: set in the faces of letters, nothing missing, nothing in their data but what they show."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from models.errors import EnvironmentTrouble
from notices.booklet import GETA
from notices.letter_print import file_stem
from notices.pdf.faces import Faces, cut_faces, lacking, real_name
from notices.pdf.press import Press, PrintFault

NOT_PRINTED = "E1764"
SPACES = frozenset("\n\r\t")
ASCII = frozenset(map(chr, range(0x20, 0x7F)))
# what is set in the faces of titles
HEADINGS = re.compile(
    r'<(h1|h2|th)\b[^>]*>.*?</\1>|<tr class="total">.*?</tr>|<p class="draft">.*?</p>', re.DOTALL
)


@dataclass(frozen=True)
class Paper:
    """`body` is asked for twice: without the missing characters, then with what the note says of them."""

    title: str  # of the file, too
    author: str
    parts: tuple[str, ...]  # of the file's name
    style: str
    tighter: str  # added where the paper would not fit on one page; empty: it may be long
    body: Callable[[str], str]  # the note about missing characters → HTML


@dataclass(frozen=True)
class PrintedPaper:
    path: Path
    pages: int
    faces: str


def print_paper(paper: Paper, folder: Path) -> PrintedPaper:
    (made,) = print_papers([paper], folder)
    return made


def print_papers(papers: Sequence[Paper], folder: Path) -> list[PrintedPaper]:
    """One PDF each; the faces are cut once for all of them, which costs more than a page does."""
    if not papers:
        return []
    folder.mkdir(parents=True, exist_ok=True)
    texts = [set_html(paper) for paper in papers]
    titles = "".join(found.group() for html in texts for found in HEADINGS.finditer(html))
    shown = "".join((*texts, *(paper.style + paper.tighter for paper in papers)))
    with TemporaryDirectory(prefix="yingbao-faces-") as held:
        room = _Pressroom(cut_faces(_chars(shown), _chars(titles), Path(held)))
        return [room.print(paper, html, folder) for paper, html in zip(papers, texts, strict=True)]


class _Pressroom:
    """A press for each style, in the same faces."""

    def __init__(self, faces: Faces) -> None:
        self.faces = faces
        self.presses: dict[str, Press] = {}

    def print(self, paper: Paper, html: str, folder: Path) -> PrintedPaper:
        path = folder / f"{file_stem(*paper.parts)}.pdf"
        title, author = (masked_order(text)[0] for text in (paper.title, paper.author))
        try:
            press, document = self._fitting(paper, html)
            used = press.write(document, path, title=title, author=author)
        except PrintFault as fault:
            message = f"“{path.name}”排版出错，没有写出：{fault}"
            raise EnvironmentTrouble(NOT_PRINTED, message) from fault
        return PrintedPaper(path, len(document.pages), "、".join(real_name(one) for one in sorted(used)))

    def _fitting(self, paper: Paper, html: str) -> tuple[Press, Any]:
        """In smaller type if that brings it onto one page; else as it is."""
        press = self._press(paper.style)
        document = press.set(html)
        if len(document.pages) > 1 and paper.tighter:
            small = self._press(paper.style + paper.tighter)
            smaller = small.set(html)
            if len(smaller.pages) == 1:
                return small, smaller
        return press, document

    def _press(self, style: str) -> Press:
        if style not in self.presses:
            self.presses[style] = Press(self.faces, style)
        return self.presses[style]


def set_html(paper: Paper) -> str:
    """The HTML with 〓 for what no face has, and a note that tells what it stands for."""
    _, missing = masked_order(paper.body(""))
    return masked_order(paper.body(note_on(missing)))[0]


def note_on(missing: Sequence[str]) -> str:
    if not missing:
        return ""
    told = "、".join(f"U+{ord(char):04X}" for char in missing)
    return f"“{GETA}”是字库没有的字，依次为：{told}。"


def masked_order(text: str) -> tuple[str, list[str]]:
    """The text with 〓 where no face has the character, and those characters in their order."""
    unknown = set(lacking(frozenset(text) - SPACES))
    found = [char for char in text if char in unknown]
    return "".join(GETA if char in unknown else char for char in text), found


def _chars(html: str) -> frozenset[str]:
    return (frozenset(unescape(html)) | ASCII) - SPACES
