"""One file into its tables: format, header, rows."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from models.errors import InputRefused
from models.inbound import Kind
from models.rules.headers import find_header
from tasks.reading import refusals
from tasks.reading.formats import Format, format_of
from tasks.reading.limits import MIB, Limits
from tasks.reading.rows import table_of
from tasks.reading.sheets import read_sheets
from tasks.reading.table import Body, Grid, Plan, Table
from tasks.reading.texts import read_text
from tasks.reading.understanding import KIND_NAMES, header_aliases, lacking, needed, plan_sheet

SHOWN_LINES, SHOWN_CELLS, SHOWN_CHARS = 3, 8, 20
DEFAULTS = Limits()


def read_tables(path: Path, kind: Kind, limits: Limits = DEFAULTS) -> list[Table]:
    """Every sheet with a header of this kind and rows below it.

    The others are named as skipped, unless there is no such sheet at all: then the file is refused.
    """
    skipped: list[Grid] = []

    def choose(grid: Grid) -> Plan | None:
        plan = plan_sheet(path.name, grid, kind)
        if plan is None:
            skipped.append(grid)
        return plan

    tables = [table_of(path.name, body) for body in bodies(path, limits, choose)]
    if not tables:
        raise _without_header(path, kind, skipped)
    filled = [table for table in tables if table.frame.height]
    if not filled:
        raise refusals.no_rows(path.name)
    passed_over = (
        *(grid.sheet for grid in skipped),
        *(table.sheet for table in tables if table.frame.is_empty()),
    )
    return [replace(table, skipped=passed_over) for table in filled]


def bodies(
    path: Path, limits: Limits, choose: Callable[[Grid], Plan | None], *, also: Sequence[str] = ()
) -> Iterator[Body]:
    """The sheets of any file, unread until asked for; `also` names hidden ones that are read as well."""
    if not path.is_file():
        raise refusals.missing(path.name)
    size = path.stat().st_size
    if size == 0:
        raise refusals.empty(path.name)
    if size > limits.file_bytes:
        raise refusals.too_large(path.name, size // MIB, limits.file_bytes // MIB)
    kind = format_of(path)
    if kind is Format.TEXT:
        return read_text(path, limits, choose)
    return read_sheets(path, kind, limits, choose, also=also)


def _without_header(path: Path, kind: Kind, sheets: list[Grid]) -> InputRefused:
    """Nothing at all, a header that lacks a needed column, or no header."""
    spoken = [grid for grid in sheets if shown(grid)]
    if not spoken:
        return refusals.empty(path.name)
    for grid in spoken:
        if header := find_header(grid.head, header_aliases(), kind):
            seen = [heading for heading in header.headings if heading]
            return refusals.missing_columns(
                path.name, grid.sheet, KIND_NAMES[kind], lacking(header, kind), seen
            )
    return refusals.no_header(path.name, KIND_NAMES[kind], needed(kind), shown(spoken[0]))


def shown(grid: Grid) -> list[str]:
    """The first lines that say something, short enough for a message."""
    lines = [[text.strip() for text in line if text and text.strip()] for line in grid.head]
    return [" | ".join(text[:SHOWN_CHARS] for text in line[:SHOWN_CELLS]) for line in lines if line][
        :SHOWN_LINES
    ]
