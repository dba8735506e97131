"""What became of a returned review workbook, row by row."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from models.rules.verdicts import Trouble
from tasks.verification.report import Outcome

__all__ = ["Outcome", "ReviewReturn", "RowResult"]
ROW = ("sheet", "row_no", "number", "name", "decision", "before", "after")


@dataclass
class RowResult:
    sheet: str
    row_no: int
    number: int | None = None
    name: str | None = None
    decision: str | None = None
    outcome: Outcome = Outcome.BLANK
    before: str = ""
    after: str = ""
    troubles: list[Trouble] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def refuse(self, *troubles: Trouble) -> None:
        self.troubles += troubles
        self.outcome = Outcome.REFUSED

    @property
    def why(self) -> str:
        return "；".join([*(f"[{code}] {message}" for code, message in self.troubles), *self.remarks])

    def as_row(self) -> dict[str, Any]:
        told = {name: getattr(self, name) for name in ROW}
        codes = [one.code for one in self.troubles]
        return told | {"outcome": str(self.outcome), "why": self.why, "codes": codes}


@dataclass
class ReviewReturn:
    """`rejected`: declarations this file rejected, which now want a 补正告知."""

    county: str
    county_name: str
    file: str
    sha256: str
    rows: list[RowResult]
    rejected: list[int] = field(default_factory=list)
    waiting: list[dict[str, Any]] = field(default_factory=list)
    rehearsed: bool = False
    receipt: Path | None = None

    def count(self, outcome: Outcome) -> int:
        return sum(row.outcome is outcome for row in self.rows)

    def counts(self) -> dict[str, int]:
        return {one.name.lower(): self.count(one) for one in Outcome}
