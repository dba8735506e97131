"""What becomes of declarations day by day: reviewed, sent back, corrected, revoked. One event per change."""

from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import polars as pl

from tasks.sample.dice import Dice
from tasks.sample.months.pace import month_ends

DRAFT, WAITING, REFUSED, APPROVED = "暂存", "待审核", "已驳回", "已审核"
SUBMITTED, REFUSED_SHARE, CORRECTED, REVOKED, UNDATED = 0.9, 0.1, 0.93, 0.016, 0.06
AFTER_THE_CUT = 0.3  # of the revocations: in the first three days of a month
EVENTS = {"row": pl.Int64, "day": pl.Date, "state": pl.String, "approved_on": pl.Date}
EPOCH = date(1970, 1, 1)
STEPS = 8
Days = npt.NDArray[np.int64]
Words = npt.NDArray[np.object_]


def course(rows: Days, days: Days, states: Words, until: date, dice: Dice) -> pl.DataFrame:
    """The events that follow on `states`, entered on `days` (since 1970) by the declarations numbered `rows`."""
    last = _number(until)
    found = []
    for step in range(STEPS):
        days, states = _next(days, states, dice.child(step))
        goes_on = (days <= last) & (states != "")
        rows, days, states = rows[goes_on], days[goes_on], states[goes_on]
        found.append(_events(rows, days, states, dice.child(step, "dated")))
    return pl.concat(found)


def _next(days: Days, states: Words, dice: Dice) -> tuple[Days, Words]:
    """The next change of each declaration; no word where it stays as it is."""
    n = len(states)
    luck, wait = dice.many.random(n), dice.many.random(n)
    reviewed = 1 + np.floor(wait**1.6 * 24).astype(np.int64)
    corrected = 4 + np.floor(wait**1.5 * 60).astype(np.int64)
    submitted = 5 + np.floor(wait * 300).astype(np.int64)
    cases = [states == WAITING, states == REFUSED, states == DRAFT, states == APPROVED]
    after = np.select(
        cases, [days + reviewed, days + corrected, days + submitted, _revoked(days, dice)], days
    )
    ends = [
        np.where(luck < REFUSED_SHARE, REFUSED, APPROVED), np.where(luck < CORRECTED, WAITING, ""),
        np.where(luck < SUBMITTED, WAITING, ""), np.where(luck < REVOKED, WAITING, ""),
    ]  # fmt: skip
    return after, np.select(cases, ends, "").astype(object)


def _revoked(days: Days, dice: Dice) -> Days:
    """Some time within the year and a half after; now and then when the month's figures have just been cut."""
    n = len(days)
    later = days + 15 + np.floor(dice.many.random(n) * 500).astype(np.int64)
    cuts = np.array([_number(end) for end in month_ends()], dtype=np.int64)
    after = cuts[np.minimum(np.searchsorted(cuts, later), len(cuts) - 1)] + dice.many.integers(1, 4, n)
    return np.where(dice.flags(n, AFTER_THE_CUT), np.maximum(after, later), later)


def _events(rows: Days, days: Days, states: Words, dice: Dice) -> pl.DataFrame:
    dated = (states == APPROVED) & ~dice.flags(len(rows), UNDATED)
    day = pl.Series(days).cast(pl.Int32).cast(pl.Date)
    frame = pl.DataFrame({"row": rows, "day": day, "state": pl.Series(states.tolist(), dtype=pl.String)})
    return frame.with_columns(approved_on=pl.when(pl.Series(dated)).then("day")).cast(EVENTS)  # type: ignore[arg-type]


def states_on(events: pl.DataFrame, day: date) -> pl.DataFrame:
    """The state of every declaration that had changed by then: row, state, approved_on."""
    told = events.filter(pl.col("day") <= day).sort("row", "day", maintain_order=True)
    return told.unique("row", keep="last", maintain_order=True).drop("day")


def numbers_of(days: pl.Series) -> Days:
    return days.cast(pl.Int32).cast(pl.Int64).to_numpy()


def _number(day: date) -> int:
    return (day - EPOCH) // timedelta(days=1)
