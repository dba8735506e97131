"""A table's rows with every formula worked out: what PDF and docx print, and what a workbook must come to."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from models.rules.rate import UNDEFINED
from notices.bulletin.content import Column, FigureTable, Row
from notices.bulletin.formulas import (
    Change,
    Name,
    Net,
    Place,
    Ratio,
    Serial,
    change,
    net,
    share,
    two_decimals,
)

Value = int | str | Fraction | None


@dataclass(frozen=True)
class FigureRow:
    """One printed line: exact values by column key, and the text of each shown column."""

    row: Row
    values: dict[str, Value]
    texts: tuple[str, ...]
    is_county: bool = True


def figure_rows(table: FigureTable) -> tuple[FigureRow, ...]:
    """Counties, then what stands beside them, then the total."""
    counties = [with_nets(table, row) for row in table.rows]
    beside = [with_nets(table, row) for row in table.beside]
    total = with_nets(table, total_row(table))
    places = _places(table, counties)
    lines = [
        *(_line(table, row, at, places.get(row.code)) for at, row in enumerate(counties, start=1)),
        *(_line(table, row) for row in (*beside, total)),
    ]
    return tuple(lines)


def with_nets(table: FigureTable, row: Row) -> Row:
    """The row's numbers with the table's sums among them, so that rates may name N or U."""
    numbers = dict(row.numbers)
    for column in table.columns:
        if isinstance(column.made, Net):
            numbers[column.key] = net(numbers, column.made)
    return Row(row.code, row.name, numbers)


def total_row(table: FigureTable) -> Row:
    """Of the numbers that exist; none exists: none."""
    sums: dict[str, int | None] = {}
    for column in table.columns:
        if column.made is None:
            held = [row.numbers[column.key] for row in (*table.rows, *table.beside)]
            known = [value for value in held if value is not None]
            sums[column.key] = sum(known) if known else None
    return Row("", table.total, sums)


def _places(table: FigureTable, rows: Sequence[Row]) -> dict[str, int]:
    made = next((column.made for column in table.columns if isinstance(column.made, Place)), None)
    if made is None:
        return {}
    rated = [(share(row.numbers, made.by).value, row) for row in rows]
    order = sorted(
        (-value, row.numbers[made.fewer] or 0, row.code) for value, row in rated if value is not None
    )
    return {code: place for place, (_, _, code) in enumerate(order, start=1)}


def _line(table: FigureTable, row: Row, at: int | None = None, place: int | None = None) -> FigureRow:
    values = {column.key: _value(column, row, at, place) for column in table.columns}
    texts = tuple(_text(column, values[column.key], at) for column in table.shown)
    return FigureRow(row, values, texts, at is not None)


def _value(column: Column, row: Row, at: int | None, place: int | None) -> Value:
    match column.made:
        case Serial():
            return at
        case Name():
            return row.name
        case Ratio() as ratio:
            return share(row.numbers, ratio).value
        case Change() as formula:
            return change(row.numbers, formula)
        case Place():
            return place
        case _:
            return row.numbers[column.key]


def _text(column: Column, value: Value, at: int | None) -> str:
    if value is None:
        blank = at is None and isinstance(column.made, Serial | Place)
        return "" if blank else UNDEFINED
    if isinstance(value, Fraction):
        return two_decimals(value, signed=isinstance(column.made, Change))
    return str(value)
