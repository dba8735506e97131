"""The months written: one folder each, as its offices send them, and what is true at its end beside them."""

from collections.abc import Callable, Iterable
from pathlib import Path

import polars as pl

from tasks.sample.answers import MONTHS
from tasks.sample.declared import approved_numbers, approved_units
from tasks.sample.dice import Dice
from tasks.sample.list_files import platform_counts
from tasks.sample.months.exports import Platform
from tasks.sample.months.filed_here import write_filed
from tasks.sample.months.filings import filings
from tasks.sample.months.news import on_day, registry_of_month, with_news
from tasks.sample.months.pace import month_ends
from tasks.sample.paper import UNIT, Document
from tasks.sample.style import Style
from tasks.sample.truth import truth_units

Write = Callable[[Path, Iterable[Document], pl.DataFrame], list[str]]


def make_months(
    out: Path,
    units: pl.DataFrame,
    rows: pl.DataFrame,
    lists: list[Document],
    export: Document,
    style: Style,
    dice: Dice,
    write: Write,
) -> list[str]:
    """`lists`: those that name who should declare, apart from the regulator's. Returns the names of the files."""
    all_units = with_news(units, dice.child("units"))
    later = filings(all_units, rows, _named(lists), dice.child("filings"))
    platform = Platform(rows, later, export, style, dice.child("platform"))
    written = []
    for end in month_ends():
        shown_export, shown = platform.export(end)
        news = registry_of_month(all_units, end, style, dice.child("registry", end))
        true = platform.declared(end)
        truth = truth_units(on_day(all_units, end), approved_units(true), end)
        truth = truth.join(approved_numbers(true), on="unit", how="left", maintain_order="left")
        folder = f"{MONTHS}/{end:%Y-%m}"
        names = write(out / folder, [news, shown_export, platform_counts(shown, end)], truth)
        written += [f"{folder}/{name}" for name in names]
    filed = write_filed(out / MONTHS, all_units, rows, later, dice.child("filed"))
    return written + [f"{MONTHS}/{name}" for name in filed]


def _named(lists: list[Document]) -> pl.Series:
    """The true units that the lists name."""
    return pl.concat([table.frame[UNIT] for document in lists for table in document.tables]).unique()
