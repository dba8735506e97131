"""Letters onto paper: one PDF each, or booklets; a letter that cannot be printed stops alone, with its reason."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from notices.letter import TITLE, LetterData, printed_chars
from notices.letter_html import SPOILT, Layout, anchor_of, letters_html
from notices.pdf.faces import lacking
from notices.pdf.press import Press, PrintFault, pages_by_anchor

GLYPH_MISSING, NOT_PRINTED = "E1504", "E1505"
FORBIDDEN = str.maketrans(dict.fromkeys('\\/:*?"<>|', "_"))
LONGEST_NAME = 40  # characters of a name in a file's name


@dataclass(frozen=True)
class Stopped:
    """A letter that a person must look at, and why."""

    number: str
    employer: str
    code: str
    reason: str
    detail: str = ""  # the printing library's own words


@dataclass(frozen=True)
class Printed:
    """One file, and the numbers of the letters in it."""

    path: Path
    numbers: tuple[str, ...]
    pages: int
    families: frozenset[str]


@dataclass(frozen=True)
class Outcome:
    printed: tuple[Printed, ...]
    stopped: tuple[Stopped, ...]


def stop(letter: LetterData, code: str, reason: str) -> Stopped:
    return Stopped(letter.number, letter.employer, code, reason)


def part_printable(letters: Sequence[LetterData]) -> tuple[list[LetterData], list[Stopped]]:
    """Those whose every character has a glyph, and the others with the characters that have none."""
    fit, stopped = [], []
    for letter in letters:
        if missing := lacking(printed_chars(letter)):
            names = "、".join(f"“{char}”（U+{ord(char):04X}）" for char in missing)
            stopped.append(stop(letter, GLYPH_MISSING, f"字体里没有{names}，请核实名称或手工制作。"))
        else:
            fit.append(letter)
    return fit, stopped


def print_singles(press: Press, letters: Sequence[LetterData], layout: Layout, folder: Path) -> Outcome:
    """One PDF per employer. Set together, because that is quicker; where that fails, one by one."""
    try:
        document = press.set(letters_html(letters, layout))
    except PrintFault as fault:
        return _one_by_one(press, letters, layout, folder, fault)
    pages = pages_by_anchor(document, map(anchor_of, range(len(letters))))
    printed, stopped = [], []
    for index, letter in enumerate(letters):
        own = document.copy(pages[anchor_of(index)])
        try:
            printed.append(_write(press, own, letter, folder))
        except PrintFault as fault:
            stopped.append(_not_printed(letter, fault))
    return Outcome(tuple(printed), tuple(stopped))


def _one_by_one(
    press: Press, letters: Sequence[LetterData], layout: Layout, folder: Path, fault: PrintFault
) -> Outcome:
    if len(letters) == 1:
        return Outcome((), (_not_printed(letters[0], fault),))
    alone = [print_singles(press, [letter], layout, folder) for letter in letters]
    return Outcome(
        tuple(file for outcome in alone for file in outcome.printed),
        tuple(line for outcome in alone for line in outcome.stopped),
    )


def sift(
    press: Press, letters: Sequence[LetterData], layout: Layout
) -> tuple[list[LetterData], list[Stopped]]:
    """Set each letter alone, to find out which ones spoil a booklet."""
    fit, stopped = [], []
    for letter in letters:
        try:
            press.set(letters_html([letter], layout))
            fit.append(letter)
        except PrintFault as fault:
            stopped.append(_not_printed(letter, fault))
    return fit, stopped


def _not_printed(letter: LetterData, fault: PrintFault) -> Stopped:
    return replace(stop(letter, NOT_PRINTED, SPOILT), detail=str(fault))


def _write(press: Press, document: Any, letter: LetterData, folder: Path) -> Printed:
    path = folder / f"{file_stem(letter.number, letter.employer)}.pdf"
    families = press.write(document, path, title=f"{TITLE}　{letter.employer}", author=letter.bureau)
    return Printed(path, (letter.number,), len(document.pages), families)


def file_stem(*parts: str) -> str:
    return "_".join(part.translate(FORBIDDEN)[:LONGEST_NAME] for part in parts if part)
