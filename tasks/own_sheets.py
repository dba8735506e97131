"""Sheets that this program wrote, coming back: answers under their exact headings, and the hidden sheet about the workbook."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from models.rules.headers import Header
from notices.workbook import META
from tasks.reading.limits import Limits
from tasks.reading.table import Body, Grid, Plan
from tasks.reading.tables import bodies


def answers(path: Path, wanted: Sequence[str]) -> Iterator[tuple[str, pl.DataFrame]]:
    """Name and rows (row_no and the `wanted` headings, as text) of every sheet that has them all in its first line."""

    def choose(grid: Grid) -> Plan | None:
        headings = tuple((text or "").strip() for text in grid.head[0])
        if any(name not in headings for name in wanted):
            return None
        header = Header(0, 0, headings, (None,) * len(headings))
        return Plan(header, [headings.index(name) for name in wanted], [])

    for body in bodies(path, Limits(), choose):
        columns = zip(wanted, body.plan.columns, strict=True)
        texts = [
            pl.col(f"c{column}").str.strip_chars().replace("", None).alias(name) for name, column in columns
        ]
        yield body.grid.sheet, body.frame.filter(pl.col("row_no") > 1).select("row_no", *texts)


def meta_plan(grid: Grid) -> Plan | None:
    """How to read the hidden sheet; None where it was emptied."""
    assert grid.sheet == META
    return Plan(Header(-1, -1, ("key", "value"), (None, None)), [0, 1], []) if grid.width > 1 else None


def meta_of(body: Body) -> dict[str, str]:
    pairs = body.frame.select("c0", "c1").iter_rows()
    return {str(key).strip(): str(value or "").strip() for key, value in pairs if key}
