"""Through LibreOffice and back: opened, typed into, saved as xlsx, xls and ods, hidden keys are what they were."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tasks.review_books.reading import read_returned
from tests.libreoffice import LibreOffice, found
from tests.make_rounds import heads, row_of
from tests.tasks.review_books.made import DECIDED, STATES, back, outcomes, page_of, states

pytestmark = pytest.mark.skipif(found() is None, reason="LibreOffice (soffice) is not on this machine")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> LibreOffice:
    return LibreOffice(tmp_path_factory.mktemp("office"))


@pytest.mark.parametrize("ending", [".xlsx", ".xls", ".ods"])
def test_keys_and_decisions_survive(office: LibreOffice, book: Path, tmp_path: Path, ending: str) -> None:
    whole = load_workbook(book)
    typed = []
    for name, cells in DECIDED.items():
        page = page_of(whole, name)
        sheet, row = whole.sheetnames.index(page.title), row_of(page, name) - 1
        typed += [(sheet, row, heads(page)[heading] - 1, said) for heading, said in cells.items()]
    saved = office.fill(book, tmp_path / f"back{ending}", typed)
    before, after = read_returned(book), read_returned(saved)
    assert after.meta == before.meta
    shown = ("key", "name", "code")
    assert [[cells[one] for one in shown] for *_, cells in after.rows] == [
        [cells[one] for one in shown] for *_, cells in before.rows
    ]
    assert outcomes(back(saved)) == dict.fromkeys(DECIDED, "已接收")
    assert states() == STATES
