"""Small cities whose lists went out, and their workbooks filled in as a county would: with openpyxl, not our writer."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from models.database import session
from models.rules.credit_code import ALPHABET, WEIGHTS
from models.target import SnapshotKind
from tasks.snapshots import freeze_lists
from tasks.verification import ReturnReport, issue, take_back
from tasks.verification.layout import ADDED, NAME, UNITS
from tests.make_targets import campaign_on_file, make_known

JULY_15, DAY, LATER = date(2024, 7, 15), date(2024, 8, 9), date(2024, 9, 10)
LIUJIANG, LIUBEI = "450206", "450205"
CITY, CLERK = "市卫健委", "县区经办"


def code_of(number: int) -> str:
    """The number-th credit code of the city, its check digit right."""
    body = f"91450200{number:09d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True))
    return body + ALPHABET[(31 - total % 31) % 31]


def make_city(units: Mapping[str, Mapping[str, Any]]) -> dict[str, int]:
    """Units by name, with a code each unless told otherwise; the lists of 15 July are frozen. Name → number."""
    with session() as db:
        made = {
            name: make_known(db, **{"name": name, "name_key": name, "credit_code": code_of(at), **facts})
            for at, (name, facts) in enumerate(units.items(), start=1)
        }
        numbers = {name: unit.id for name, unit in made.items()}
    freeze_lists(campaign_on_file(), SnapshotKind.ISSUED, JULY_15, by=CITY)
    return numbers


def issued(folder: Path, county: str = LIUJIANG, on: date = JULY_15) -> Path:
    (path,) = issue(campaign_on_file(), on, folder, by=CITY, county=county)
    return path


def page_of(book: Workbook, name: str = UNITS) -> Worksheet:
    page = book[name]
    assert isinstance(page, Worksheet)
    return page


def heads(page: Worksheet) -> dict[str, int]:
    return {str(cell.value): cell.column for cell in page[1] if cell.value and cell.column}


def row_of(page: Worksheet, name: str) -> int:
    column = heads(page)[NAME]
    return next(row for row in range(2, page.max_row + 1) if page.cell(row, column).value == name)


def put(page: Worksheet, row: int, cells: Mapping[str, Any]) -> None:
    columns = heads(page)
    for heading, value in cells.items():
        page.cell(row, columns[heading]).value = value


def filled(
    path: Path,
    out: Path,
    answers: Mapping[str, Mapping[str, Any] | str],
    added: list[Mapping[str, Any]] | None = None,
) -> Path:
    """`answers`: unit's name → heading → value; a word alone is its verdict."""
    book = load_workbook(path)
    page = page_of(book)
    for name, cells in answers.items():
        put(page, row_of(page, name), {"核对结论": cells} if isinstance(cells, str) else cells)
    for row, cells in enumerate(added or [], start=2):
        put(page_of(book, ADDED), row, cells)
    out.parent.mkdir(parents=True, exist_ok=True)
    book.save(out)
    return out


def back(path: Path, on: date = DAY, **how: Any) -> ReturnReport:
    return take_back(campaign_on_file(), path, on, by=CLERK, **how)


def outcomes(report: ReturnReport) -> dict[str, str]:
    """Name → outcome, with the codes of what is wrong."""
    return {
        str(row.name): " ".join([str(row.outcome), *dict.fromkeys(one.code for one in row.troubles)])
        for row in report.rows
    }
