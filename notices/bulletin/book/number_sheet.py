"""The integers a table does not show but rests on, and the columns its places are worked out in (2.5)."""

from dataclasses import dataclass
from typing import Any

from notices.bulletin.book.cell_formulas import numbers_for_place, place_formula
from notices.bulletin.book.figure_sheet import PLACE_COLUMN, shown, write_number
from notices.bulletin.book.inks import Inks
from notices.bulletin.book.paper_setup import set_print
from notices.bulletin.book.table_cells import CODE_AND_NAME, FIRST, TableCells
from notices.bulletin.figure_rows import FigureRow
from notices.bulletin.formulas import Place, share

DONE, WHOLE, LEFT, CODE, PLACE, ORDER = range(6)
HELPERS = ("完成\n（排位用）", "总数\n（排位用）", "剩余\n（排位用）", "代码\n（排位用）", "位次", "图表次序")
assert PLACE == PLACE_COLUMN


@dataclass(frozen=True)
class NumberSheet:
    cells: TableCells
    inks: Inks

    def write(self, page: Any) -> None:
        cells, place = self.cells, self.cells.place
        page.write_string(0, 0, f"{cells.table.title}：计算用数", self.inks.note)
        headings = ["代码", cells.table.columns[1].title, *(column.title for column in cells.hidden)]
        for at, heading in enumerate([*headings, *(HELPERS if place else ())]):
            page.write_string(1, at, heading, self.inks.heading)
        page.set_row(1, 42)
        page.set_column(0, len(headings) + len(HELPERS), 11)
        for row, line in enumerate(cells.lines, start=FIRST):
            page.write_string(row - 1, 0, line.row.code, self.inks.words)
            page.write_string(row - 1, 1, line.row.name, self.inks.words)
            for at, column in enumerate(cells.hidden, start=CODE_AND_NAME):
                write_number(page, (row, at), column, line, cells, self.inks)
            if place and line.is_county:
                self._write_helpers(page, row, line, place)
        page.freeze_panes(2, 2)
        set_print(page, heading_row=1)

    def _write_helpers(self, page: Any, row: int, line: FigureRow, place: Place) -> None:
        cells, start = self.cells, CODE_AND_NAME + len(self.cells.hidden)
        known = share(line.row.numbers, place.by)
        values = (known.done or 0, known.whole or 0, line.row.numbers[place.fewer] or 0)
        formulas = numbers_for_place(place, lambda key: cells.cell(key, row, cells.numbers_name))
        for offset, (formula, value) in enumerate(zip(formulas, values, strict=True)):
            page.write_formula(row - 1, start + offset, formula, self.inks.count, value)
        page.write_number(row - 1, start + CODE, int(line.row.code), self.inks.count)
        columns = (cells.helper(DONE), cells.helper(WHOLE), cells.helper(LEFT), cells.helper(CODE))
        formula = place_formula(row, FIRST, cells.last_county, columns)
        key = next(one.key for one in cells.table.columns if one.made is place)
        page.write_formula(row - 1, start + PLACE, formula, self.inks.count, shown(line.values[key]))
        page.write_formula(row - 1, start + ORDER, self._order(row), self.inks.count, self.order_of(line))

    def _order(self, row: int) -> str:
        """Of bars: by place, those without one behind them."""
        whole, last = self.cells.helper(WHOLE), self.cells.last_county
        placed = f'COUNTIF(${whole}${FIRST}:${whole}${last},">0")'
        rank = f"{placed}+COUNTIF(${whole}${FIRST}:${whole}{row},0)"
        return f"=IF({whole}{row}=0,{rank},{self.cells.helper(PLACE)}{row})"

    def order_of(self, line: FigureRow) -> int:
        return 1 + [one.row.code for one in ordered(self.cells)].index(line.row.code)


def ordered(cells: TableCells) -> list[FigureRow]:
    """The counties by place, those without one behind them."""
    key = next(one.key for one in cells.table.columns if isinstance(one.made, Place))
    counties = [line for line in cells.lines if line.is_county]
    placed = [line for line in counties if line.values[key] is not None]
    unplaced = [line for line in counties if line.values[key] is None]
    return [*sorted(placed, key=lambda line: int(str(line.values[key]))), *unplaced]
