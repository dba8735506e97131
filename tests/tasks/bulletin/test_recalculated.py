"""The workbook of a real bulletin, its values taken out, comes to the printed values again (issue 6, point 4)."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from models.database import reading, session
from notices.bulletin.book.write import write_book
from notices.bulletin.content import FigureTable, Paper
from notices.bulletin.figure_rows import figure_rows
from notices.bulletin.formulas import Change
from notices.bulletin.pdf import print_paper
from tasks.bulletin.matter import gather
from tasks.bulletin.paper import bulletin_paper
from tasks.figures import lay_figures
from tests import libreoffice
from tests.make_targets import campaign_with, make_known
from tests.notices.bulletin.uncalculated import uncalculated
from tests.tasks.bulletin.make_city import CUT, make_city
from tests.tasks.bulletin.test_bulletin import text_of

pytestmark = pytest.mark.skipif(libreoffice.found() is None, reason="no LibreOffice")
OWN = {
    "extras": ({"county": "450203", "name": "医药制造", "codes": ("C27",)},),
    "departments": ({"name": "工信局", "codes": ("C31",)}, {"name": "住建局", "codes": ("C30",)}),
}
SHEETS = ["进度表", "应申报情况", "变动原因", "申报质量", "按行业主管部门", "县（区）自增行业"]


@pytest.fixture
def made(installation: Path) -> Paper:  # noqa: ARG001
    make_city()
    with session() as db:
        make_known(db, name="药厂", name_key="药厂", industry="2710", county="450203")
        make_known(db, name="不明厂", name_key="不明厂", county=None)
    campaign = campaign_with(**OWN)
    with reading() as db:
        return bulletin_paper(
            campaign, gather(db, campaign, lay_figures(db, campaign, CUT)), date(2024, 10, 12)
        )


def as_printed(value: object, text: str, *, signed: bool) -> str:
    """A cell in the form of the printed text beside it; a number has as many places as that."""
    if value is None:
        return ""
    if isinstance(value, int | float) and "." in text:
        return f"{value:{'+' if signed else ''}.2f}".replace("+0.00", "0.00")
    return str(value)


def differing(table: FigureTable, sheet: Worksheet) -> list[tuple[str, str]]:
    found = []
    lines = figure_rows(table)
    size = {"max_row": 2 + len(lines), "max_col": len(table.shown)}
    for line, cells in zip(lines, sheet.iter_rows(min_row=3, **size, values_only=True), strict=True):
        for column, text, value in zip(table.shown, line.texts, cells, strict=True):
            if (told := as_printed(value, text, signed=isinstance(column.made, Change))) != text:
                found.append((f"{table.name} {line.row.name} {column.key}: {text}", told))
    return found


def test_every_table_comes_to_its_printed_values(made: Paper, tmp_path: Path) -> None:
    path = write_book(made, tmp_path / "通报.xlsx")
    assert uncalculated(path, tmp_path / "bare.xlsx") > 500
    office = libreoffice.LibreOffice(tmp_path / "office")
    book = load_workbook(office.fill(tmp_path / "bare.xlsx", tmp_path / "again.xlsx", ()), data_only=True)
    assert [table.name for table in made.tables()] == SHEETS
    assert [one for table in made.tables() for one in differing(table, book[table.name])] == []
    told = text_of(print_paper(made, tmp_path / "通报.pdf").path)
    lines = ["".join(line.texts) for table in made.tables() for line in figure_rows(table)]
    assert [line for line in lines if line.replace(" ", "") not in told] == []
