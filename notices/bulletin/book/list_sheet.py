"""Units by name: text stays text, days are days, and every page of a long list has its headings."""

from datetime import date
from math import ceil
from typing import Any

from notices.bulletin.book.inks import Inks
from notices.bulletin.book.paper_setup import set_print
from notices.bulletin.content import Listing

WHOLE = 110.0  # characters across a page
LEAST = 6.0
LATIN = 0xFF
LINE = 15.0  # points


def write_listing(page: Any, listing: Listing, inks: Inks) -> None:
    parts = listing.widths or (1.0,) * len(listing.headings)
    widths = [max(WHOLE * part / sum(parts), LEAST) for part in parts]
    for at, (heading, width) in enumerate(zip(listing.headings, widths, strict=True)):
        page.set_column(at, at, width)
        page.write_string(0, at, heading, inks.heading)
    for row, values in enumerate(listing.rows, start=1):
        page.set_row(row, LINE * max(map(_lines, values, widths)))
        for at, value in enumerate(values):
            _write_value(page, row, at, value, inks)
    if not listing.rows:
        page.write_string(1, 0, listing.empty, inks.words)
    below = max(len(listing.rows), 1) + 2
    for row, note in enumerate(listing.notes, start=below):
        page.write_string(row, 0, note)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(len(listing.rows), 1), len(listing.headings) - 1)
    set_print(page, heading_row=0)


def _lines(value: str | int | date | None, width: float) -> int:
    """As a cell breaks its text: programs that open the book do not find a row's height by themselves."""
    if not isinstance(value, str):
        return 1
    return max(1, ceil(sum(2 if ord(char) > LATIN else 1 for char in value) / width))


def _write_value(page: Any, row: int, column: int, value: str | int | date | None, inks: Inks) -> None:
    match value:
        case None:
            page.write_blank(row, column, None, inks.words)
        case date():
            page.write_datetime(row, column, value, inks.day)
        case int():
            page.write_number(row, column, value, inks.count)
        case str():
            page.write_string(row, column, value, inks.words)
