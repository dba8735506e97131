"""What a person says of a file when handing it in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from models.errors import InputRefused
from models.inbound import Kind


@dataclass(frozen=True)
class Order:
    """What a person says of a file: its kind, its day, its sender, and what no column of it says."""

    path: Path
    kind: Kind
    by: str
    data_date: date | None = None
    source: str | None = None
    full: bool = False
    rehearse: bool = False  # do everything, then take it back
    handed_in: date | None = None  # today, as the caller's clock says
    constants: Mapping[str, str] = field(default_factory=dict)  # RAW field → text for every row

    def dated(self, day: date) -> date:
        """`day`, unless it is yet to come: such a list would stay the youngest of its source for ever (C06)."""
        if self.handed_in and day > self.handed_in:
            raise InputRefused(
                "E1036",
                f"{self.path.name} 的数据截止日期 {day} 在今天（{self.handed_in}）之后，不可能。请核对后写明 --data-date。",
            )
        return day
