"""Booklets: the letters of a town behind a list of them, in the order given, in volumes that can be bound (C11)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from notices.letter import TITLE, LetterData, printed_chars, title_chars
from notices.letter_html import PAGES, Layout, letters_html
from notices.letter_print import Outcome, Printed, Stopped, file_stem, sift
from notices.pdf.faces import FANG, SONG, lacking, real_name
from notices.pdf.press import Press, PrintFault

GETA = "〓"  # the printers' sign for a missing type
LINE = 20  # signs of a title in one line of the type area
VOLUME = 200  # letters: what a bureau can bind, and what keeps memory flat


@dataclass(frozen=True)
class Booklet:
    """One volume. `stopped`: letters of it that were not made, printed on its list so that nobody is forgotten."""

    place: tuple[str, ...]  # county, town
    bureau: str
    day: str
    letters: tuple[LetterData, ...]
    stopped: tuple[Stopped, ...] = ()
    number: int = 1
    of: int = 1
    before: int = 0  # letters in earlier volumes

    @property
    def title(self) -> str:
        return "".join(self.title_lines)

    @property
    def title_lines(self) -> tuple[str, ...]:
        """Broken where a reader breaks it, not one sign before the end (2.6)."""
        place, rest = "".join(self.place), f"{TITLE}发放清单"
        return (place, rest) if len(place + rest) > LINE else (place + rest,)

    @property
    def facts(self) -> str:
        volume = f"第 {self.number} 册，共 {self.of} 册　" if self.of > 1 else ""
        faces = f"正文 {real_name(FANG)}，罕用字和标题 {real_name(SONG)}"
        return f"{self.bureau}　{self.day}　{volume}本册 {len(self.letters)} 份　字体：{faces}"

    @property
    def file_name(self) -> str:
        volume = f"第{self.number}册" if self.of > 1 else ""
        return f"{file_stem(*self.place, '告知单', volume)}.pdf"

    @property
    def stopped_lines(self) -> list[str]:
        """A name that could not be printed stands here with 〓 where a character is missing."""
        lines = (f"{line.number} {line.employer}：{line.reason}（{line.code}）" for line in self.stopped)
        return [masked(line.strip()) for line in lines]

    def chars(self) -> frozenset[str]:
        own = frozenset("".join((self.title, self.facts, *self.stopped_lines)))
        return own.union(*map(printed_chars, self.letters))

    def title_chars(self) -> frozenset[str]:
        return frozenset(self.title).union(*map(title_chars, self.letters))

    def without(self, stopped: Sequence[Stopped], fit: Sequence[LetterData]) -> "Booklet":
        return replace(self, letters=tuple(fit), stopped=(*self.stopped, *stopped))


def masked(text: str) -> str:
    missing = set(lacking(frozenset(text)))
    return "".join(GETA if char in missing else char for char in text)


def volumes(booklet: Booklet, most: int = VOLUME) -> list[Booklet]:
    """Volumes of about the same thickness; what was not made stands in the first."""
    count = max(1, -(-len(booklet.letters) // most))
    size = max(1, -(-len(booklet.letters) // count))
    return [
        replace(
            booklet,
            letters=booklet.letters[at * size : (at + 1) * size],
            stopped=booklet.stopped if at == 0 else (),
            number=at + 1,
            of=count,
            before=at * size,
        )
        for at in range(count)
    ]


def print_booklet(press: Press, booklet: Booklet, layout: Layout, folder: Path) -> Outcome:
    """Write one volume; letters that spoil it are left out and named on its list."""
    try:
        printed = _write(press, booklet, layout, folder)
    except PrintFault:
        fit, spoilt = sift(press, booklet.letters, layout)
        if not spoilt:
            raise  # the list itself is at fault: no letter could be blamed
        return Outcome((_write(press, booklet.without(spoilt, fit), layout, folder),), tuple(spoilt))
    return Outcome((printed,), ())


def _write(press: Press, booklet: Booklet, layout: Layout, folder: Path) -> Printed:
    cover = PAGES.get_template("cover.html").render(cover=booklet)
    document = press.set(letters_html(booklet.letters, layout, cover))
    path = folder / booklet.file_name
    families = press.write(document, path, title=booklet.title, author=booklet.bureau)
    return Printed(path, tuple(letter.number for letter in booklet.letters), len(document.pages), families)
