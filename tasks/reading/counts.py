"""The platform's own table of counts (C28): a line per county, any number of measures."""

from pathlib import Path

import polars as pl

from models.inbound import Kind
from models.rules.headers import Header, find_header
from tasks.reading import refusals
from tasks.reading.limits import Limits
from tasks.reading.rows import SUBTOTAL, filled
from tasks.reading.table import Body, Grid, Plan
from tasks.reading.tables import DEFAULTS, bodies, shown
from tasks.reading.understanding import KIND_NAMES, header_aliases

ROWS_OF_EMPLOYERS = ("name", "credit_code")
COUNTY = "所在县（区）"


def read_counts(path: Path, limits: Limits = DEFAULTS) -> pl.DataFrame:
    """county_text, metric (heading), value (12.5 % is 0.125), row_no; total lines are left out."""
    seen: list[Grid] = []

    def choose(grid: Grid) -> Plan | None:
        seen.append(grid)
        return _plan(path.name, grid)

    counts = [_counts(body) for body in bodies(path, limits, choose)]
    if not any(map(shown, seen)):
        raise refusals.empty(path.name)
    if not counts:
        kind = KIND_NAMES[Kind.PLATFORM_COUNTS]
        raise refusals.no_header(path.name, kind, [COUNTY], shown(seen[0]))
    return pl.concat(counts)


def _plan(file_name: str, grid: Grid) -> Plan | None:
    aliases = header_aliases()
    header = find_header(grid.head, aliases, Kind.PLATFORM_COUNTS, keys=("county",), least=1)
    if header is None:
        return None
    if rows := [field for field in ROWS_OF_EMPLOYERS if field in header.fields]:
        headings = [header.headings[header.columns_of(field)[0]] for field in rows]
        given, looks = KIND_NAMES[Kind.PLATFORM_COUNTS], "逐户名单"
        raise refusals.wrong_kind(file_name, given, looks, headings)
    wanted = [column for column, heading in enumerate(header.headings) if heading]
    return Plan(header, wanted, []) if "county" in header.fields and len(wanted) > 1 else None


def _counts(body: Body) -> pl.DataFrame:
    header = body.plan.header
    county = f"c{header.columns_of('county')[0]}"
    lines = body.frame.with_columns(filled(column) for column in body.plan.columns)
    lines = lines.filter(pl.col("row_no") > header.last + 1, ~pl.col(county).str.contains(SUBTOTAL))
    measures = [_measure(lines, header, county, column) for column in body.plan.columns]
    return pl.concat(measures)


def _measure(lines: pl.DataFrame, header: Header, county: str, column: int) -> pl.DataFrame:
    """One numeric column; empty where the column holds words, or is only the running number."""
    text = pl.col(f"c{column}").str.replace_all(",", "").str.replace_all(r"[%％]$", "")
    number = text.cast(pl.Float64, strict=False)
    percent = pl.col(f"c{column}").str.contains(r"[%％]$")
    meaning = header.meanings[column]
    return lines.select(
        county_text=county,
        metric=pl.lit(header.headings[column]),
        value=pl.when(percent).then(number / 100).otherwise(number),
        row_no="row_no",
    ).filter(pl.col("value").is_not_null() & pl.lit(meaning is None or bool(meaning.field)))
