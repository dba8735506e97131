"""In which order a county works through its list: severity, then size, then age (C21).

The order is one number per unit that depends on the unit alone, so a changed unit moves nobody else's number.
Equal numbers are read in the order of name and code.
"""

from collections.abc import Sequence
from datetime import date
from typing import Literal

Criterion = Literal["severity", "size", "age"]

SEVERE_SECTOR, SEVERE_RISK, OTHER = range(3)
SIZES = ("大", "中", "小", "微")
SIZE_UNKNOWN = len(SIZES)
LEAST_STAFF = (1000, 300, 20)  # 国统字〔2017〕213号, by staff alone where the size is not given
DAY_ZERO = date(1900, 1, 1)
AGE_UNKNOWN = 99_999
RADIX = {"severity": 10, "size": 10, "age": 100_000}


def severity_rank(sector: str | None, risk: str | None) -> int:
    if sector:
        return SEVERE_SECTOR
    return SEVERE_RISK if risk == "严重" else OTHER


def size_rank(size: str | None, headcount: int | None) -> int:
    """Bigger first; by staff where no class is given; unknown last."""
    if size in SIZES:
        return SIZES.index(size)
    if headcount is None:
        return SIZE_UNKNOWN
    return next((rank for rank, least in enumerate(LEAST_STAFF) if headcount >= least), len(LEAST_STAFF))


def age_rank(established_on: date | None) -> int:
    """Older first; unknown last."""
    if established_on is None:
        return AGE_UNKNOWN
    return min(max((established_on - DAY_ZERO).days, 0), AGE_UNKNOWN - 1)


def work_order(ranks: dict[Criterion, int], order: Sequence[Criterion]) -> int:
    number = 0
    for criterion in order:
        number = number * RADIX[criterion] + ranks[criterion]
    return number
