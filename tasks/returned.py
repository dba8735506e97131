"""A workbook a county returned: kept, taken in one transaction, every row told in a receipt (C25, M03, M04)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, ClassVar, Generic, TypeVar

from sqlalchemy.orm import Session

from models.database import writing
from models.rules.verdicts import Trouble
from models.settings import get_settings
from tasks.received import keep


class Outcome(StrEnum):
    ACCEPTED = "已接收"
    UNCHANGED = "未变"
    REFUSED = "未接收"
    BLANK = "未填"


@dataclass
class Row:
    """One row of the file: who it is about, what came of it and why; `SHOWN`: its fields that a receipt tells."""

    SHOWN: ClassVar[tuple[str, ...]] = ("sheet", "row_no", "name", "before", "after")

    sheet: str
    row_no: int
    name: str | None = None
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
        told = {name: getattr(self, name) for name in self.SHOWN}
        codes = [one.code for one in self.troubles]
        return told | {"outcome": str(self.outcome), "why": self.why, "codes": codes}


RowType = TypeVar("RowType", bound=Row)


@dataclass(kw_only=True)
class Report(Generic[RowType]):
    """What became of the whole file; `waiting`: what the county still owes an answer."""

    county: str
    county_name: str
    file: str
    sha256: str
    rows: list[RowType]
    waiting: list[dict[str, Any]] = field(default_factory=list)
    rehearsed: bool = False
    receipt: Path | None = None

    def count(self, outcome: Outcome) -> int:
        return sum(row.outcome is outcome for row in self.rows)

    def counts(self) -> dict[str, int]:
        return {one.name.lower(): self.count(one) for one in Outcome}

    @property
    def accepted(self) -> int:
        return self.count(Outcome.ACCEPTED)

    @property
    def unchanged(self) -> int:
        return self.count(Outcome.UNCHANGED)

    @property
    def refused(self) -> int:
        return self.count(Outcome.REFUSED)


ReportType = TypeVar("ReportType", bound=Report[Any])


def take_in(
    path: Path,
    sha256: str,
    take: Callable[[Session], ReportType],
    tell: Callable[[ReportType, Path], Path],
    *,
    receipt: Path | None,
    rehearse: bool,
) -> ReportType:
    """The file is kept by its hash first, `take` is one transaction, the receipt (`tell`) comes last.

    A run that is killed leaves all or nothing, and running it again writes the receipt.
    """
    home = get_settings().home
    if not rehearse:
        keep(path, sha256, home)
    with writing(rehearse=rehearse) as db:
        report = take(db)
    report.rehearsed = rehearse
    if receipt is not None or not rehearse:
        wanted = receipt or home / "receipts" / sha256[:2] / f"{sha256[:16]}_{path.stem}_回执.xlsx"
        report.receipt = tell(report, wanted)
    return report
