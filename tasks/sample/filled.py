"""An issued workbook as it comes back: filled in by a clerk and saved by another program, with that program's habits."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path

import fastexcel
import polars as pl
import xlsxwriter

from tasks.sample.dice import Dice

Lines = list[list[str | date | None]]
HABIT_DATE = "yyyy/m/d"


class Habit(StrEnum):
    """What a county's hand or program does to a workbook."""

    PLAIN = "plain"
    SHUFFLED = "shuffled"  # sorted by another column
    MOVED = "moved"  # a column dragged elsewhere
    NUMBERED = "numbered"  # some codes typed anew, now numbers
    TRIMMED = "trimmed"  # only the rows with an answer kept


def fill_in(
    issued: Path,
    out: Path,
    sheet: str,
    answers: Mapping[str, Mapping[str, str | date | None]],
    key: str,
    *,
    habit: Habit = Habit.PLAIN,
    code: str | None = None,
    dice: Dice,
) -> Path:
    """Write `issued` again as `out` with `answers` (unit number → heading → value) in `sheet`; `key` heads the numbers."""
    out.parent.mkdir(parents=True, exist_ok=True)
    book = fastexcel.read_excel(issued)
    with xlsxwriter.Workbook(out) as saved:
        for name in book.sheet_names:
            lines = _lines(book, name)
            if name == sheet:
                lines = _answered(lines, answers, key)
                lines = _as_is_the_habit(lines, answers, key, habit, code, dice)
            _write(saved, name, lines, numbers=code if habit is Habit.NUMBERED and name == sheet else None)
    return out


def _lines(book: fastexcel.ExcelReader, name: str) -> Lines:
    frame = book.load_sheet(name, header_row=None, dtypes="string").to_polars()
    return [list(row) for row in frame.iter_rows()]


def _header(lines: Lines, key: str) -> int:
    return next(at for at, line in enumerate(lines) if key in line)


def _answered(lines: Lines, answers: Mapping[str, Mapping[str, str | date | None]], key: str) -> Lines:
    top = _header(lines, key)
    heads = lines[top]
    place = heads.index(key)
    filled = [list(line) for line in lines]
    for line in filled[top + 1 :]:
        for heading, value in answers.get(str(line[place] or ""), {}).items():
            if value is not None:
                line[heads.index(heading)] = value
    return filled


def _as_is_the_habit(
    lines: Lines,
    answers: Mapping[str, Mapping[str, str | date | None]],
    key: str,
    habit: Habit,
    code: str | None,
    dice: Dice,
) -> Lines:
    top = _header(lines, key)
    head, body = lines[: top + 1], lines[top + 1 :]
    place = lines[top].index(key)
    if habit is Habit.SHUFFLED:
        dice.one.shuffle(body)
    elif habit is Habit.TRIMMED:
        body = [line for line in body if str(line[place] or "") in answers]
    elif habit is Habit.MOVED and code is not None:
        at = lines[top].index(code)
        return [[*(cell for n, cell in enumerate(line) if n != at), line[at]] for line in [*head, *body]]
    return [*head, *body]


def _write(book: xlsxwriter.Workbook, name: str, lines: Lines, numbers: str | None) -> None:
    page = book.add_worksheet(name)
    day = book.add_format({"num_format": HABIT_DATE})
    column = next((line.index(numbers) for line in lines if numbers in line), None) if numbers else None
    for row, line in enumerate(lines):
        for at, cell in enumerate(line):
            if isinstance(cell, date):
                page.write_datetime(row, at, cell, day)
            elif cell is not None and at == column and row % 40 == 7 and cell.isdigit():
                page.write_number(row, at, float(cell))
            elif cell is not None:
                page.write_string(row, at, cell)


def share_of(asked: pl.DataFrame, share: float, dice: Dice) -> pl.DataFrame:
    """The part of the units that a clerk has got to."""
    return asked if share >= 1 else asked.filter(pl.Series(dice.flags(len(asked), share)))
