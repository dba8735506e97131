"""The undeclared units of each county by what is done about them; every split adds up to the column 未申报 (C14, C18, C32)."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from models.campaign import Campaign
from models.fieldwork import RUNGS, Reason, Rung

UNKNOWN, OUTSIDE, ALL = "县区不明", "外市", "合计"
UNRECORDED, NO_STEP = "未登记", "未推进"


@dataclass
class WorkLine:
    """undeclared = assigned + unassigned = the sum of `reasons` = the sum of `rungs`."""

    county: str
    name: str
    undeclared: int = 0
    assigned: int = 0
    reasons: dict[str, int] = field(default_factory=lambda: dict.fromkeys([*map(str, Reason), UNRECORDED], 0))
    rungs: dict[str, int] = field(default_factory=lambda: dict.fromkeys([NO_STEP, *RUNGS.values()], 0))

    @property
    def unassigned(self) -> int:
        return self.undeclared - self.assigned

    def add(self, row: Mapping[str, Any]) -> None:
        units = row["units"]
        self.undeclared += units
        self.assigned += units if row["assigned"] else 0
        self.reasons[row["reason"] or UNRECORDED] += units
        self.rungs[RUNGS[Rung(row["rung"])] if row["rung"] else NO_STEP] += units

    def as_row(self) -> dict[str, Any]:
        return asdict(self) | {"unassigned": self.unassigned}


def work_lines(campaign: Campaign, cube: Iterable[Mapping[str, Any]], day: date) -> list[WorkLine]:
    """A line for every county of the campaign, one each for unknown and outside, and their sum."""
    names = campaign.names_on(day) | {"": UNKNOWN, OUTSIDE: OUTSIDE}
    lines = {code: WorkLine(code, name) for code, name in names.items()}
    whole = WorkLine(ALL, ALL)
    for row in cube:
        lines.get(row["county"], lines[OUTSIDE]).add(row)
        whole.add(row)
    return [*lines.values(), whole]
