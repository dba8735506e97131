"""What became of a returned verification list, row by row (C25)."""

from dataclasses import dataclass, field

from tasks.returned import Report, Row


@dataclass
class RowResult(Row):
    SHOWN = ("sheet", "row_no", "unit", "name", "code", "verdict", "before", "after")

    code: str | None = None
    unit: int | None = None
    verdict: str | None = None


@dataclass(kw_only=True)
class ReturnReport(Report[RowResult]):
    """`done` of `asked`: how far the county is after this file; `returned`: this file made it complete."""

    round: int
    done: int = 0
    asked: int = 0
    seen_before: bool = False
    older_round: bool = False
    returned: bool = False
    remarks: list[str] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        return self.done == self.asked
