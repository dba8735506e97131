"""A form of questions and tables as a workbook: answers open, everything else locked, nothing becomes a formula."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from notices.workbook import (
    ANSWER,
    BODY,
    DAY,
    HEADING,
    LONGEST_PROMPT,
    Cover,
    set_print,
    write_cell,
    write_cover,
    write_meta,
)

NOTE = {"font_name": "楷体", "font_size": 10, "font_color": "#666666", "text_wrap": True, "valign": "vcenter"}
MOST = 500_000
Value = str | int | Decimal | date | None


@dataclass(frozen=True)
class Blank:
    """What may be written into a cell: `choices` or a list on another sheet as a drop-down; `sort`: text, count, amount
    or day. `open_list`: other words are taken as well."""

    title: str
    sort: str = "text"
    choices: Sequence[str] = ()
    listed_on: str = ""  # sheet whose first column is the list
    open_list: bool = False
    prompt: str = ""


@dataclass(frozen=True)
class Line:
    """Locked cells first, then the answers with their blanks, then notes."""

    shown: Sequence[str]
    answers: Sequence[tuple[Blank, Value]]
    notes: Sequence[str] = ()


@dataclass(frozen=True)
class Block:
    headings: Sequence[str]
    lines: Sequence[Line]
    after: str = ""  # said below


@dataclass(frozen=True)
class Page:
    name: str
    widths: Sequence[float]
    blocks: Sequence[Block]


@dataclass(frozen=True)
class Lookup:
    """A list to look up in; the first column is what a drop-down offers."""

    name: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]


def write_form_book(
    path: Path, cover: Cover, pages: Sequence[Page], lookups: Sequence[Lookup], meta: Mapping[str, str]
) -> Path:
    """Write to a neighbour first, so that a half-written file never carries the real name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.part")
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(unfinished, options) as book:
        write_cover(book, cover)
        styles = {sort: book.add_format(ANSWER | extra) for sort, extra in STYLES.items()}
        sizes = {lookup.name: len(lookup.rows) for lookup in lookups}
        for page in pages:
            _write_page(book, page, styles, sizes, cover.title)
        for lookup in lookups:
            _write_lookup(book, lookup)
        write_meta(book, meta)
    return unfinished.replace(path)


STYLES: Mapping[str, dict[str, Any]] = {
    "text": {},
    "count": {"num_format": "0", "align": "left"},
    "amount": {"num_format": "General", "align": "left"},
    "day": {"num_format": DAY, "align": "left"},
}


def _write_page(
    book: Workbook, page: Page, styles: Mapping[str, Format], sizes: Mapping[str, int], title: str
) -> None:
    sheet = book.add_worksheet(page.name)
    heading, locked = book.add_format(HEADING), book.add_format(BODY | {"bg_color": "#F2F2F2"})
    note = book.add_format(NOTE)
    for at, width in enumerate(page.widths):
        sheet.set_column(at, at, width)
    row = 0
    for block in page.blocks:
        for at, text in enumerate(block.headings):
            sheet.write_string(row, at, text, heading)
        for line in block.lines:
            row += 1
            _write_line(sheet, row, line, styles, sizes, locked, note)
        if block.after:
            row += 1
            sheet.merge_range(row, 0, row, len(page.widths) - 1, "", note)
            sheet.write_string(row, 0, block.after, note)
            sheet.set_row(row, 32)
        row += 2
    set_print(sheet, f"{title}　{page.name}")
    sheet.protect("", {"format_columns": True, "format_rows": True, "insert_rows": True})


def _write_line(
    sheet: Worksheet,
    row: int,
    line: Line,
    styles: Mapping[str, Format],
    sizes: Mapping[str, int],
    locked: Format,
    note: Format,
) -> None:
    at = 0
    for text in line.shown:
        sheet.write_string(row, at, text, locked)
        at += 1
    for blank, value in line.answers:
        _write_answer(sheet, row, at, value, styles[blank.sort])
        if rule := _rule(blank, sizes):
            sheet.data_validation(row, at, row, at, rule)
        at += 1
    for text in line.notes:
        sheet.write_string(row, at, text, note)
        at += 1
    longest = max((len(text) for text in line.notes), default=0)
    sheet.set_row(row, 32 if longest > 30 else 19)


def _write_answer(sheet: Worksheet, row: int, at: int, value: Value, style: Format) -> None:
    if isinstance(value, Decimal):
        sheet.write_number(row, at, float(value), style)
    else:
        write_cell(sheet, row, at, value, style)


def _rule(blank: Blank, sizes: Mapping[str, int]) -> dict[str, Any]:
    """A number that is none is stopped; a word outside an open list is only asked about."""
    rule: dict[str, Any] = {"validate": "any"}
    if blank.choices or blank.listed_on:
        size = sizes.get(blank.listed_on, 0)
        source: Any = list(blank.choices) or f"='{blank.listed_on}'!$A$2:$A${size + 1}"
        rule = {"validate": "list", "source": source, "error_message": "请从下拉列表中选择。"}
    elif blank.sort == "count":
        rule = {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": MOST}
        rule["error_message"] = f"请填0到{MOST}之间的整数。"
    elif blank.sort == "amount":
        rule = {"validate": "decimal", "criteria": ">=", "value": 0, "error_message": "请只填数字。"}
    elif blank.sort == "day":
        rule = {"validate": "date", "criteria": ">=", "value": date(2000, 1, 1)}
        rule |= {"error_message": "请填日期，如 2024-08-09。", "error_type": "warning"}
    if blank.open_list:
        rule |= {"error_type": "information"}
    if rule["validate"] != "any":
        rule["error_title"] = blank.title[:32]
    if blank.prompt:
        rule |= {"input_title": blank.title[:32], "input_message": blank.prompt[:LONGEST_PROMPT]}
    return rule if len(rule) > 1 else {}


def _write_lookup(book: Workbook, lookup: Lookup) -> None:
    sheet = book.add_worksheet(lookup.name)
    heading, body = book.add_format(HEADING), book.add_format(BODY)
    for at, text in enumerate(lookup.headings):
        sheet.write_string(0, at, text, heading)
        sheet.set_column(at, at, 34 if at == 0 else 20)
    for row, line in enumerate(lookup.rows, start=1):
        for at, text in enumerate(line):
            sheet.write_string(row, at, text, body)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(lookup.rows), len(lookup.headings) - 1)
    sheet.repeat_rows(0)
    set_print(sheet, lookup.name)
    sheet.protect("", {"autofilter": True})
