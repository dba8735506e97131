"""What became of a returned workbook, row by row (C25)."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from models.rules.verdicts import Trouble


class Outcome(StrEnum):
    ACCEPTED = "已接收"
    UNCHANGED = "未变"
    REFUSED = "未接收"
    BLANK = "未填"


@dataclass
class RowResult:
    """One row of the file: who it is about, what was said, what came of it and why."""

    sheet: str
    row_no: int
    name: str | None = None
    code: str | None = None
    unit: int | None = None
    verdict: str | None = None
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
        told = [f"[{code}] {message}" for code, message in self.troubles]
        return "；".join([*told, *self.remarks])

    def as_row(self) -> dict[str, Any]:
        told = {name: getattr(self, name) for name in ROW}
        return told | {
            "outcome": str(self.outcome),
            "why": self.why,
            "codes": [one.code for one in self.troubles],
        }


ROW = ("sheet", "row_no", "unit", "name", "code", "verdict", "before", "after")


@dataclass
class ReturnReport:
    """`done` of `asked`: how far the county is after this file; `returned`: this file made it complete."""

    county: str
    county_name: str
    round: int
    file: str
    sha256: str
    rows: list[RowResult]
    done: int = 0
    asked: int = 0
    seen_before: bool = False
    older_round: bool = False
    returned: bool = False
    rehearsed: bool = False
    remarks: list[str] = field(default_factory=list)
    waiting: list[dict[str, Any]] = field(default_factory=list)  # units still without an answer
    receipt: Path | None = None

    def count(self, outcome: Outcome) -> int:
        return sum(row.outcome is outcome for row in self.rows)

    @property
    def accepted(self) -> int:
        return self.count(Outcome.ACCEPTED)

    @property
    def refused(self) -> int:
        return self.count(Outcome.REFUSED)

    @property
    def unchanged(self) -> int:
        return self.count(Outcome.UNCHANGED)

    @property
    def blank(self) -> int:
        return self.count(Outcome.BLANK)

    @property
    def complete(self) -> bool:
        return self.done == self.asked

    def counts(self) -> dict[str, int]:
        return {name: getattr(self, name) for name in ("accepted", "refused", "unchanged", "blank")}
