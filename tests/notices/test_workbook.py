"""Written workbooks: facts locked, answers open, text stays text."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from notices.workbook import Column, Cover, Sheet, write_workbook

COLUMNS = [
    Column("id", "单位编号", 10, hidden=True),
    Column("name", "单位名称", 30, wrap=True),
    Column("headcount", "从业人数", 8),
    Column("day", "日期", 12),
    Column("verdict", "核对结论", 12, answer=True, choices=["在营", "注销"]),
]
ROWS = [
    {"id": 7, "name": "=1+1", "headcount": 0, "day": date(2024, 8, 9)},
    {"id": 8, "name": "00123", "headcount": None, "day": None},
    {"id": 9, "name": "http://例.cn", "headcount": 25, "day": None},
]


@pytest.fixture
def book(tmp_path: Path) -> Workbook:
    cover = Cover("柳江区清单", [("截至", "2024-08-09"), ("单位数", 3)], ["填写方法：", "逐行填写。"])
    path = write_workbook(
        tmp_path / "deep" / "清单.xlsx", cover, [Sheet("名单", COLUMNS, ROWS)], {"county": "450206"}
    )
    assert [file.name for file in path.parent.iterdir()] == ["清单.xlsx"]
    return load_workbook(path)


@pytest.fixture
def page(book: Workbook) -> Worksheet:
    return book["名单"]


def test_text_never_becomes_a_formula_a_number_or_an_address(page: Worksheet) -> None:
    cells = [page[f"B{row}"] for row in (2, 3, 4)]
    assert [(cell.value, cell.data_type) for cell in cells] == [
        ("=1+1", "s"),
        ("00123", "s"),
        ("http://例.cn", "s"),
    ]
    assert not any(cell.hyperlink for cell in cells)


def test_values(page: Worksheet) -> None:
    assert [page[f"C{row}"].value for row in (2, 3, 4)] == [0, None, 25]
    assert page["D2"].value == "2024-08-09"


def test_facts_are_locked_and_answers_open(page: Worksheet) -> None:
    assert page.protection.sheet
    assert [page.cell(2, column).protection.locked for column in range(1, 6)] == [
        True,
        True,
        True,
        True,
        False,
    ]
    assert not page.protection.autoFilter, "filtering stays allowed"


def test_drop_down_on_every_row(page: Worksheet) -> None:
    (rule,) = page.data_validations.dataValidation
    assert (str(rule.sqref), rule.formula1) == ("E2:E4", '"在营,注销"')


def test_fit_for_screen_and_paper(page: Worksheet) -> None:
    assert page.column_dimensions["A"].hidden
    assert (page.freeze_panes, page.auto_filter.ref, page.print_title_rows) == ("D2", "A1:E4", "$1:$1")
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert (page.sheet_properties.pageSetUpPr.fitToPage, page.page_setup.fitToHeight) == (True, 0)


def test_cover_and_hidden_sheet(book: Workbook) -> None:
    assert (book["填写说明"]["A1"].value, book["填写说明"]["B3"].value) == ("柳江区清单", "2024-08-09")
    assert book["_meta"].sheet_state == "veryHidden"
    assert [cell.value for cell in book["_meta"][1]] == ["county", "450206"]


def test_an_empty_list_says_so(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "空.xlsx", Cover("空", [], []), [Sheet("名单", COLUMNS, [])], {})
    assert load_workbook(path)["名单"]["B2"].value == "（无）"


def test_rows_are_as_high_as_their_fullest_cell(tmp_path: Path) -> None:
    rows = [{"name": "短"}, {"name": "很" * 30}, {"name": "a" * 30}]
    path = write_workbook(tmp_path / "高.xlsx", Cover("高", [], []), [Sheet("名单", COLUMNS, rows)], {})
    page = load_workbook(path)["名单"]
    assert [page.row_dimensions[row].height for row in (2, 3, 4)] == [None, 45, 30]


def test_answers_that_a_choice_asks_for(tmp_path: Path) -> None:
    """Days are kept as days, a missing answer is coloured, and there is room below for what the office adds."""
    columns = [
        Column("verdict", "核对结论", 12, answer=True, choices=["在营", "注销"]),
        Column("since", "日期", 12, answer=True, day=True, needed_for=["注销"], prompt="填注销之日。"),
    ]
    rows = [{"verdict": "注销", "since": date(2024, 6, 30)}]
    sheet = Sheet("名单", columns, rows, decided_by="verdict", spare=2)
    page = load_workbook(write_workbook(tmp_path / "答.xlsx", Cover("答", [], []), [sheet], {}))["名单"]
    assert (page["B2"].is_date, page["B2"].number_format) == (True, "yyyy-mm-dd")
    (rule,) = [one for group in page.conditional_formatting for one in group.rules]
    assert rule.formula == ['AND(OR($A2="注销"),LEN(B2)=0)']
    asked = {str(one.sqref): (one.type, one.prompt) for one in page.data_validations.dataValidation}
    assert asked == {"A2:A4": ("list", None), "B2:B4": (None, "填注销之日。")}
    assert [page.cell(row, 1).protection.locked for row in (2, 3, 4)] == [False] * 3
