"""The workbook: live formulas that come to what is printed, charts, definitions, lists as text (acceptance 4)."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from notices.bulletin.book.sheet_names import SheetNames
from notices.bulletin.book.write import write_book
from notices.bulletin.content import FigureTable, Row
from notices.bulletin.figure_rows import figure_rows
from notices.bulletin.progress_table import progress_columns
from tests import libreoffice
from tests.notices.bulletin.make_paper import INDICATORS, county_rows, listing, paper, table
from tests.notices.bulletin.uncalculated import uncalculated

SHEETS = [
    "进度表",
    "进度表排名图",
    "进度与计划",
    "行业热力表",
    "定义",
    "进度表计算用数",
    "未申报用人单位名单",
    "成员N",
]
needs_office = pytest.mark.skipif(libreoffice.found() is None, reason="no LibreOffice")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_book(paper(), tmp_path_factory.mktemp("book") / "通报.xlsx")


@pytest.fixture(scope="module")
def book(written: Path) -> Workbook:
    return load_workbook(written)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> libreoffice.LibreOffice:
    return libreoffice.LibreOffice(tmp_path_factory.mktemp("office"))


def calculated(
    path: Path, office: libreoffice.LibreOffice, typed: tuple[tuple[int, int, int, str], ...] = ()
) -> Workbook:
    """What LibreOffice makes of the formulas by itself."""
    bare, target = path.with_name("bare.xlsx"), path.with_name("calculated.xlsx")
    assert uncalculated(path, bare) > 100
    return load_workbook(office.fill(bare, target, typed), data_only=True)


def shown(value: object, at: int) -> str:
    """A cell as the printed table has it; `at` is its column in the table of 2.5."""
    if isinstance(value, float) or (isinstance(value, int) and 9 <= at <= 16):
        return f"{value:+.2f}".replace("+0.00", "0.00") if at == 10 else f"{value:.2f}"
    return "" if value is None else str(value)


def printed(made: FigureTable) -> list[tuple[str, ...]]:
    return [line.texts for line in figure_rows(made)]


def read(page_of: Workbook, count: int) -> list[tuple[str, ...]]:
    rows = page_of["进度表"].iter_rows(min_row=3, max_row=2 + count, values_only=True)
    return [tuple(shown(value, at) for at, value in enumerate(row)) for row in rows]


def halves() -> tuple[Row, ...]:
    """Rates and changes that lie on a half of the last printed place, where a program may round either way."""
    shares = [
        (1, 32),
        (3, 32),
        (1, 800),
        (7, 800),
        (201, 40_000),
        (333, 160),
        (29, 800),
        (57, 1600),
        (1, 1600),
    ]
    rows = []
    for at, (done, whole) in enumerate(shares, start=1):
        numbers: dict[str, int | None] = {"b": whole, "x": 0, "a": 0, "d": done, "p": 0}
        numbers |= {"before:d": at, "before:n": 1600}
        numbers |= {key: whole for key in INDICATORS} | {f"{key}/declared": done for key in INDICATORS}
        rows.append(Row(f"4502{at:02d}", f"县{at}", numbers))
    return tuple(rows)


@needs_office
def test_libreoffice_comes_to_what_is_printed(written: Path, office: libreoffice.LibreOffice) -> None:
    found = calculated(written, office)
    assert read(found, 11) == printed(table())
    bars = list(found["进度表排名图"].iter_rows(min_row=2, max_row=11, max_col=3, values_only=True))
    names = [row[1] for row in bars]
    assert names[:3] + names[-2:] == ["柳北区", "城中区", "融安县", "柳城县", "鹿寨县"]
    assert [row[2] for row in bars][-3:] == [0, "—", "—"]
    lines = list(found["进度与计划"].iter_rows(min_row=3, max_row=6, max_col=5, values_only=True))
    assert [row[1] for row in lines] == [None, 0, 17.68, None]
    heat = [row[0].value for row in found["行业热力表"]["C3:C4"]]
    assert heat == ["—", 50]


@needs_office
@pytest.mark.parametrize("case", ["halves", "beside"])
def test_libreoffice_rounds_and_adds_as_we_do(
    case: str, tmp_path: Path, office: libreoffice.LibreOffice
) -> None:
    nobody: dict[str, int | None] = dict.fromkeys(county_rows()[0].numbers, 3)
    made = table(rows=halves()) if case == "halves" else table(beside=(Row("", "县区不明", nobody),))
    path = write_book(paper(annexes=(), blocks=(made,)), tmp_path / "a.xlsx")
    lines = printed(made)
    assert read(calculated(path, office), len(lines)) == lines
    if case == "beside":
        assert (lines[-2][1], lines[-2][2], lines[-2][-1], lines[-1][2]) == ("县区不明", "3", "", "1388")


@needs_office
def test_a_changed_integer_moves_everything(written: Path, office: libreoffice.LibreOffice) -> None:
    """柳南区 comes from the last place to the first: rate, total, places of all and the order of the bars."""
    found = calculated(written, office, ((0, 4, 6, "117"), (0, 4, 7, "0")))
    rows = county_rows()
    changed = replace(rows[2], numbers={**rows[2].numbers, "d": 117, "p": 0})
    assert read(found, 11) == printed(table(rows=(*rows[:2], changed, *rows[3:])))
    assert [found["进度表排名图"].cell(row, 2).value for row in (2, 3)] == ["柳南区", "柳北区"]


def test_values_are_there_for_readers_that_do_not_calculate(written: Path) -> None:
    assert read(load_workbook(written, data_only=True), 11) == printed(table())


def test_only_what_is_worked_out_is_a_formula(book: Workbook) -> None:
    columns = progress_columns(INDICATORS)
    county = [cell.data_type == "f" for cell in book["进度表"][3]]
    assert county == [column.made is not None and column.key not in ("no", "name") for column in columns[:18]]
    listed = book["未申报用人单位名单"]
    assert listed["C2"].value == "=1+1"
    assert {cell.data_type for row in listed.iter_rows() for cell in row} <= {"s", "n", "d"}
    assert listed["D2"].value == "91450200MA5K000001"
    assert listed["G2"].value == datetime(2024, 7, 2)  # noqa: DTZ001 a cell has no zone


def test_sheets_charts_and_shades(book: Workbook, written: Path) -> None:
    assert book.sheetnames == SHEETS
    assert {name: len(book[name]._charts) for name in SHEETS if book[name]._charts} == {
        "进度表排名图": 1,
        "进度与计划": 1,
    }
    with ZipFile(written) as held:
        drawn = "".join(held.read(name).decode() for name in held.namelist() if "/charts/chart" in name)
    assert "<c:barChart>" in drawn
    assert "<c:lineChart>" in drawn
    ((area, (rule,)),) = [(str(one.sqref), one.rules) for one in book["行业热力表"].conditional_formatting]
    assert (area, rule.type) == ("B3:E12", "colorScale")


def test_definitions_say_where_the_numbers_come_from(book: Workbook) -> None:
    said = {str(row[0]): str(row[1]) for row in book["定义"].iter_rows(values_only=True)}
    assert said["依据"] == "桂卫职健发〔2024〕3号"
    assert said["快照编号"] == "20240930-7"
    notes = [row[1] for row in book["定义"].iter_rows(values_only=True) if row[0] == "进度表"]
    assert notes == list(table().notes)


@pytest.mark.parametrize("name", SHEETS)
def test_print_setup(book: Workbook, name: str) -> None:
    page = book[name]
    assert (page.page_setup.paperSize, page.page_setup.fitToHeight) == (9, 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.print_title_rows


def test_the_same_content_is_the_same_book(tmp_path: Path, written: Path) -> None:
    again = write_book(paper(), tmp_path / "again.xlsx")
    assert again.read_bytes() == written.read_bytes()
    assert [file.name for file in tmp_path.iterdir()] == ["again.xlsx"]


def test_an_empty_list_says_so(tmp_path: Path) -> None:
    path = write_book(paper(annexes=(), members=(listing(0),)), tmp_path / "空.xlsx")
    assert load_workbook(path)["未申报用人单位名单"]["A2"].value == "（无）"


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (["名单", "名单"], ["名单", "名单(2)"]),
        (["a/b[c]:d"], ["a_b_c__d"]),
        (["长" * 40, "长" * 40], ["长" * 31, "长" * 28 + "(2)"]),
        (["A", "a"], ["A", "a(2)"]),
        ([" "], ["表"]),
    ],
    ids=["重名", "禁用字符", "过长", "大小写", "空名"],
)
def test_sheet_names(wanted: list[str], names: list[str]) -> None:
    given = SheetNames()
    assert [given.free(name) for name in wanted] == names
