"""What happens to a workbook in a county office. Made with openpyxl and xlwt, as other programs would leave it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import xlwt
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.make_rounds import heads, page_of, put, row_of

ANSWERS: dict[str, dict[str, Any]] = {
    "甲厂": {"核对结论": "在营"},
    "乙厂": {"核对结论": "停产≤6个月", "日期": date(2024, 5, 1)},
    "丙厂": {"核对结论": "无危害因素", "说明": "只做销售"},
    "丁厂": {"核对结论": "注销", "日期": date(2024, 6, 30)},
}
Hand = Callable[[Workbook, Worksheet], None]


def damaged(path: Path, out: Path, hand: Hand) -> Path:
    book = load_workbook(path)
    out.parent.mkdir(parents=True, exist_ok=True)
    hand(book, page_of(book))
    book.save(out)
    return out


def cells_of(page: Worksheet) -> list[list[Any]]:
    return [list(row) for row in page.iter_rows(values_only=True)]


def written_again(page: Worksheet, rows: list[list[Any]]) -> None:
    page.delete_rows(1, page.max_row)
    for row in rows:
        page.append(row)


def reversed_rows(_book: Workbook, page: Worksheet) -> None:
    head, *rows = cells_of(page)
    written_again(page, [head, *reversed(rows)])


def hidden_rows(_book: Workbook, page: Worksheet) -> None:
    """A filter left on: the rows are still there."""
    page.auto_filter.add_filter_column(11, ["在营"])
    for row in range(2, page.max_row + 1):
        page.row_dimensions[row].hidden = page.cell(row, heads(page)["核对结论"]).value != "在营"


def moved_columns(_book: Workbook, page: Worksheet) -> None:
    rows = cells_of(page)
    written_again(page, [row[11:] + row[:11] for row in rows])


def inserted_column(_book: Workbook, page: Worksheet) -> None:
    page.insert_cols(3)
    page.cell(1, 3).value = "本局经办人"
    for row in range(2, page.max_row + 1):
        page.cell(row, 3).value = "覃工"


def title_above(_book: Workbook, page: Worksheet) -> None:
    page.insert_rows(1, 2)
    page.cell(1, 1).value = "柳江区核对结果（盖章）"


def totals_below(_book: Workbook, page: Worksheet) -> None:
    last = page.max_row + 2
    page.cell(last, 3).value = "合计 4 户"
    page.cell(last + 1, 3).value = "填表人：覃工"


def sheet_renamed(_book: Workbook, page: Worksheet) -> None:
    page.title = "Sheet1"


def codes_as_numbers(_book: Workbook, page: Worksheet) -> None:
    """All eighteen digits typed anew: a spreadsheet keeps fifteen."""
    at = heads(page)["统一社会信用代码"]
    page.cell(row_of(page, "甲厂"), at).value = 914502007351484563


def full_width_codes(_book: Workbook, page: Worksheet) -> None:
    at = heads(page)["统一社会信用代码"]
    for row in range(2, page.max_row + 1):
        if code := page.cell(row, at).value:
            page.cell(row, at).value = "".join(chr(ord(letter) + 0xFEE0) for letter in str(code))


def some_rows_empty(_book: Workbook, page: Worksheet) -> None:
    for name in ("甲厂", "丙厂"):
        for heading in ("核对结论", "说明"):
            page.cell(row_of(page, name), heads(page)[heading]).value = None


def meta_lost(book: Workbook, _page: Worksheet) -> None:
    del book["_meta"]


def meta_of_another_campaign(book: Workbook, _page: Worksheet) -> None:
    book["_meta"]["B2"].value = "other-2030"


def meta_of_no_round(book: Workbook, _page: Worksheet) -> None:
    book["_meta"]["B4"].value = "7"


def number_column_deleted(_book: Workbook, page: Worksheet) -> None:
    page.delete_cols(heads(page)["单位编号"])


def number_column_and_code_damaged(_book: Workbook, page: Worksheet) -> None:
    codes_as_numbers(_book, page)
    number_column_deleted(_book, page)


def numbers_shifted(_book: Workbook, page: Worksheet) -> None:
    """The hidden column did not go along when the others were sorted."""
    rows = range(2, page.max_row + 1)
    numbers = [page.cell(row, 1).value for row in rows]
    for row, number in zip(rows, [*numbers[1:], numbers[0]], strict=True):
        page.cell(row, 1).value = number


def doubled_and_different(_book: Workbook, page: Worksheet) -> None:
    row = cells_of(page)[row_of(page, "甲厂") - 1]
    page.append([*row[:11], "其他", None, None, None, None, "无人应门", *[None] * 5])


def doubled_and_alike(_book: Workbook, page: Worksheet) -> None:
    page.append(cells_of(page)[row_of(page, "甲厂") - 1])


def unknown_word(_book: Workbook, page: Worksheet) -> None:
    put(page, row_of(page, "甲厂"), {"核对结论": "正常生产"})


def field_missing(_book: Workbook, page: Worksheet) -> None:
    put(page, row_of(page, "乙厂"), {"日期": None})
    put(page, row_of(page, "丙厂"), {"说明": None})


def day_to_come(_book: Workbook, page: Worksheet) -> None:
    put(page, row_of(page, "丁厂"), {"日期": date(2024, 8, 10)})


def day_against_the_word(_book: Workbook, page: Worksheet) -> None:
    put(page, row_of(page, "乙厂"), {"日期": date(2024, 2, 8)})


def days_as_text_and_serial(_book: Workbook, page: Worksheet) -> None:
    put(page, row_of(page, "乙厂"), {"日期": "２０２４．５．１"})
    put(page, row_of(page, "丁厂"), {"日期": 45473})


def day_of_a_month_only(_book: Workbook, page: Worksheet) -> None:
    put(page, row_of(page, "乙厂"), {"日期": "2024年5月"})


def duplicate_of_itself(_book: Workbook, page: Worksheet) -> None:
    put(page, row_of(page, "甲厂"), {"核对结论": "重复", "与哪个单位重复": "甲厂"})


def duplicate_of_nobody(_book: Workbook, page: Worksheet) -> None:
    put(page, row_of(page, "甲厂"), {"核对结论": "重复", "与哪个单位重复": "没有的厂"})


def duplicates_of_each_other(_book: Workbook, page: Worksheet) -> None:
    put(page, row_of(page, "甲厂"), {"核对结论": "重复", "与哪个单位重复": "乙厂"})
    put(page, row_of(page, "乙厂"), {"核对结论": "重复", "与哪个单位重复": "甲厂", "日期": None})


def to_its_own_county(_book: Workbook, page: Worksheet) -> None:
    put(page, row_of(page, "甲厂"), {"核对结论": "非本辖区", "接收县（区）": "柳江区"})


def to_another_city(_book: Workbook, page: Worksheet) -> None:
    put(page, row_of(page, "甲厂"), {"核对结论": "非本辖区", "接收县（区）": "桂林市"})


def row_of_another_county(_book: Workbook, page: Worksheet) -> None:
    row = cells_of(page)[row_of(page, "甲厂") - 1]
    page.append(["5", 5, "北厂", None, *row[4:]])


def row_of_nobody(_book: Workbook, page: Worksheet) -> None:
    row = cells_of(page)[row_of(page, "甲厂") - 1]
    page.append([None, 5, "新来的厂", None, *row[4:]])


def several_at_once(_book: Workbook, page: Worksheet) -> None:
    cells = {"核对结论": "停产≤6个月", "日期": "2025-01-01", "更正人数": "很多", "更正电话": "不知道"}
    put(page, row_of(page, "甲厂"), cells)


def answers_without_a_verdict(_book: Workbook, page: Worksheet) -> None:
    put(page, row_of(page, "乙厂"), {"核对结论": None})


def verdict_column_twice(_book: Workbook, page: Worksheet) -> None:
    page.cell(1, page.max_column + 1).value = "核对结论"


def verdict_column_gone(_book: Workbook, page: Worksheet) -> None:
    page.delete_cols(heads(page)["核对结论"])


def sheet_twice(book: Workbook, page: Worksheet) -> None:
    book.copy_worksheet(page)


def names_edited(_book: Workbook, page: Worksheet) -> None:
    page.cell(row_of(page, "甲厂"), heads(page)["单位名称"]).value = "甲厂（已改名）"


def as_old_excel(path: Path, out: Path) -> Path:
    """The same cells in an .xls with dates as dates, every sheet visible."""
    book, old = load_workbook(path), xlwt.Workbook()
    day = xlwt.easyxf(num_format_str="yyyy/m/d")
    for page in book.worksheets:
        sheet = old.add_sheet(page.title)
        for row in page.iter_rows():
            for cell in row:
                if cell.value is not None:
                    style = day if hasattr(cell.value, "year") else xlwt.Style.default_style
                    sheet.write(cell.row - 1, cell.column - 1, cell.value, style)
    out.parent.mkdir(parents=True, exist_ok=True)
    old.save(str(out))
    return out


def as_text(path: Path, out: Path) -> Path:
    """Saved as CSV in GB18030, as an office program does when asked for text: one sheet, no hidden one."""
    rows = cells_of(page_of(load_workbook(path)))
    out.parent.mkdir(parents=True, exist_ok=True)
    lines = [
        ",".join("" if cell is None else str(cell)[: 10 if hasattr(cell, "year") else None] for cell in row)
        for row in rows
    ]
    out.write_text("\r\n".join(lines), "gb18030")
    return out
