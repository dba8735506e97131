"""Units reported as stopped too long are asked about again every month, under the month's own obligation (C09, C25)."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from models.database import session
from models.queries.obligations import obligations
from tasks.verification import answer_transfer, issue_rechecks
from tests.make_rounds import CITY, DAY, LIUBEI, LIUJIANG, back, filled, heads, issued, outcomes, page_of
from tests.make_targets import campaign_on_file

SEPTEMBER, OCTOBER = date(2024, 9, 2), date(2024, 10, 8)
STOPPED = {"核对结论": "停产>6个月", "日期": date(2024, 1, 5)}


@pytest.fixture
def august(sheet: Path, tmp_path: Path) -> Path:
    """柳江区 reported two units as stopped too long."""
    back(
        filled(sheet, tmp_path / "1.xlsx", {"甲厂": STOPPED, "乙厂": STOPPED, "丙厂": "在营", "丁厂": "在营"})
    )
    return tmp_path


def recheck(out: Path, on: date) -> list[Path]:
    return issue_rechecks(campaign_on_file(), on, out, by=CITY)


def monthly(on: date, county: str = LIUJIANG) -> tuple[str, date, int | None, int | None]:
    with session() as db:
        found = obligations(db, campaign_on_file(), on, county=county)
    last = [one for one in found if one.kind == "monthly"][-1]
    return last.key, last.due, last.done, last.asked


def test_only_those_units_and_once_a_month(august: Path) -> None:
    (path,) = recheck(august, SEPTEMBER)
    assert path.name == "柳江区_停产复核表_2024-08_第2轮.xlsx"
    book = load_workbook(path)
    page = page_of(book)
    shown = {row[2]: row for row in page.iter_rows(min_row=2, values_only=True)}
    columns = heads(page)
    assert list(shown) == ["甲厂", "乙厂"]
    assert shown["甲厂"][columns["状态"] - 1] == "2024-08-09 报：停产>6个月（2024-01-05起）"
    assert shown["甲厂"][columns["核对结论"] - 1] is None, "asked anew, nothing filled in beforehand"
    assert "新增单位" not in book.sheetnames
    assert recheck(august, date(2024, 9, 20)) == []
    assert monthly(SEPTEMBER) == ("monthly-2024-08", date(2024, 9, 4), 0, 2)


def test_the_same_answer_is_an_answer_in_every_month(august: Path) -> None:
    (path,) = recheck(august, SEPTEMBER)
    blank = back(path, SEPTEMBER)
    assert (outcomes(blank), blank.done, blank.returned) == ({"甲厂": "未填", "乙厂": "未填"}, 0, False)
    report = back(filled(path, august / "s.xlsx", {"甲厂": STOPPED, "乙厂": "在营"}), SEPTEMBER)
    assert outcomes(report) == {"甲厂": "已接收", "乙厂": "已接收"}
    assert (report.done, report.asked, report.returned) == (2, 2, True)
    (path,) = recheck(august, OCTOBER)
    assert [row[2] for row in page_of(load_workbook(path)).iter_rows(min_row=2, values_only=True)] == ["甲厂"]
    assert monthly(OCTOBER) == ("monthly-2024-09", date(2024, 10, 10), 0, 1)
    report = back(filled(path, august / "o.xlsx", {"甲厂": STOPPED}), OCTOBER)
    assert (report.accepted, report.returned) == (1, True)
    assert back(filled(path, august / "o2.xlsx", {"甲厂": STOPPED | {"说明": None}}), OCTOBER).unchanged == 1


def test_a_re_check_leaves_the_list_itself_answered(august: Path) -> None:
    (path,) = recheck(august, SEPTEMBER)
    back(
        filled(path, august / "s.xlsx", {"甲厂": "在营", "乙厂": {"核对结论": "注销", "日期": SEPTEMBER}}),
        SEPTEMBER,
    )
    with session() as db:
        found = {one.key: one for one in obligations(db, campaign_on_file(), SEPTEMBER, county=LIUJIANG)}
    assert (found["verification"].done, found["verification"].asked) == (4, 4)
    assert recheck(august, OCTOBER) == []


@pytest.mark.parametrize("on", [date(2024, 8, 30), date(2026, 2, 2)], ids=["too early", "too late"])
def test_outside_the_campaigns_months_nobody_is_asked(august: Path, on: date) -> None:
    assert recheck(august, on) == []


def test_a_unit_another_county_took_is_asked_of_that_county(sheet: Path, tmp_path: Path) -> None:
    back(filled(sheet, tmp_path / "1.xlsx", {"甲厂": {"核对结论": "非本辖区", "接收县（区）": "柳北区"}}))
    answer_transfer(campaign_on_file(), 1, DAY, by="柳北区", accept=True)
    theirs = issued(tmp_path / "b", LIUBEI, DAY)
    back(filled(theirs, tmp_path / "2.xlsx", {"甲厂": STOPPED}))
    (path,) = recheck(tmp_path, SEPTEMBER)
    assert path.name.startswith("柳北区_停产复核表")
