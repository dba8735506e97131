"""A returned review workbook as cells under our own names, wherever its columns and sheets have gone."""

from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from models.errors import InputRefused
from models.rules.blank import given_column
from models.rules.headers import Header, normal_heading
from notices.workbook import META
from tasks.own_sheets import meta_of, meta_plan
from tasks.reading.limits import MIB, Limits
from tasks.reading.table import Body, Grid, Plan
from tasks.reading.tables import bodies
from tasks.review_books.layout import DECISION, HEADINGS, KEY, NAME

NOT_OURS = "E1767"
LIMITS = Limits(file_bytes=64 * MIB, unpacked_bytes=512 * MIB, rows=200_000, cells=20_000_000)
NAMES = {normal_heading(heading): name for name, heading in HEADINGS.items()}
Cells = dict[str, str | None]


@dataclass
class ReturnedBook:
    """`meta` is empty where the hidden sheet is lost. Rows that hold nothing are left out."""

    name: str
    meta: dict[str, str] = field(default_factory=dict)
    rows: list[tuple[str, int, Cells]] = field(default_factory=list)  # sheet, row number, cells


def read_returned(path: Path) -> ReturnedBook:
    book, seen = ReturnedBook(path.name), 0

    def choose(grid: Grid) -> Plan | None:
        return meta_plan(grid) if grid.sheet == META else _plan(path.name, grid)

    for body in bodies(path, LIMITS, choose, also=(META,)):
        if body.grid.sheet == META:
            book.meta = meta_of(body)
        else:
            seen += 1
            book.rows += _rows(body)
    if not seen:
        told = f"“{path.name}”里没有带“{DECISION}”和“{KEY}”或“{NAME}”列的表，不是下发的申报审核表。请在下发的文件里填写后原样返回。"
        raise InputRefused(NOT_OURS, told)
    return book


def _plan(file: str, grid: Grid) -> Plan | None:
    """The sheet's header, at whatever line it is by now."""
    for at, line in enumerate(grid.head):
        names = [NAMES.get(normal_heading(cell), "") for cell in line]
        if "decision" not in names or not {"key", "name"} & set(names):
            continue
        for name in filter(None, names):
            if names.count(name) > 1:
                told = f"“{file}”的“{grid.sheet}”里有几列都叫“{HEADINGS[name]}”，不知以哪列为准；请只留一列。"
                raise InputRefused(NOT_OURS, told)
        wanted = [column for column, name in enumerate(names) if name]
        return Plan(Header(at, at, tuple(names), (None,) * len(names)), wanted, [])
    return None


def _rows(body: Body) -> list[tuple[str, int, Cells]]:
    header = body.plan.header
    below = body.frame.filter(pl.col("row_no") > header.last + 1)
    columns = [
        given_column(below[f"c{column}"].str.strip_chars()).alias(header.headings[column])
        for column in body.plan.columns
    ]
    empty: Cells = dict.fromkeys(HEADINGS)
    found = []
    for row in pl.DataFrame([below["row_no"], *columns]).iter_rows(named=True):
        number = row.pop("row_no")
        if any(row.values()):
            found.append((body.grid.sheet, number, empty | row))
    return found
