"""How fast the counties' employers come to declare: how many in the end, and in which month."""

from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import polars as pl

from tasks.sample.dice import Dice
from tasks.sample.standing import SEVERE

Numbers = npt.NDArray[np.float64]
FIRST_DAY = date(2024, 7, 11)  # the day after the first export
# what is reached in the end, and how early: 1 in step with the campaign, 0 when the year is nearly over
COUNTIES = {
    "450202": (0.995, 0.95), "450203": (0.99, 0.85), "450204": (0.98, 0.75), "450205": (0.975, 0.75), "450206": (0.955, 0.4),
    "450222": (0.905, 0.15), "450223": (0.985, 0.8), "450224": (0.995, 0.9), "450225": (0.95, 0.5), "450226": (0.94, 0.45),
}  # fmt: skip
BY_SIZE = {"大": 0.01, "中": 0.01, "小": 0.0, "微": -0.015}
SEVERE_BONUS, UNKNOWN_SHARE = 0.01, 0.08
# July 2024 to December 2025; the letters go out early in September 2024, the severe sectors and the
# programmes' lists are due on 31 December 2024
MONTHS = 18
URGENT_EARLY = (2, 5, 13, 15, 14, 26, 6, 3, 3, 2, 2, 2, 1, 1, 1, 1, 1, 2)
URGENT_LATE = (1, 1, 4, 6, 7, 27, 9, 4, 6, 4, 4, 4, 4, 4, 4, 4, 3, 4)
OTHER_EARLY = (2, 3, 12, 13, 10, 10, 5, 4, 6, 6, 5, 5, 4, 3, 3, 3, 3, 3)
OTHER_LATE = (1, 1, 4, 5, 5, 6, 4, 4, 5, 5, 6, 6, 6, 7, 8, 9, 10, 8)
LATE_MONTHS = (5, 17)  # in December everybody comes in the last days
AFTER_LETTERS = (2, 10)  # in September from the 10th on


def month_ends(count: int = MONTHS) -> list[date]:
    """The last days of July 2024 and of the months after it."""
    firsts = [date(2024 + (7 + n) // 12, (7 + n) % 12 + 1, 1) for n in range(count)]
    return [first - timedelta(days=1) for first in firsts]


def chances(units: pl.DataFrame) -> Numbers:
    """How likely each unit of the campaign declares before its end."""
    end = units["county"].replace_strict({county: share for county, (share, _) in COUNTIES.items()})
    size = units["size"].replace_strict(BY_SIZE, default=0.0)
    bonus = units["sector"].is_in(SEVERE).cast(pl.Float64) * SEVERE_BONUS
    return (end + size + bonus).clip(upper_bound=0.995).to_numpy()


def filing_days(units: pl.DataFrame, dice: Dice) -> pl.Series:
    """The day on which each unit files, were it to file."""
    ends = month_ends()
    early = (
        units["county"].replace_strict({county: pace for county, (_, pace) in COUNTIES.items()}).to_numpy()
    )
    urgent = (units["sector"].is_in(SEVERE) | (units["programmes"] != "")).to_numpy()
    month = np.zeros(len(units), dtype=np.int64)
    in_step = dice.many.random(len(units)) < early
    for profile, rows in (
        (URGENT_EARLY, urgent & in_step), (URGENT_LATE, urgent & ~in_step),
        (OTHER_EARLY, ~urgent & in_step), (OTHER_LATE, ~urgent & ~in_step),
    ):  # fmt: skip
        month[rows] = dice.index(profile, int(rows.sum()))
    last = np.array([end.day for end in ends])[month]
    first = np.array([_first_day(number) for number in range(MONTHS)])[month]
    luck = dice.many.random(len(units))
    luck = np.where(np.isin(month, LATE_MONTHS), luck**0.35, luck)
    day = first + np.floor(luck * (last - first + 1)).astype(np.int64)
    start = pl.Series([end.replace(day=1) for end in ends]).gather(month)
    return (start.cast(pl.Int32) + pl.Series(day - 1)).cast(pl.Int32).cast(pl.Date)


def _first_day(month: int) -> int:
    if month == 0:
        return FIRST_DAY.day
    number, day = AFTER_LETTERS
    return day if month == number else 1
