"""A workbook that an office fills in: facts locked, answers open, nothing ever becomes a formula."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

A4 = 9
LINE_HEIGHT = 15
META = "_meta"
BODY = {"font_name": "宋体", "font_size": 10, "valign": "vcenter", "border": 1, "border_color": "#BFBFBF"}
HEADING = BODY | {
    "font_name": "黑体",
    "bold": True,
    "bg_color": "#DDEBF7",
    "align": "center",
    "text_wrap": True,
}
ANSWER = BODY | {"bg_color": "#FFF9E5", "locked": False, "text_wrap": True, "num_format": "@"}
ANSWER_HEADING = HEADING | {"bg_color": "#FFE699"}
DAY = "yyyy-mm-dd"
MISSING = {"bg_color": "#F8CBAD"}
LONGEST_PROMPT = 255


@dataclass(frozen=True)
class Column:
    """`choices` makes a drop-down; `answer` columns are for the office to fill in, all others are locked.

    `day`: a typed date is kept as a date. `needed_for`: choices of the sheet's deciding column with which it must be
    filled in; while it is not, the cell is coloured.
    """

    key: str
    title: str
    width: float
    answer: bool = False
    choices: Sequence[str] = ()
    hidden: bool = False
    wrap: bool = False
    day: bool = False
    prompt: str = ""
    needed_for: Sequence[str] = ()


@dataclass(frozen=True)
class Sheet:
    name: str
    columns: Sequence[Column]
    rows: Sequence[Mapping[str, Any]]
    empty: str = "（无）"
    decided_by: str = ""  # key of the column whose choice tells what else is needed
    spare: int = 0  # lines below for what the office adds


@dataclass(frozen=True)
class Cover:
    """What this is, as a table of names and values, and how to fill it in."""

    title: str
    facts: Sequence[tuple[str, str | int]]
    steps: Sequence[str]


def write_workbook(path: Path, cover: Cover, sheets: Sequence[Sheet], meta: Mapping[str, str]) -> Path:
    """Write to a neighbour first, so that a half-written file never carries the real name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.part")
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(unfinished, options) as book:
        write_cover(book, cover)
        for sheet in sheets:
            _write_sheet(book, sheet, f"{cover.title}　{sheet.name}")
        write_meta(book, meta)
    return unfinished.replace(path)


def write_cover(book: Workbook, cover: Cover) -> None:
    page = book.add_worksheet("填写说明")
    page.set_column(0, 0, 46)
    page.set_column(1, 1, 76)
    page.set_row(0, 36)
    title = book.add_format({"font_name": "黑体", "font_size": 16, "bold": True, "valign": "vcenter"})
    page.write_string(0, 0, cover.title, title)
    name = book.add_format(BODY | {"font_name": "黑体", "bg_color": "#F2F2F2"})
    value = book.add_format(BODY | {"text_wrap": True, "align": "left"})
    for row, (label, said) in enumerate(cover.facts, start=2):
        page.write_string(row, 0, label, name)
        write_cell(page, row, 1, said, value)
    plain = book.add_format({"font_name": "宋体", "font_size": 11, "text_wrap": True, "valign": "top"})
    for row, step in enumerate(cover.steps, start=len(cover.facts) + 3):
        page.merge_range(row, 0, row, 1, "", plain)
        page.write_string(row, 0, step, plain)
        page.set_row(row, 17 * (1 + len(step) // 56))
    set_print(page)
    page.protect()


def _write_sheet(book: Workbook, sheet: Sheet, heading_on_paper: str) -> None:
    page = book.add_worksheet(sheet.name)
    headings = [book.add_format(ANSWER_HEADING if column.answer else HEADING) for column in sheet.columns]
    page.set_row(0, 30)
    for at, column in enumerate(sheet.columns):
        page.set_column(at, at, column.width, None, {"hidden": column.hidden})
        page.write_string(0, at, column.title, headings[at])
    formats = [_format(book, column) for column in sheet.columns]
    for row, unit in enumerate([*sheet.rows, *[{}] * sheet.spare], start=1):
        page.set_row(row, LINE_HEIGHT * _lines(unit, sheet.columns))
        for at, column in enumerate(sheet.columns):
            write_cell(page, row, at, unit.get(column.key), formats[at])
    last = max(len(sheet.rows) + sheet.spare, 1)
    if not sheet.rows and not sheet.spare:
        page.write_string(1, _first_shown(sheet), sheet.empty, book.add_format(BODY))
    _add_rules(page, sheet, last)
    _colour_what_is_missing(book, page, sheet, last)
    page.freeze_panes(1, _first_shown(sheet) + 2)
    page.autofilter(0, 0, last, len(sheet.columns) - 1)
    page.repeat_rows(0)
    set_print(page, heading_on_paper)
    page.protect("", {"autofilter": True, "format_columns": True, "format_rows": True})


def _lines(unit: Mapping[str, Any], columns: Sequence[Column]) -> int:
    """How many lines the fullest wrapped cell needs; not every program works that out itself. 汉字 are two wide."""
    texts = [(str(unit.get(column.key) or ""), column.width) for column in columns if column.wrap]
    return max(
        [1, *(-(-sum(1 + (char > "\u2e7f") for char in text) // int(width - 1)) for text, width in texts)]
    )


def _format(book: Workbook, column: Column) -> Format:
    if not column.answer:
        return book.add_format(BODY | {"text_wrap": column.wrap})
    return book.add_format(ANSWER | ({"num_format": DAY} if column.day else {}))


def _first_shown(sheet: Sheet) -> int:
    return next(at for at, column in enumerate(sheet.columns) if not column.hidden)


def _add_rules(page: Worksheet, sheet: Sheet, last: int) -> None:
    for at, column in enumerate(sheet.columns):
        if rule := _rule(column):
            page.data_validation(1, at, last, at, rule)


def _rule(column: Column) -> dict[str, Any]:
    """A choice must be one of the list; a day is only asked for: 2024.5.1 as text is understood as well."""
    rule: dict[str, Any] = {}
    if column.choices:
        rule = {"validate": "list", "source": list(column.choices)}
        rule |= {"error_title": column.title, "error_message": "请从下拉列表中选择。"}
    elif column.prompt:
        rule = {"validate": "any"}
    if column.prompt:
        rule |= {"input_title": column.title, "input_message": column.prompt[:LONGEST_PROMPT]}
    return rule


def _colour_what_is_missing(book: Workbook, page: Worksheet, sheet: Sheet, last: int) -> None:
    deciding = next((at for at, column in enumerate(sheet.columns) if column.key == sheet.decided_by), None)
    if deciding is None:
        return
    missing = book.add_format(MISSING)
    chosen = xl_rowcol_to_cell(1, deciding, col_abs=True)
    for at, column in enumerate(sheet.columns):
        if column.needed_for:
            asked = ",".join(f'{chosen}="{word}"' for word in column.needed_for)
            formula = f"=AND(OR({asked}),LEN({xl_rowcol_to_cell(1, at)})=0)"
            page.conditional_format(
                1, at, last, at, {"type": "formula", "criteria": formula, "format": missing}
            )


def write_cell(page: Worksheet, row: int, column: int, value: Any, style: Format) -> None:
    """Text stays text: a name that begins with = is a name, a code that looks like a number is a code."""
    if value is None:
        page.write_blank(row, column, None, style)
    elif isinstance(value, date) and style.num_format == DAY:
        page.write_datetime(row, column, value, style)
    elif isinstance(value, int):
        page.write_number(row, column, value, style)
    else:
        page.write_string(row, column, value.isoformat() if isinstance(value, date) else str(value), style)


def set_print(page: Worksheet, heading: str = "") -> None:
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.3, right=0.3, top=0.6, bottom=0.5)
    page.set_header(f'&C&"黑体"&12{heading}')
    page.set_footer("&C第 &P 页 共 &N 页")


def write_meta(book: Workbook, meta: Mapping[str, str]) -> None:
    """For the program that reads the returned file; people do not see it."""
    page = book.add_worksheet(META)
    for row, (key, value) in enumerate(meta.items()):
        page.write_string(row, 0, key)
        page.write_string(row, 1, value)
    page.protect()
    page.very_hidden()
