"""A received sheet handed back as it was, with a column 错误说明 (design 7)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

HEADING = "错误说明"
NOTE_WIDTH = 60
LONGEST_NAME = 31  # of a worksheet
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", "_"))


@dataclass(frozen=True)
class ReturnedSheet:
    """Lines as text, from row 1 on; what is wrong by row number."""

    name: str
    header_row: int
    lines: Iterable[Sequence[str | None]]
    width: int
    notes: Mapping[int, str]


def write_returned(path: Path, sheets: Iterable[ReturnedSheet]) -> None:
    """Write the sheets to `path`. Every cell is text: no code loses a digit, nothing becomes a formula."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_formulas": False}) as book:
        wrong = book.add_format({"bg_color": "#FDE9E7", "num_format": "@"})
        plain = book.add_format({"num_format": "@"})
        note = book.add_format({"text_wrap": True, "font_color": "#9C0006"})
        used: set[str] = set()
        for sheet in sheets:
            page = book.add_worksheet(_free_name(sheet.name, used))
            page.set_column(sheet.width, sheet.width, NOTE_WIDTH)
            page.freeze_panes(sheet.header_row, 0)
            for number, line in enumerate(sheet.lines, start=1):
                message = HEADING if number == sheet.header_row else sheet.notes.get(number)
                for column, cell in enumerate(line):
                    if cell is not None:
                        page.write_string(number - 1, column, cell, wrong if number in sheet.notes else plain)
                if message:
                    page.write_string(number - 1, sheet.width, message, note)


def _free_name(wanted: str, used: set[str]) -> str:
    name = wanted.translate(FORBIDDEN)[:LONGEST_NAME] or "Sheet1"
    while name.lower() in used:
        name = f"{name[: LONGEST_NAME - 3]}_{len(used) + 1}"
    used.add(name.lower())
    return name
