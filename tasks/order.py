"""What a person says of a file when handing it in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

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
    constants: Mapping[str, str] = field(default_factory=dict)  # RAW field → text for every row
