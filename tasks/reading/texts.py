"""Text files (csv, tsv, txt) in UTF-8, UTF-16 or GB18030, read as columns."""

import csv
import io
import tempfile
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from statistics import median

import polars as pl

from tasks.reading import refusals
from tasks.reading.encodings import GB, UTF_8, decoded_head, encoding_of, transcode
from tasks.reading.limits import Limits
from tasks.reading.rows import ERRORS
from tasks.reading.table import Body, Grid, Plan

HEAD_BYTES = 256 * 1024
HEAD_LINES = 60
HEAD_CHARS = 300
DELIMITERS = (",", "\t", ";", "|")
SLOW_ROWS = 50_000
TEXT_ROWS = 10  # a text file may have so many times the rows of a sheet


def read_text(path: Path, limits: Limits, choose: Callable[[Grid], Plan | None]) -> Iterator[Body]:
    """The one table of a text file, if `choose` wants it."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    whole = len(head) < HEAD_BYTES
    encoding = encoding_of(head, whole)
    try:
        text = decoded_head(head, encoding or UTF_8, whole)
    except UnicodeDecodeError as fault:
        raise refusals.unknown_encoding(path.name) from fault
    grid, delimiter = _grid(path, text, limits)
    plan = choose(grid)
    if plan is None:
        return
    with tempfile.TemporaryDirectory(prefix="yingbao-") as folder:
        # a Macintosh of old ends lines with a carriage return alone
        old_ends = "\r" in text and "\n" not in text
        frame = _frame_of(path, encoding, old_ends, delimiter, plan, Path(folder, "utf8.csv"))
    _check(path, frame, limits)
    extra = f"c{len(plan.header.meanings)}"
    yield Body(grid, plan, frame.drop(extra), _errors(frame, plan, extra))


def _grid(path: Path, text: str, limits: Limits) -> tuple[Grid, str]:
    """The top lines, cut by the delimiter that makes most columns of a usual line."""
    cuts = {delimiter: _lines(text, delimiter) for delimiter in DELIMITERS}
    if not any(cuts.values()) and text.strip():
        raise refusals.cell_too_long(path.name, limits.cell_chars)
    delimiter = max(DELIMITERS, key=lambda d: median([len(line) for line in cuts[d] if any(line)] or [0]))
    lines = cuts[delimiter]
    width = max((len(line) for line in lines), default=0)
    if width > limits.columns:
        raise refusals.too_many_columns(path.name, width, limits.columns)
    head = [[cell[:HEAD_CHARS] or None for cell in line] for line in lines]
    return Grid("", head, len(head), width), delimiter


def _lines(text: str, delimiter: str) -> list[list[str]]:
    try:
        return list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), HEAD_LINES))
    except csv.Error:  # a field beyond all measure: not this delimiter
        return []


def _frame_of(
    path: Path, encoding: str | None, old_ends: bool, delimiter: str, plan: Plan, target: Path
) -> pl.DataFrame:
    source = path
    if old_ends or encoding not in (UTF_8, None):
        transcode(path, encoding or UTF_8, target, line_end="\r" if old_ends else "\n")
        source = target
    try:
        return _frame(source, delimiter, plan)
    except UnicodeError as fault:
        if encoding is not None:
            raise refusals.unknown_encoding(path.name) from fault
    transcode(path, GB, target)  # ASCII at the beginning, something else further down
    return _frame(target, delimiter, plan)


def _frame(source: Path, delimiter: str, plan: Plan) -> pl.DataFrame:
    """The wanted columns and one beyond the header, which shows rows with too many cells."""
    width = len(plan.header.meanings)
    wanted = [f"c{column}" for column in [*plan.columns, width]]
    try:
        lines = pl.scan_csv(
            source,
            has_header=False,
            separator=delimiter,
            schema={f"c{column}": pl.String() for column in range(width + 1)},
            truncate_ragged_lines=True,
            missing_columns="insert",
            extra_columns="ignore",
            row_index_name="row_no",
            row_index_offset=1,
            glob=False,
        )
        return lines.select(pl.col("row_no").cast(pl.Int32), *wanted).collect()
    except pl.exceptions.ComputeError as fault:
        if "utf-8" in str(fault):
            raise UnicodeError from fault
        return _frame_slowly(source, delimiter, [*plan.columns, width])


def _frame_slowly(source: Path, delimiter: str, columns: list[int]) -> pl.DataFrame:
    """Row by row, for files whose quotes are out of order (5" 管): the quick way does not take them."""
    with source.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file, delimiter=delimiter)
        parts = [_part(block, columns) for block in iter(lambda: list(islice(rows, SLOW_ROWS)), [])]
    return pl.concat(parts).with_row_index("row_no", 1).with_columns(pl.col("row_no").cast(pl.Int32))


def _part(block: Iterable[list[str]], columns: list[int]) -> pl.DataFrame:
    cells = [[row[column] or None if column < len(row) else None for row in block] for column in columns]
    return pl.DataFrame(
        {
            f"c{column}": pl.Series(values, dtype=pl.String)
            for column, values in zip(columns, cells, strict=True)
        }
    )


def _check(path: Path, frame: pl.DataFrame, limits: Limits) -> None:
    if frame.height > limits.rows * TEXT_ROWS:
        raise refusals.too_many_rows(path.name, frame.height, limits.rows * TEXT_ROWS)
    longest = frame.select(pl.max_horizontal(pl.col(pl.String).str.len_bytes().max())).item()
    if longest is not None and longest > limits.cell_chars * 4:
        raise refusals.cell_too_long(path.name, limits.cell_chars)


def _errors(frame: pl.DataFrame, plan: Plan, extra: str) -> pl.DataFrame:
    """Spreadsheet errors saved as text, and rows with more cells than the header."""
    names = [f"c{column}" for column in plan.columns]
    found = [
        frame.filter(pl.col(name).is_in(ERRORS)).select("row_no", column=pl.lit(name), text=name)
        for name in names
    ]
    ragged = frame.filter(pl.col(extra).is_not_null()).select("row_no", column=pl.lit(extra), text=extra)
    return pl.concat([*found, ragged]).sort("row_no")
