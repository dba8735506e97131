"""Who files what, and when, from the first export to the end of 2025: first declarations, annual updates, changes."""

from datetime import date

import numpy as np
import polars as pl

from tasks.sample.declared import GUANGXI, NATIONAL, OLD, hazardous
from tasks.sample.dice import Dice, where
from tasks.sample.months.course import DRAFT, WAITING, numbers_of
from tasks.sample.months.news import works_until
from tasks.sample.months.pace import FIRST_DAY, UNKNOWN_SHARE, chances, filing_days, month_ends
from tasks.sample.standing import SEVERE

LAST_DAY = month_ends()[-1]
PLATFORMS = {GUANGXI: 0.93, NATIONAL: 0.07}
UPDATED, OVERDUE_UPDATED, CHANGED, DRAFTED = 0.5, 0.2, 0.02, 0.03
FIRST, UPDATE, CHANGE = "初次申报", "年度更新", "变更申报"
YEAR = 365
YOUNG_FILE_AFTER = (30, 240)


def filings(units: pl.DataFrame, rows: pl.DataFrame, wanted: pl.Series, dice: Dice) -> pl.DataFrame:
    """One line per declaration filed after the first export. `wanted`: the units that some list of the campaign names."""
    first = _first(units, rows, wanted, dice.child("first"))
    known = rows.filter((pl.col("unit") != "") & (pl.col("platform") != OLD)).select("unit", "filed_on")
    known = pl.concat([known, first.select("unit", "filed_on")])
    last = known.group_by("unit").agg(pl.col("filed_on").max().alias("before"))
    again = _again(units.join(last, on="unit", how="inner", maintain_order="left"), dice.child("again"))
    both = pl.concat([first, again], how="diagonal")
    working = both.filter(pl.Series(numbers_of(both["filed_on"]) <= works_until(both)))
    return _written_down(working.sort("filed_on", "unit"), dice.child("facts"))


def _first(units: pl.DataFrame, rows: pl.DataFrame, wanted: pl.Series, dice: Dice) -> pl.DataFrame:
    """Of units without a declaration: what the old system of the work safety bureau holds is none."""
    counted = rows.filter(pl.col("platform") != OLD)["unit"].unique()
    free = hazardous() & (pl.col("state") == "operating") & ~pl.col("unit").is_in(counted.implode())
    able = units.filter(free)
    young = (able["change"] == "founded").to_numpy()
    severe = able["sector"].is_in(SEVERE).to_numpy()
    listed = able["unit"].is_in(wanted.implode()).to_numpy() | severe
    files = dice.many.random(len(able)) < np.where(listed, chances(able), UNKNOWN_SHARE)
    soon = able["news_on"].cast(pl.Int32) + pl.Series(dice.many.integers(*YOUNG_FILE_AFTER, len(able)))
    days = where(young, soon.cast(pl.Int32).cast(pl.Date), filing_days(able, dice.child("days")))
    made = able.with_columns(filed_on=days, declaration_type=pl.lit(FIRST))
    return made.filter(pl.Series(files) & (pl.col("filed_on") <= LAST_DAY))


def _again(units: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """Updates about a year after the last declaration, some long overdue; changes at any time."""
    n = len(units)
    due = units["before"].cast(pl.Int32) + YEAR + pl.Series(dice.many.integers(-25, 60, n))
    due = due.cast(pl.Int32).cast(pl.Date)
    overdue = (due < FIRST_DAY).to_numpy()
    any_day = dice.days(n, FIRST_DAY, LAST_DAY)
    share = np.where(overdue, OVERDUE_UPDATED, UPDATED)
    updated = units.with_columns(filed_on=where(overdue, any_day, due), declaration_type=pl.lit(UPDATE))
    updated = updated.filter(pl.Series(dice.many.random(n) < share))
    changed = units.with_columns(filed_on=any_day, declaration_type=pl.lit(CHANGE))
    changed = changed.filter(pl.Series(dice.flags(n, CHANGED)))
    later = pl.concat([updated, changed]).filter(
        pl.col("filed_on").is_between(FIRST_DAY, LAST_DAY) & (pl.col("filed_on") > pl.col("before"))
    )
    return later.filter(pl.col("state") == "operating").drop("before")


def _written_down(frame: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """What each says of its employer on its day."""
    n = len(frame)
    number = pl.Series(range(1, n + 1)).cast(pl.String).str.zfill(6)
    renamed = (pl.col("change") == "renamed") & (pl.col("news_on") <= pl.col("filed_on"))
    people = frame["headcount"] * pl.Series(dice.many.uniform(0.85, 1.15, n))
    drafted = dice.flags(n, DRAFTED)
    return frame.with_columns(
        name=pl.when(renamed).then("new_name").otherwise("name"), platform=dice.weighted(PLATFORMS, n),
        declaration_no="SB" + frame["filed_on"].dt.strftime("%Y%m") + "7" + number,
        declaration_state=where(drafted, pl.repeat(DRAFT, n, eager=True), pl.repeat(WAITING, n, eager=True)),
        approved_on=pl.lit(None, pl.Date), headcount=people.round().cast(pl.Int32).clip(1),
    )  # fmt: skip


def started(rows: pl.DataFrame, first: date) -> pl.Series:
    """The day on which each declaration entered the state that it is first seen in."""
    return pl.select(pl.max_horizontal(rows["filed_on"], pl.lit(first))).to_series()
