"""A returned workbook as cells under our own names, wherever its columns and sheets have gone (C25)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from models.errors import InputRefused
from models.rules.blank import given_column
from models.rules.headers import Header, normal_heading
from notices.workbook import META
from tasks.cell_faults import LONGEST_EXACT_NUMBER
from tasks.own_sheets import meta_of, meta_plan
from tasks.reading.limits import MIB, Limits
from tasks.reading.table import Body, Grid, Plan
from tasks.reading.tables import bodies
from tasks.verification.layout import ADDED_HEADINGS, CODE, NAME, UNIT, UNIT_HEADINGS, UNITS, VERDICT

LIMITS = Limits(
    file_bytes=64 * MIB, unpacked_bytes=512 * MIB, rows=200_000, cells=20_000_000, memory_bytes=1024 * MIB
)
Cells = dict[str, str | None]


@dataclass
class ReturnedBook:
    """`meta` is empty where the hidden sheet is lost. Rows that hold nothing are left out."""

    name: str
    meta: dict[str, str] = field(default_factory=dict)
    units: dict[int, Cells] = field(default_factory=dict)
    added: dict[int, Cells] = field(default_factory=dict)


def read_returned(path: Path) -> ReturnedBook:
    """Raises InputRefused where the file is none of ours, or says the same thing twice."""
    book, seen = ReturnedBook(path.name), []

    def choose(grid: Grid) -> Plan | None:
        if grid.sheet == META:
            return meta_plan(grid)
        return _sheet(path.name, grid)

    for body in bodies(path, LIMITS, choose, also=(META,)):
        if body.grid.sheet == META:
            book.meta = meta_of(body)
        elif VERDICT in body.plan.header.headings:
            seen.append(body.grid.sheet)
            book.units = _rows(body, UNIT_HEADINGS)
        else:
            book.added |= _rows(body, ADDED_HEADINGS)
    _check(path.name, seen)
    return book


def _check(name: str, seen: list[str]) -> None:
    if not seen:
        raise InputRefused(
            "E1272",
            f"“{name}”里没有带“{VERDICT}”列的“{UNITS}”，不是下发的核对表。请在下发的文件里填写后原样返回。",
        )
    if len(seen) > 1:
        raise InputRefused(
            "E1272", f"“{name}”里有 {len(seen)} 张核对表（{'、'.join(seen)}），不知以哪张为准；请只留一张。"
        )


def _sheet(file: str, grid: Grid) -> Plan | None:
    """The sheet's header, at whatever line, if it is one of our two sheets."""
    for at, line in enumerate(grid.head):
        found = _known(line, UNIT_HEADINGS)
        if VERDICT in found and (UNIT in found or NAME in found or CODE in found):
            return _planned(file, grid.sheet, at, line, UNIT_HEADINGS)
        found = _known(line, ADDED_HEADINGS)
        if NAME in found and ADDED_HEADINGS["channel"] in found:
            return _planned(file, grid.sheet, at, line, ADDED_HEADINGS)
    return None


def _known(line: list[str | None], headings: Mapping[str, str]) -> list[str]:
    """Each cell of the line as the heading we know it for, else empty."""
    ours = {normal_heading(heading): heading for heading in headings.values()}
    return [ours.get(normal_heading(cell), "") for cell in line]


def _planned(file: str, sheet: str, at: int, line: list[str | None], headings: Mapping[str, str]) -> Plan:
    found = _known(line, headings)
    for heading in filter(None, found):
        if found.count(heading) > 1:
            raise InputRefused(
                "E1272", f"“{file}”的“{sheet}”里有几列都叫“{heading}”，不知以哪列为准；请只留一列。"
            )
    columns = [column for column, heading in enumerate(found) if heading]
    codes = [column for column in columns if found[column] == CODE]
    return Plan(Header(at, at, tuple(found), (None,) * len(found)), columns, codes)


def _rows(body: Body, headings: Mapping[str, str]) -> dict[int, Cells]:
    """Row number → our name → text; cells that hold nothing are None."""
    header = body.plan.header
    names = {heading: name for name, heading in headings.items()}
    below = body.frame.filter(pl.col("row_no") > header.last + 1)
    columns = [
        given_column(_exact(below, column, header)).alias(names[header.headings[column]])
        for column in body.plan.columns
    ]
    cells = pl.DataFrame([below["row_no"], *columns])
    empty = dict.fromkeys(headings)
    found: dict[int, Cells] = {}
    for row in cells.iter_rows(named=True):
        number = row.pop("row_no")
        if any(row.values()):
            found[number] = empty | row
    return found


def _exact(below: pl.DataFrame, column: int, header: Header) -> pl.Series:
    """A code that became a number keeps fifteen digits: what is left of it is another code, so it is none."""
    text, flag = below[f"c{column}"].str.strip_chars(), f"n{column}"
    if header.headings[column] != CODE or flag not in below.columns:
        return text
    lost = below[flag] & (text.str.len_chars() > LONGEST_EXACT_NUMBER).fill_null(False)
    return pl.select(pl.when(~lost).then(text)).to_series()
