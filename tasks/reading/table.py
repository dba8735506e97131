"""What reading hands on: one understood sheet, its rows as raw text, and the lines that are no rows."""

from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from models.rules.headers import Header

PROBES = 3  # 合计 and 填表人 stand in one of the first columns, whatever its heading: these are always read


class Dropped(StrEnum):
    """Why a line of the sheet is no row."""

    TITLE = "title"
    HEADER = "header"
    SUBTOTAL = "subtotal"
    SIGNATURE = "signature"
    BLANK = "blank"


@dataclass(frozen=True)
class Grid:
    """A sheet before anything of it is understood: its top lines and its size."""

    sheet: str
    head: list[list[str | None]]
    rows: int
    width: int
    first_column: int = 0  # where the first column lies in the spreadsheet: 0 for A


@dataclass(frozen=True)
class Plan:
    """What to read of a sheet: the columns by number, and those of them where a number has lost digits."""

    header: Header
    columns: list[int]
    codes: list[int]


@dataclass(frozen=True)
class Body:
    """The columns read: c0, c7 … as text; n0 … where a column of codes was checked for numbers; row_no."""

    grid: Grid
    plan: Plan
    frame: pl.DataFrame
    errors: pl.DataFrame  # row_no, column (c0 …), text


NO_ERRORS = pl.DataFrame(schema={"row_no": pl.Int32, "column": pl.String, "text": pl.String})


@dataclass(frozen=True)
class Table:
    """One sheet (or one text file) understood."""

    file_name: str
    sheet: str
    header_row: int  # 1-based, the last line of the header
    columns: dict[str, str]  # field → column letter; where two columns serve one field, the leading one
    headings: dict[str, str]  # field → the heading as written
    unmapped: tuple[str, ...]  # headings nobody recognised
    titles: tuple[str, ...]  # texts above the header
    frame: pl.DataFrame  # row_no and the fields, all text
    dropped: pl.DataFrame  # row_no, reason
    numeric: dict[str, pl.Series]  # field of codes → which rows held a number; absent: none with lost digits
    errors: pl.DataFrame  # row_no, field, text: cells like #N/A, null in the frame
    skipped: tuple[str, ...] = ()  # sheets of the same file without a header


def column_letter(index: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
