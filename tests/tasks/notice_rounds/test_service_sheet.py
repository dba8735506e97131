"""The sheet of letters to hand over, filled in and taken back row by row (2.7)."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from models.errors import InputRefused
from tasks.notice_rounds.printing import Paper
from tasks.notice_rounds.sending import prepare, send_batches
from tasks.notice_rounds.service_sheet import (
    NOTE,
    NUMBER,
    ON,
    RESULT,
    SCAN,
    SHEET,
    WITNESS,
    take_service_sheet,
    write_service_sheet,
)
from tests.make_notices import CAMPAIGN, DAY, deliveries, planned, small_city

LIUJIANG, LIUBEI = "450206", "450205"
ON_PAPER = date(2024, 8, 12)


@pytest.fixture
def sheet(installation: Path, tmp_path: Path) -> Path:  # noqa: ARG001
    """The sheet of 柳江区: 甲厂, 乙厂 and 丙厂 in the order of their numbers, printed but not yet handed over."""
    small_city()
    going = planned()
    prepare(CAMPAIGN, going.number, DAY, by="张三", confirm=going.going)
    list(send_batches(CAMPAIGN, going.number, Paper(tmp_path / "letters")))
    (tmp_path / "回证.pdf").write_bytes(b"%PDF")
    (tmp_path / "照片.jpg").write_bytes(b"jpg")
    return write_service_sheet(CAMPAIGN, going.number, LIUJIANG, tmp_path)


def fill(path: Path, answers: dict[str, dict[str, Any]]) -> Path:
    """Unit → heading → what is typed, by a program like the office's own."""
    book = openpyxl.load_workbook(path)
    page = book[SHEET]
    heads = {cell.value: cell.column for cell in page[1]}
    for row in page.iter_rows(min_row=2):
        for heading, value in answers.get(row[heads["单位名称"] - 1].value, {}).items():
            page.cell(row[0].row, heads[heading]).value = value
    book.save(path)
    return path


def taken(path: Path) -> dict[str, str | None]:
    """Number's end → code of the refusal."""
    return {
        line.number[-5:]: line.code for line in take_service_sheet(CAMPAIGN, path, path.parent, by="李四")
    }


def test_each_row_is_recorded_once(sheet: Path) -> None:
    signed = {RESULT: "直接送达", ON: datetime(2024, 8, 12), SCAN: "回证.pdf"}  # noqa: DTZ001 as Excel keeps it
    left = {RESULT: "留置送达", ON: "2024年8月13日", SCAN: "照片.jpg"}
    fill(
        sheet, {"甲厂": signed, "乙厂": left, "丙厂": {RESULT: "退回", ON: "2024-08-14", NOTE: "查无此单位"}}
    )
    assert taken(sheet) == {"00001": None, "00002": None, "00003": None}
    states = deliveries()
    assert [states[name, "print"] for name in ("甲厂", "乙厂", "丙厂")] == ["delivered", "left", "returned"]
    assert states["丁厂", "print"] == "sent"
    again = take_service_sheet(CAMPAIGN, sheet, sheet.parent, by="李四")
    assert {line.result for line in again} == {"以前已登记"}
    shown = openpyxl.load_workbook(write_service_sheet(CAMPAIGN, 1, LIUJIANG, sheet.parent / "新"))[SHEET]
    assert "已送达 2024-08-12" in [cell.value for row in shown.iter_rows() for cell in row]


def test_what_is_wrong_is_said_row_by_row(sheet: Path) -> None:
    good = {RESULT: "直接送达", ON: "2024-08-12", SCAN: "回证.pdf"}
    for wrong, code in (
        ({SCAN: None}, "E1866"),
        ({SCAN: "没有的.pdf"}, "E1868"),
        ({SCAN: "../回证.pdf", ON: "八月"}, "E1867"),
        ({ON: None}, "E1867"),
        ({ON: "2024-08-01"}, "E1563"),  # before it was sent
        ({RESULT: "留置送达"}, "E1559"),
        ({RESULT: "留置送达", WITNESS: "王五"}, None),
        ({RESULT: "电子送达"}, "E1560"),
        ({RESULT: "拒收"}, "E1561"),
        ({RESULT: "送达了"}, "E1558"),
        ({NUMBER: "1-450206-09999"}, "E1565"),
        ({RESULT: None}, "nothing"),
    ):
        fill(sheet, {"甲厂": {WITNESS: None, **good, **wrong}})
        assert next(iter(taken(sheet).values()), "nothing") == code, wrong
        fill(sheet, {"甲厂": {NUMBER: "1-450206-00001"}})


def test_another_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "别的.xlsx"
    openpyxl.Workbook().save(path)
    with pytest.raises(InputRefused, match=r"E1865|E10"):
        take_service_sheet(CAMPAIGN, path, tmp_path, by="李四")
