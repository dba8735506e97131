"""What people put above, between and below the rows, and what becomes of it."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from models.errors import InputRefused
from models.inbound import Kind
from tasks.reading import Table, read_tables

TITLES: list[list[Any]] = [["柳州市用人单位名单"], ["数据截至2024年6月30日"]]
HEAD: list[Any] = ["序号", "单位名称", "统一社会信用代码", "县（区）", "在册职工人数", "联系人", "备忘"]


def book_of(path: Path, **sheets: list[list[Any]]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    book.save(path)
    return book


def one(path: Path, lines: list[list[Any]], kind: Kind = Kind.SURVEY) -> Table:
    book_of(path, 名单=lines)
    [table] = read_tables(path, kind)
    return table


JUNK: list[tuple[str, list[Any], str]] = [
    ("subtotal in the first column", ["合  计", None, None, None, 46], "subtotal"),
    ("subtotal in the name", [None, "小计：", None, None, 46], "subtotal"),
    ("subtotal of a county", [None, None, None, "柳江区合计", 46], "subtotal"),
    ("subtotal with a count", ["共计 12 家"], "subtotal"),
    ("signature", ["填表人：李四", None, None, "审核人：王五"], "signature"),
    ("signature in the middle", [None, None, "联系电话:0772-1"], "signature"),
    ("remark", ["注：本表由县区填报"], "signature"),
    ("header of the next page", HEAD, "header"),
    ("only a running number", [7], "blank"),
    ("only spaces", [None, "  ", "\u3000"], "blank"),
    ("nulls of a database", [None, "\\N", "\\n", "NULL"], "blank"),
]
ROWS: list[tuple[str, list[Any]]] = [
    ("plain", [1, "甲厂", "91450200MA5K000001", "柳江区", 23]),
    ("no name", [1, None, "91450200MA5K000001", None, None]),
    ("no code", [1, "甲厂", None, "柳江区", None]),
    ("neither", [1, None, None, "柳江区", 5]),
    ("a name that begins like a signature", [1, "审核人力资源公司", None, "柳江区", 5]),
    ("a name with 合计 in it", [1, "合计会计事务所", None, "柳江区", 5]),
    ("a note beside the row", [1, "甲厂", None, "柳江区", 5, None, "备注：已搬迁"]),
]


@pytest.mark.parametrize(("line", "reason"), [j[1:] for j in JUNK], ids=[j[0] for j in JUNK])
def test_line_is_dropped_with_its_reason(tmp_path: Path, line: list[Any], reason: str) -> None:
    last = [2, "乙厂", "91450200MA5K000002"]
    table = one(tmp_path / "a.xlsx", [*TITLES, HEAD, ROWS[0][1], line, last])
    assert table.frame["row_no"].to_list() == [4, 6]
    assert table.dropped.rows() == [(1, "title"), (2, "title"), (3, "header"), (5, reason)]


NOTHING_BELOW: list[tuple[str, list[list[Any]]]] = [
    ("nothing", []),
    ("an empty line", [[None], ["  "]]),
    ("a subtotal and a signature", [["合计", None, None, None, 0], ["填表人：李四"]]),
]


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("below", [b[1] for b in NOTHING_BELOW], ids=[b[0] for b in NOTHING_BELOW])
def test_a_list_of_nobody_is_refused(tmp_path: Path, below: list[list[Any]]) -> None:
    with pytest.raises(InputRefused, match="E1025"):
        one(tmp_path / "a.xlsx", [*TITLES, HEAD, *below])
    (tmp_path / "b.csv").write_text(",".join(HEAD) + "\n", encoding="utf-8")
    with pytest.raises(InputRefused, match="没有数据行"):
        read_tables(tmp_path / "b.csv", Kind.SURVEY)


def test_a_sheet_of_nobody_beside_a_good_one_is_passed_over(tmp_path: Path) -> None:
    book_of(tmp_path / "a.xlsx", 名单=[HEAD, ROWS[0][1]], 空表=[HEAD])
    [table] = read_tables(tmp_path / "a.xlsx", Kind.SURVEY)
    assert (table.sheet, table.skipped) == ("名单", ("空表",))


@pytest.mark.parametrize("line", [r[1] for r in ROWS], ids=[r[0] for r in ROWS])
def test_row_stays(tmp_path: Path, line: list[Any]) -> None:
    table = one(tmp_path / "a.xlsx", [HEAD, line])
    assert table.frame["row_no"].to_list() == [2]


def test_what_is_kept_of_the_sheet(tmp_path: Path) -> None:
    table = one(tmp_path / "a.xlsx", [*TITLES, HEAD, ROWS[0][1], [None], [None]])
    assert (table.file_name, table.sheet, table.header_row) == ("a.xlsx", "名单", 3)
    assert table.titles == ("柳州市用人单位名单", "数据截至2024年6月30日")
    assert table.columns == {"name": "B", "credit_code": "C", "county": "D", "headcount": "E"}
    assert table.headings["headcount"] == "在册职工人数"
    assert table.unmapped == ("备忘",)
    assert "联系人" not in table.unmapped
    assert table.frame.rows() == [(4, "甲厂", "91450200MA5K000001", "柳江区", "23")]


def test_line_of_column_numbers_is_header(tmp_path: Path) -> None:
    table = one(tmp_path / "a.xlsx", [HEAD, ["甲", "乙", "1", "2", "3", "4", "5"], ROWS[0][1]])
    assert table.frame["row_no"].to_list() == [3]


def test_table_that_starts_further_right(tmp_path: Path) -> None:
    table = one(tmp_path / "a.xlsx", [[None, None, *HEAD], [None, None, *ROWS[0][1]]])
    assert table.columns["name"] == "D"
    assert table.frame["name"].to_list() == ["甲厂"]


def test_sheets_without_a_header_are_named_and_hidden_ones_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    lines = [HEAD, ROWS[0][1]]
    book = book_of(
        path, 城中区=lines, 柳江区=lines, 填报说明=[["请认真填写"]], 草稿=lines, _meta=lines, 空=[]
    )
    book["草稿"].sheet_state = "hidden"
    book["_meta"].sheet_state = "veryHidden"
    book.save(path)
    tables = read_tables(path, Kind.SURVEY)
    assert [table.sheet for table in tables] == ["城中区", "柳江区"]
    assert {table.skipped for table in tables} == {("填报说明",)}


def test_second_column_of_a_field_fills_gaps(tmp_path: Path) -> None:
    lines: list[list[Any]] = [
        ["单位名称", "联系电话", "手机号码"],
        ["甲厂", "0772-1", "138"],
        ["乙厂", "0772-2", None],
    ]
    table = one(tmp_path / "a.xlsx", lines)
    assert table.frame["phone"].to_list() == ["138", "0772-2"]
    assert table.columns["phone"] == "C"


def test_code_typed_as_a_number_is_known_as_such(tmp_path: Path) -> None:
    codes = ["914502001234567890", 914502001234567890, 914502001234567000.0, None, "91450200MA5K000001"]
    rows: list[list[Any]] = [["甲厂", code, "0772"] for code in codes]
    table = one(tmp_path / "a.xlsx", [["单位名称", "信用代码", "电话"], *rows, ["合计"]])
    assert table.numeric["credit_code"].to_list() == [False, True, True, False, False]
    assert table.frame["credit_code"][1] == "914502001234567936"


def test_no_numbers_no_second_reading(tmp_path: Path) -> None:
    assert one(tmp_path / "a.xlsx", [HEAD, ROWS[0][1]]).numeric == {}


def test_truth_values_and_error_cells(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    lines: list[list[Any]] = [
        ["单位名称", "是否分支机构", "职工人数"],
        ["甲厂", True, 1],
        ["乙厂", False, "#N/A"],
    ]
    book = book_of(path, 名单=lines)
    book["名单"]["C3"].data_type = "e"
    book.save(path)
    [table] = read_tables(path, Kind.SURVEY)
    assert table.frame.rows() == [(2, "甲厂", "是", "1"), (3, "乙厂", "否", None)]
    assert table.errors.rows() == [(3, "headcount", "#NA")]
