"""Where each number of a table lies in the workbook: shown columns on the table's sheet, the others on a second one.

Rows are the same on both sheets, so that a formula only ever speaks of its own row.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from xlsxwriter.utility import xl_col_to_name

from notices.bulletin.content import Column, FigureTable
from notices.bulletin.figure_rows import FigureRow, figure_rows
from notices.bulletin.formulas import Place

FIRST = 3  # row of the first county as Excel counts: below title and headings
CODE_AND_NAME = 2  # columns before the numbers of the second sheet


@dataclass(frozen=True)
class TableCells:
    table: FigureTable
    numbers_name: str

    @cached_property
    def lines(self) -> tuple[FigureRow, ...]:
        return figure_rows(self.table)

    @cached_property
    def hidden(self) -> tuple[Column, ...]:
        return tuple(column for column in self.table.columns if column.hidden)

    @property
    def place(self) -> Place | None:
        return next((one.made for one in self.table.columns if isinstance(one.made, Place)), None)

    @property
    def last_county(self) -> int:
        return FIRST + len(self.table.rows) - 1

    @property
    def last(self) -> int:
        """The row of the total."""
        return FIRST + len(self.lines) - 1

    @cached_property
    def _shown_at(self) -> Mapping[str, str]:
        return {column.key: xl_col_to_name(at) for at, column in enumerate(self.table.shown)}

    @cached_property
    def _hidden_at(self) -> Mapping[str, str]:
        numbered = enumerate(self.hidden, start=CODE_AND_NAME)
        return {column.key: xl_col_to_name(at) for at, column in numbered}

    def column(self, key: str) -> str:
        """The column's letters on its own sheet."""
        return self._shown_at.get(key) or self._hidden_at[key]

    def cell(self, key: str, row: int, on: str) -> str:
        """As the sheet `on` names it."""
        sheet = self.table.name if key in self._shown_at else self.numbers_name
        return f"{self.column(key)}{row}" if sheet == on else f"'{sheet}'!{self.column(key)}{row}"

    def helper(self, at: int) -> str:
        """Columns that places are worked out in, right of the hidden numbers."""
        return str(xl_col_to_name(CODE_AND_NAME + len(self.hidden) + at))
