"""The figures of a day as the progress table of 2.5: the table's formulas over the figures' own counts (1.7)."""

from collections.abc import Mapping

from models.rules.figures import Figures, Line
from notices.bulletin.content import FigureTable, Row
from notices.bulletin.progress_table import BEFORE, DECLARED, DEFINITIONS, progress_columns

COUNTS = ("b", "x", "a", "d", "p")
COUNTS_BEFORE = ("d", "n")


def progress_of(
    figures: Figures, indicators: Mapping[str, str], title: str, notes: tuple[str, ...] = ()
) -> FigureTable:
    """`indicators`: slice of R → heading; `notes`: cut of the data and snapshot, below the definitions.

    The total is summed from the rows: a month whose city line differed would show it.
    """
    counties = tuple(_row(line, indicators) for line in figures.counties)
    unknown = tuple(_row(line, indicators) for line in figures.lines[:-1] if not line.county)
    return FigureTable(
        name="进度表",
        title=title,
        columns=progress_columns(indicators),
        rows=counties,
        beside=tuple(row for row in unknown if any(row.numbers.values())),
        notes=(*DEFINITIONS, *notes),
    )


def _row(line: Line, indicators: Mapping[str, str]) -> Row:
    before = line.before or {}
    numbers = {key: line[key] for key in COUNTS}
    numbers |= {f"{BEFORE}{key}": before.get(key) for key in COUNTS_BEFORE}
    for key in indicators:
        numbers |= {key: line[key], f"{key}{DECLARED}": line[f"{key}{DECLARED}"]}
    return Row(line.county, line.name, numbers)
