"""The platform's export of every month's end. What did not change is written as it was before, dirt and all."""

from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl

from tasks.sample.declaration_file import declaration_document
from tasks.sample.dice import Dice
from tasks.sample.months.course import course, numbers_of, states_on
from tasks.sample.months.filings import LAST_DAY, started
from tasks.sample.months.pace import FIRST_DAY, MONTHS, month_ends
from tasks.sample.paper import Document, Table
from tasks.sample.style import Style

GONE, BACK_AGAIN, GONE_FOR = 0.005, 0.4, 2


class Platform:
    """All declarations it will ever hold, and on which day each of them changes."""

    def __init__(
        self, rows: pl.DataFrame, later: pl.DataFrame, export: Document, style: Style, dice: Dice
    ) -> None:
        self.rows = pl.concat([rows, later], how="diagonal").with_row_index("row").cast({"row": pl.Int64})
        self.document = declaration_document(later, style, dice.child("written"), LAST_DAY)
        self.text = pl.concat([export.tables[0].frame, self.document.tables[0].frame])
        new = np.arange(len(self.rows)) >= len(rows)
        self.shown_from = pl.select(pl.when(pl.Series(new)).then(self.rows["filed_on"])).to_series()
        self.events = course(
            self.rows["row"].to_numpy(), numbers_of(started(self.rows, FIRST_DAY)),
            self.rows["declaration_state"].to_numpy().astype(object), LAST_DAY, dice.child("course"),
        )  # fmt: skip
        ends = pl.Series(month_ends())
        first = ends.search_sorted(self.shown_from.fill_null(ends[0]))
        self.gone, self.back = _gaps(first.cast(pl.Int64).to_numpy(), dice.child("gaps"))

    def declared(self, day: date) -> pl.DataFrame:
        """The true declarations with their states of the day, those that the export lacks included."""
        told = self.rows.join(
            states_on(self.events, day), on="row", how="left", maintain_order="left", suffix="_now"
        )
        changed = pl.col("state_now").is_not_null()
        return told.with_columns(
            declaration_state=pl.when(changed).then("state_now").otherwise("declaration_state"),
            approved_on=pl.when(changed).then("approved_on_now").otherwise("approved_on"),
            changed=changed,
        ).filter(self._filed(day))

    def export(self, day: date) -> tuple[Document, pl.DataFrame]:
        """The export of the day, and the declarations it shows."""
        true = self.declared(day)
        number = month_ends().index(day)
        hidden = (self.gone <= number) & (number < self.back)
        shown = true.filter(~pl.Series(hidden).gather(true["row"]))
        text = self.text[shown["row"].to_numpy()]
        frame = text.with_columns(
            pl.int_range(1, pl.len() + 1).cast(pl.String).alias("序号"),
            状态=pl.when(shown["changed"]).then(shown["declaration_state"]).otherwise("状态"),
            审核日期=pl.when(shown["changed"])
            .then(shown["approved_on"].cast(pl.String))
            .otherwise("审核日期"),
        )
        return self._document(frame, day), shown

    def _filed(self, day: date) -> pl.Series:
        return self.shown_from.is_null() | (self.shown_from <= day)

    def _document(self, frame: pl.DataFrame, day: date) -> Document:
        """As csv, the platform's quicker way."""
        table: Table = replace(self.document.tables[0], frame=frame)
        stem = f"职业病危害项目申报导出_{day:%Y%m%d}"
        return replace(self.document, stem=stem, data_date=day, tables=(table,), form="csv")


def _gaps(first: np.ndarray, dice: Dice) -> tuple[np.ndarray, np.ndarray]:
    """From which month's export on a line is missing that was there in `first`, and from which it is back; few ever are."""
    n, never = len(first), MONTHS + GONE_FOR
    later = first + 1 + np.floor(dice.many.random(n) * (MONTHS - first - 1)).astype(np.int64)
    gone = np.where(dice.flags(n, GONE), later, never)
    return gone, np.where(dice.flags(n, BACK_AGAIN), gone + GONE_FOR, never + GONE_FOR)
