"""Tables as offices lay them out, and which spreadsheet row each record ended on."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import polars as pl

UNIT = "_unit"  # column with the truth, never written into a file


@dataclass(frozen=True)
class Table:
    """`frame` holds the cells under their printed headings, and UNIT. Junk lines stand before the body row of their number."""

    sheet: str
    frame: pl.DataFrame
    title: str = ""
    groups: tuple[tuple[str, int], ...] = ()  # upper header line: text and how many columns it spans
    junk: dict[int, list[str]] = field(default_factory=dict)
    numbers: frozenset[str] = frozenset()

    @property
    def headings(self) -> list[str]:
        return [c for c in self.frame.columns if c != UNIT]

    def head(self) -> list[list[str]]:
        """Title and header lines; spanned cells are empty."""
        lines = [[self.title] + [""] * (len(self.headings) - 1)] if self.title else []
        if self.groups:
            lines.append([text for name, width in self.groups for text in (name, *[""] * (width - 1))])
        return [*lines, self.headings]

    def body(self) -> Iterator[list[str]]:
        """All lines below the header, junk included."""
        for number, row in enumerate(self.frame.select(self.headings).iter_rows()):
            if number in self.junk:
                yield self.junk[number]
            yield ["" if cell is None else cell for cell in row]
        for number in sorted(self.junk):
            if number >= len(self.frame):
                yield self.junk[number]

    def row_numbers(self) -> pl.Series:
        """Where each record stands, counted from 1 as a spreadsheet does."""
        first = len(self.head()) + 1
        before = pl.Series(sorted(self.junk), dtype=pl.Int64)
        place = pl.int_range(len(self.frame), eager=True)
        return place + first + before.search_sorted(place, side="right").cast(pl.Int64)


@dataclass(frozen=True)
class Document:
    """One file as it arrives, with what the clerk knows about it."""

    stem: str
    kind: str
    source: str
    data_date: date
    tables: tuple[Table, ...]
    full: bool = True
    form: str = "xlsx"
    encoding: str = "utf-8-sig"
