"""The 申报表 as a workbook: what is written comes back, from Excel's, WPS's and LibreOffice's hands (F12, F23, 2.3)."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from models.form.form import Form, stored
from notices.form_book import write_form_book
from notices.workbook import Cover
from tasks.code_lists import code_lists
from tasks.filing.documents import Document, documents_in, form_words
from tasks.filing.form_reading import FilledForm, read_filled
from tasks.filing.issue import _counties, _lookups
from tasks.filing.layout import KIND, LAYOUT, pages_of
from tests.libreoffice import LibreOffice, found
from tests.make_forms import GONE, make_form

META = {"kind": KIND, "layout": LAYOUT, "registrant": "7"}
FULL: dict[str, Any] = {
    "event_on": "2024-08-03",
    "basics.filled_by": "韦二",
    "basics.trained": 12,
    "products.rows": [
        {"name": "铸件", "output": "1200.5", "unit": "吨"},
        {"name": "=SUM(A1)", "output": "0.000001"},
    ],
    "hazards.chemical": {
        "present": True,
        "exposed": 3,
        "factors": [{"name": "苯", "exposed": 2}, {"name": "某种自编的毒物", "exposed": 0}],
    },
}
SECRET: dict[str, Any] = {"products": {"secret": True}}
NOTHING_MADE: dict[str, Any] = {"products.rows": [{"name": "无", "output": 0, "unit": "无"}]}


def written(form: Form, path: Path, meta: Mapping[str, str] = META, *, lists: bool = False) -> Path:
    """`lists`: with the long lists to look up in, as it is issued."""
    cover, pages = Cover("申报表", [], ["填写"]), pages_of(form, code_lists(), _counties())
    return write_form_book(path, cover, pages, _lookups() if lists else [], meta)


def read(path: Path) -> FilledForm:
    return read_filled(path, form_words())


def the_one(path: Path) -> Document:
    (one,) = documents_in([path])
    return one


def content(path: Path) -> dict[str, Any]:
    one = the_one(path)
    assert one.form is not None
    assert list(one.troubles) == []
    return stored(one.form)


CASES: dict[str, dict[str, Any]] = {"sound": {}, "full": FULL, "secret": SECRET, "nothing made": NOTHING_MADE}
CASES |= {
    "no section but the basics": dict.fromkeys(("products", "hazards", "monitoring", "surveillance"), None),
    "formula for a name": {"basics.name": "=cmd|' /C calc'!A0", "basics.contact": "+1", "basics.size": GONE},
    "branch": {"basics.is_branch": True, "basics.parent_code": "91450200735148460A"},
}


@pytest.mark.parametrize("changes", CASES.values(), ids=CASES.keys())
def test_what_is_written_comes_back(changes: dict[str, Any], tmp_path: Path) -> None:
    form = make_form(changes)
    path = written(form, tmp_path / "form.xlsx")
    assert content(path) == stored(form)
    assert the_one(path).meta == META


@pytest.mark.skipif(found() is None, reason="LibreOffice (soffice) is not on this machine")
@pytest.mark.parametrize("ending", [".xlsx", ".xls", ".ods"])
def test_through_libreoffice(office: LibreOffice, tmp_path: Path, ending: str) -> None:
    """Typed by hand into the blank form, as an office does it, and saved in its three formats."""
    form = make_form(FULL)
    blank = written(Form(), tmp_path / "blank.xlsx", lists=True)
    saved = office.fill(blank, tmp_path / f"back{ending}", typed(form, blank))
    assert content(saved) == stored(form)
    assert the_one(saved).meta == META


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> LibreOffice:
    return LibreOffice(tmp_path_factory.mktemp("office"))


def typed(form: Form, blank: Path) -> list[tuple[int, int, int, str]]:
    """The cells in which a filled form differs from the blank one."""
    filled = written(form, blank.with_name("filled.xlsx"), lists=True)
    cells = []
    for number, (empty, full) in enumerate(zip(load_workbook(blank), load_workbook(filled), strict=True)):
        for line in full.iter_rows() if number else ():
            for cell in line:
                if cell.value is not None and empty[cell.coordinate].value != cell.value:
                    shown = str(cell.value).removesuffix(" 00:00:00")
                    cells.append((number, cell.row - 1, cell.column - 1, shown))
    return cells


def answer_of(page: Worksheet, title: str) -> Any:
    """The cell to the right of a question."""
    row = next(
        int(line[0].row or 0) for line in page.iter_rows() if str(line[0].value).removesuffix(" *") == title
    )
    return page.cell(row, 2)


Damage = Callable[[Workbook], None]


def says(sheet: str, title: str, value: Any) -> Damage:
    return lambda book: setattr(answer_of(book[sheet], title), "value", value)


def cell(sheet: str, coordinate: str, value: Any) -> Damage:
    return lambda book: setattr(book[sheet][coordinate], "value", value)


def moved(book: Workbook) -> None:
    """A column before and two lines above, sheets renamed and in another order."""
    for page in book.worksheets[1:6]:
        page.insert_cols(1)
        page.insert_rows(1, 2)
        page.title = f"改名{page.title}"
    book.move_sheet(book.worksheets[1], 3)


def swapped(book: Workbook) -> None:
    page = book["危害因素明细"]
    for line in page.iter_rows(min_col=1, max_col=3, max_row=10):
        line[0].value, line[2].value = line[2].value, line[0].value


def signed(book: Workbook) -> None:
    book["主要产品"]["A33"] = "填表人：韦二"


BASICS = "基本信息"
# what people do to a form, and what is said about it: code and path
DAMAGES: dict[str, tuple[Damage, list[tuple[str, str]], dict[str, Any]]] = {
    "sheets and columns moved": (moved, [], {}),
    "columns swapped": (swapped, [], {}),
    "a signature below": (signed, [], {}),
    "full-width digits": (says(BASICS, "本单位在册职工总数", "２５"), [], {}),
    "persons with a unit": (says(BASICS, "本单位在册职工总数", "25人"), [], {}),
    "number with decimals": (says(BASICS, "本单位在册职工总数", 25.0), [], {}),
    "county by code": (says(BASICS, "所属地区", 450206), [], {}),
    "county with its city": (says(BASICS, "所属地区", "广西壮族自治区/柳州市/柳江区"), [], {}),
    "industry by name": (says(BASICS, "行业分类", "黑色金属铸造"), [], {}),
    "industry with its section": (says(BASICS, "行业分类", "C3391"), [], {}),
    "mobile as a number": (says(BASICS, "手机号码", 13807720001), [], {}),
    "mobile with blanks": (says(BASICS, "手机号码", " 138-0772-0001 "), [], {}),
    "yes as a tick": (says(BASICS, "主要负责人培训", "√"), [], {}),
    "code in small letters": (says(BASICS, "统一社会信用代码", "91450200735148460a"), [], {}),
    "code with blanks": (says(BASICS, "统一社会信用代码", "9145 0200 7351 4846 0A"), [], {}),
    "a dash says nothing": (says(BASICS, "上级机构代码", "/"), [], {}),
    "a day as text": (says(BASICS, "起算日期", "2024年8月3日"), [], {"event_on": "2024-08-03"}),
    "a day as a day": (says(BASICS, "起算日期", date(2024, 8, 3)), [], {"event_on": "2024-08-03"}),
    "code as a number": (
        says(BASICS, "统一社会信用代码", 914502007351484600),
        [("E1732", "basics.credit_code")],
        {"basics.credit_code": GONE},
    ),
    "report number as a number": (
        says("检测情况", "检测报告编号", 2024000000000012345),
        [("E1732", "monitoring.report_nos")],
        {"monitoring.report_nos": GONE},
    ),
    "persons in words nobody knows": (
        says(BASICS, "接害总人数（含外委）", "十来个"),
        [("E1731", "basics.exposed")],
        {"basics.exposed": GONE},
    ),
    "half a person": (
        says(BASICS, "职业病累计人数", 0.5),
        [("E1731", "basics.diseased")],
        {"basics.diseased": GONE},
    ),
    "yes and no": (
        says(BASICS, "是否分支机构", "是/否"),
        [("E1731", "basics.is_branch")],
        {"basics.is_branch": GONE},
    ),
    "no such day": (says(BASICS, "起算日期", "2024-02-30"), [("E1731", "event_on")], {}),
    "output with its unit": (
        cell("主要产品", "B5", "1200吨"),
        [("E1731", "products.rows.0.output")],
        {"products.rows": [{"name": "铸件", "unit": "吨"}]},
    ),
    "an unknown class": (
        cell("危害因素明细", "A2", "灰尘"),
        [("E1731", "surveillance.rows.of")],
        {"hazards.dust.factors": []},
    ),
    "an error value": (
        cell(BASICS, "B6", "=1/0"),
        [],
        {"basics.name": GONE},
    ),
    "a minus is left to the checks": (
        says(BASICS, "职业病累计人数", -1),
        [],
        {"basics.diseased": -1},
    ),
    "a wrong county is left to the checks": (
        says(BASICS, "所属地区", "月球区"),
        [],
        {"basics.county": "月球区"},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("damage", "told", "changes"), DAMAGES.values(), ids=DAMAGES.keys())
def test_what_people_do_to_it(
    damage: Damage, told: list[tuple[str, str]], changes: dict[str, Any], tmp_path: Path
) -> None:
    path = written(make_form(), tmp_path / "form.xlsx")
    book = load_workbook(path)
    damage(book)
    book.save(path)
    one = the_one(path)
    assert one.form is not None
    assert [(trouble.code, trouble.path) for trouble in one.troubles] == told
    assert stored(one.form) == stored(make_form(changes))


def test_what_stands_in_a_persons_field_is_not_repeated(tmp_path: Path) -> None:
    path = written(make_form(), tmp_path / "form.xlsx")
    book = load_workbook(path)
    answer_of(book[BASICS], "填报人").value = 12345678901234567890
    book.save(path)
    assert [(trouble.path, trouble.found) for trouble in read(path).troubles] == [("basics.filled_by", "")]


def test_the_same_field_twice(tmp_path: Path) -> None:
    path = written(make_form(), tmp_path / "form.xlsx")
    book = load_workbook(path)
    copy = book.copy_worksheet(book[BASICS])
    answer_of(copy, "单位名称").value = "别的单位"
    book.save(path)
    assert [(trouble.code, trouble.path) for trouble in read(path).troubles] == [("E1734", "basics.name")]
