"""What became of a returned review workbook, row by row."""

from dataclasses import dataclass, field

from tasks.returned import Report, Row


@dataclass
class RowResult(Row):
    SHOWN = ("sheet", "row_no", "number", "name", "decision", "before", "after")

    number: int | None = None
    decision: str | None = None


@dataclass(kw_only=True)
class ReviewReturn(Report[RowResult]):
    """`rejected`: declarations this file rejected, which now want a 补正告知."""

    rejected: list[int] = field(default_factory=list)
