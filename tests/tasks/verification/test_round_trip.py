"""Through LibreOffice and back: opened, typed into, saved as xlsx, xls and ods, ids, codes and dates are what they were."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from models.database import session
from models.queries.verification import verdicts_in_force
from tasks.verification.layout import CODE, UNIT
from tasks.verification.reading import read_returned
from tests.libreoffice import LibreOffice, found
from tests.make_rounds import DAY, back, code_of, heads, outcomes, page_of, row_of
from tests.make_targets import campaign_on_file

pytestmark = pytest.mark.skipif(found() is None, reason="LibreOffice (soffice) is not on this machine")
UNITS_SHEET, ADDED_SHEET = 1, 2


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> LibreOffice:
    return LibreOffice(tmp_path_factory.mktemp("office"))


def typed(sheet: Path) -> list[tuple[int, int, int, str]]:
    page = page_of(load_workbook(sheet))
    columns = heads(page)
    cells = [
        ("甲厂", "核对结论", "停产≤6个月"),
        ("甲厂", "日期", "2024-05-01"),
        ("乙厂", "核对结论", "注销"),
        ("乙厂", "日期", "2024/6/30"),
        ("丙厂", "核对结论", "已申报"),
        ("丙厂", "申报编号", "00450206202401"),
        ("丁厂", "核对结论", "在营"),
        ("丁厂", "更正电话", "07723821234"),
    ]
    added = [(0, "新来的厂"), (1, code_of(77)), (7, "协管员")]
    return [
        (UNITS_SHEET, row_of(page, name) - 1, columns[heading] - 1, text) for name, heading, text in cells
    ] + [(ADDED_SHEET, 1, column, text) for column, text in added]


@pytest.mark.parametrize("ending", [".xlsx", ".xls", ".ods"])
def test_ids_codes_and_dates_survive(office: LibreOffice, sheet: Path, tmp_path: Path, ending: str) -> None:
    saved = office.fill(sheet, tmp_path / f"back{ending}", typed(sheet))
    before, after = read_returned(sheet), read_returned(saved)
    assert after.meta == before.meta
    shown = ("unit", "name", "code")
    assert [[row[name] for name in shown] for row in after.units.values()] == [
        [row[name] for name in shown] for row in before.units.values()
    ]
    assert [row["credit_code"] for row in after.added.values()] == [code_of(77)]

    report = back(saved)
    assert outcomes(report) == dict.fromkeys(("丁厂", "丙厂", "甲厂", "乙厂", "新来的厂"), "已接收")
    with session() as db:
        said = verdicts_in_force(db, campaign_on_file(), DAY)
    told = {unit: (one["finding"], one["since"], one["declaration_no"]) for unit, one in said.items()}
    assert told == {
        1: ("stopped_short", date(2024, 5, 1), None),
        2: ("deregistered", date(2024, 6, 30), None),
        3: ("declared", None, "00450206202401"),
        4: ("operating", None, None),
    }
    assert (report.done, report.asked, report.returned) == (4, 4, True)


def test_a_locked_cell_stays_locked(office: LibreOffice, sheet: Path, tmp_path: Path) -> None:
    """The protection is kept, so a slip of the hand changes no fact."""
    saved = office.fill(sheet, tmp_path / "back.xlsx", [(UNITS_SHEET, 1, 0, "999"), (UNITS_SHEET, 1, 3, "x")])
    page = page_of(load_workbook(saved))
    columns = heads(page)
    assert page.protection.sheet
    assert [page.cell(2, columns[name]).value for name in (UNIT, CODE)] == ["4", code_of(4)]
