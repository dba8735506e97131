"""A table of figures as a sheet with live formulas over its integer cells (2.5)."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from models.rules.rate import UNDEFINED
from notices.bulletin.book.cell_formulas import change_formula, net_formula, ratio_formula
from notices.bulletin.book.inks import Inks
from notices.bulletin.book.paper_setup import set_print
from notices.bulletin.book.table_cells import FIRST, TableCells
from notices.bulletin.content import Column
from notices.bulletin.figure_rows import FigureRow, Value
from notices.bulletin.formulas import Change, Name, Net, Place, Ratio, Serial, two_decimals

WIDTH = 6.4  # characters of a column that counts as one
ROW = 20
NOTE_LINE = 62  # 汉字 of a note in a row of the sheet
PLACE_COLUMN = 4  # among the helpers


@dataclass(frozen=True)
class FigureSheet:
    cells: TableCells
    inks: Inks

    def write(self, page: Any) -> None:
        table = self.cells.table
        last = len(table.shown) - 1
        page.merge_range(0, 0, 0, last, "", self.inks.title)
        page.write_string(0, 0, table.title, self.inks.title)
        page.set_row(0, 30)
        page.set_row(1, 48)
        for at, column in enumerate(table.shown):
            page.set_column(at, at, WIDTH * column.width)
            page.write_string(1, at, column.title, self.inks.heading)
        for row, line in enumerate(self.cells.lines, start=FIRST):
            page.set_row(row - 1, ROW)
            for at, column in enumerate(table.shown):
                write_number(page, (row, at), column, line, self.cells, self.inks)
        self._write_notes(page, last)
        page.freeze_panes(2, 2)
        set_print(page, heading_row=1)

    def _write_notes(self, page: Any, last: int) -> None:
        for row, note in enumerate(self.cells.table.notes, start=self.cells.last):
            page.merge_range(row, 0, row, last, "", self.inks.note)
            page.write_string(row, 0, note, self.inks.note)
            page.set_row(row, 15 * (1 + len(note) // NOTE_LINE))


def write_number(
    page: Any, at: tuple[int, int], column: Column, line: FigureRow, cells: TableCells, inks: Inks
) -> None:
    """`at`: row as Excel counts, column from 0. Formulas carry their value for readers that do not calculate."""
    row, value, ink = at[0], line.values[column.key], _ink(column, inks)
    if formula := _formula(column, row, line, cells):
        page.write_formula(row - 1, at[1], formula, ink, shown(value))
    elif isinstance(value, int):
        page.write_number(row - 1, at[1], value, ink)
    else:
        nobody = isinstance(column.made, Serial | Place) and not line.is_county
        page.write_string(row - 1, at[1], "" if nobody else str(shown(value)), ink)


def _formula(column: Column, row: int, line: FigureRow, cells: TableCells) -> str:
    """Empty where the row gives the number itself."""

    def at(key: str) -> str:
        return cells.cell(key, row, cells.numbers_name if column.hidden else cells.table.name)

    match column.made:
        case Net() as made:
            return net_formula(made, at)
        case Ratio() as made:
            return ratio_formula(made, at)
        case Change() as made:
            return change_formula(made, at)
        case Place() if line.is_county:
            return f"='{cells.numbers_name}'!{cells.helper(PLACE_COLUMN)}{row}"
        case None if row == cells.last:
            return _total(cells.column(column.key), row)
        case _:
            return ""


def _total(column: str, row: int) -> str:
    cells = f"{column}{FIRST}:{column}{row - 1}"
    return f'=IF(COUNT({cells})=0,"{UNDEFINED}",SUM({cells}))'


def _ink(column: Column, inks: Inks) -> Any:
    match column.made:
        case Name():
            return inks.words
        case Ratio():
            return inks.rate
        case Change():
            return inks.points
        case None:
            return inks.typed
        case _:
            return inks.count


def shown(value: Value) -> float | int | str:
    if isinstance(value, Fraction):
        return float(two_decimals(value))
    return UNDEFINED if value is None else value
