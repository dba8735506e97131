"""Every format a file may have gives the same rows of text."""

import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwt

from models.inbound import Kind
from tasks.reading import Table, read_tables

HEAD = ["单位名称", "统一社会信用代码", "职工总数（人）", "成立日期", "联系电话"]
ROWS: list[list[Any]] = [
    ["甲厂", "91450200MA5K000001", 23, date(2024, 1, 5), "07720012"],
    ["乙“分”厂\n二部", "914502001234567890", 7.5, date(1999, 12, 31), 13800138000],
    ["丙，厂", None, None, None, "\\N"],
]
LINES: list[list[Any]] = [HEAD, *ROWS]
EXPECTED = [
    (2, "甲厂", "91450200MA5K000001", "23", "2024-01-05", "07720012"),
    (3, "乙“分”厂\n二部", "914502001234567890", "7.5", "1999-12-31", "13800138000"),
    (4, "丙，厂", None, None, None, None),
]


def as_xlsx(path: Path) -> None:
    book = openpyxl.Workbook()
    for line in LINES:
        book.active.append(line)  # type: ignore[union-attr]
    book.save(path)


def as_xls(path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("名单")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for row, line in enumerate(LINES):
        for column, cell in enumerate(line):
            if cell is not None:
                sheet.write(row, column, cell, day) if isinstance(cell, date) else sheet.write(
                    row, column, cell
                )
    book.save(str(path))


def as_ods(path: Path) -> None:
    def cell(value: object) -> str:
        if value is None:
            return "<table:table-cell/>"
        if isinstance(value, date):
            return f'<table:table-cell office:value-type="date" office:date-value="{value}"/>'
        if isinstance(value, int | float):
            return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
        paragraphs = "".join(f"<text:p>{part}</text:p>" for part in str(value).split("\n"))
        return f'<table:table-cell office:value-type="string">{paragraphs}</table:table-cell>'

    rows = "".join(f"<table:table-row>{''.join(map(cell, line))}</table:table-row>" for line in LINES)
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.2">'
            f'<office:body><office:spreadsheet><table:table table:name="名单">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )


def as_text(encoding: str, delimiter: str = ",", newline: str = "\r\n") -> Callable[[Path], None]:
    def write(path: Path) -> None:
        cells = [["" if cell is None else str(cell) for cell in line] for line in LINES]
        lines = [
            delimiter.join(f'"{c}"' if "\n" in c or delimiter in c else c for c in line) for line in cells
        ]
        path.write_bytes(newline.join([*lines, ""]).encode(encoding))

    return write


FORMATS = {
    "xlsx": as_xlsx,
    "xls": as_xls,
    "ods": as_ods,
    "csv UTF-8": as_text("utf-8"),
    "csv UTF-8 with mark": as_text("utf-8-sig"),
    "csv GB18030": as_text("gb18030"),
    "csv UTF-16": as_text("utf-16"),
    "tsv": as_text("utf-8", "\t", "\n"),
    "semicolons GB18030": as_text("gb18030", ";"),
}


@pytest.mark.parametrize("write", FORMATS.values(), ids=FORMATS)
@pytest.mark.parametrize("name", ["名单.xlsx", "名单.csv"])
def test_content_decides_and_not_the_name(tmp_path: Path, write: Callable[[Path], None], name: str) -> None:
    write(tmp_path / name)
    [table] = read_tables(tmp_path / name, Kind.SURVEY)
    assert table.frame.rows() == EXPECTED
    assert table.columns == {
        "name": "A",
        "credit_code": "B",
        "headcount": "C",
        "established_on": "D",
        "phone": "E",
    }


def read(path: Path, content: str, kind: Kind = Kind.SURVEY, encoding: str = "utf-8") -> Table:
    path.write_bytes(content.encode(encoding))
    [table] = read_tables(path, kind)
    return table


def test_stray_quotes_do_not_swallow_lines(tmp_path: Path) -> None:
    lines = ["单位名称,主要职业病危害因素", '甲厂,5" 管', "乙厂,b", '"丙""厂",c', "丁厂,d"]
    table = read(tmp_path / "a.csv", "\n".join(lines))
    assert table.frame["name"].to_list() == ["甲厂", "乙厂", '丙"厂', "丁厂"]
    assert table.frame["hazards"].to_list() == ['5" 管', "b", "c", "d"]


def test_rows_longer_and_shorter_than_the_header(tmp_path: Path) -> None:
    table = read(tmp_path / "a.csv", "名单\n单位名称,电话\n甲厂\n乙厂,2,多,余\n\n丙厂,3\n")
    assert table.frame.rows() == [(3, "甲厂", None), (4, "乙厂", "2"), (6, "丙厂", "3")]
    assert table.errors.rows() == [(4, None, "多")]
    assert table.titles == ("名单",)


def test_chinese_only_far_below_an_ascii_beginning(tmp_path: Path) -> None:
    lines = ["comp_nm,addr,est_dt", *["x,y,z" for _ in range(60_000)], "甲厂,某路,2001-1-1"]
    table = read(tmp_path / "a.csv", "\n".join(lines), Kind.REGISTRY, "gb18030")
    assert table.frame.height == 60_001
    assert table.frame.row(-1) == (60_002, "甲厂", "某路", "2001-1-1")


def test_old_line_ends(tmp_path: Path) -> None:
    table = read(tmp_path / "a.csv", "单位名称,电话\r甲厂,1\r乙厂,2\r")
    assert table.frame.rows() == [(2, "甲厂", "1"), (3, "乙厂", "2")]


def test_formulas_give_their_last_value_and_times_stay(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    lines: list[list[Any]] = [["单位名称", "审核时间"], ["甲厂", datetime(2024, 1, 5, 8, 30)]]  # noqa: DTZ001
    for line in lines:
        book.active.append(line)  # type: ignore[union-attr]
    book.save(path)
    [table] = read_tables(path, Kind.DECLARATIONS)
    assert table.frame["approved_on"].to_list() == ["2024-01-05 08:30:00"]
