"""The paper's workbook: live tables, native charts, definitions, lists of units (2.5, C29)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import xlsxwriter

from notices.bulletin.book.figure_sheet import FigureSheet
from notices.bulletin.book.heat_sheet import write_heat
from notices.bulletin.book.inks import Inks
from notices.bulletin.book.list_sheet import write_listing
from notices.bulletin.book.number_sheet import NumberSheet
from notices.bulletin.book.paper_setup import set_print
from notices.bulletin.book.progress_sheet import write_progress
from notices.bulletin.book.rank_chart import write_rank_chart
from notices.bulletin.book.sheet_names import SheetNames
from notices.bulletin.book.table_cells import TableCells
from notices.bulletin.content import FigureTable, HeatTable, Paper, Progress

SAID_LINE = 48  # 汉字 in a line of the definitions
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_book(paper: Paper, path: Path) -> Path:
    """The same content is the same file; a half-written one never carries the real name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.part")
    with xlsxwriter.Workbook(unfinished, OPTIONS) as book:
        _set_properties(book, paper)
        names, inks = SheetNames(), Inks(book)
        later = [_write_table(book, table, names, inks) for table in paper.tables()]
        _write_charts(book, paper, names, inks)
        _write_definitions(book, names.free("定义"), paper, inks)
        for sheet in later:
            sheet.write(book.add_worksheet(sheet.cells.numbers_name))
        for listing in paper.listings():
            write_listing(book.add_worksheet(names.free(listing.name)), listing, inks)
    return unfinished.replace(path)


def _write_table(book: Any, table: FigureTable, names: SheetNames, inks: Inks) -> NumberSheet:
    """The table and its ranked bars now; the integers behind it further back in the book."""
    name = names.free(table.name)
    cells = TableCells(replace(table, name=name), names.free(f"{name}计算用数"))
    FigureSheet(cells, inks).write(book.add_worksheet(name))
    if cells.place:
        write_rank_chart(book, book.add_worksheet(names.free(f"{name}排名图")), cells, inks)
    return NumberSheet(cells, inks)


def _write_charts(book: Any, paper: Paper, names: SheetNames, inks: Inks) -> None:
    for chart in paper.charts():
        if isinstance(chart, Progress):
            write_progress(book, book.add_worksheet(names.free("进度与计划")), chart, inks)
        elif isinstance(chart, HeatTable):
            write_heat(book.add_worksheet(names.free("行业热力表")), chart, inks)


def _write_definitions(book: Any, name: str, paper: Paper, inks: Inks) -> None:
    page = book.add_worksheet(name)
    page.set_column(0, 0, 20)
    page.set_column(1, 1, 100)
    for row, (label, said) in enumerate(_definitions(paper)):
        page.write_string(row, 0, label, inks.heading)
        page.write_string(row, 1, said, inks.words)
        page.set_row(row, 16 * (1 + len(said) // SAID_LINE))
    set_print(page, heading_row=0)


def _definitions(paper: Paper) -> Iterator[tuple[str, str]]:
    yield "标题", paper.plain_title
    yield "依据", paper.basis
    yield from paper.facts
    yield "说明", "浅黄底的整数为统计结果，其余各数由公式从整数算出；率和环比四舍五入到两位小数。"
    for table in paper.tables():
        for note in table.notes:
            yield table.name, note


def _set_properties(book: Any, paper: Paper) -> None:
    day = datetime.combine(paper.day, time(), UTC)
    book.set_properties({"title": paper.plain_title, "author": paper.signed_by, "created": day})
