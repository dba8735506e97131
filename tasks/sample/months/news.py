"""What the market regulator learns in these months: firms founded, closed, at a standstill, renamed."""

from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl

from tasks.sample.dice import Dice, where
from tasks.sample.membership import with_membership
from tasks.sample.months.pace import MONTHS, month_ends
from tasks.sample.paper import Document
from tasks.sample.registry_files import registry_changes
from tasks.sample.style import Style
from tasks.sample.units import build_city

FIRST, LAST = date(2024, 7, 1), month_ends()[-1]
CHANGES = {"closed": 0.0032 * MONTHS, "stopped": 0.0012 * MONTHS, "renamed": 0.001 * MONTHS}
FOUNDED, FEWEST = 0.002 * MONTHS, 60
SURVEYED_LATER = 0.3


def with_news(units: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """All units there will be, with `change` and `news_on`; those that are founded on the way are told by V."""
    able = (units["registered"] & (units["state"] == "operating")).to_numpy()
    n = len(units)
    kinds = dice.weighted({**CHANGES, "": 1 - sum(CHANGES.values())}, n)
    kinds = where(able, kinds, pl.repeat("", n, eager=True))
    known = units.with_columns(change=kinds, news_on=dice.days(n, FIRST, LAST))
    known = known.with_columns(new_name=_new_names(known))
    return pl.concat([known, _founded(n, dice.child("founded"))], how="diagonal")


def _new_names(units: pl.DataFrame) -> pl.Series:
    """A firm that is taken over keeps the first sign of its brand."""
    rows = units.select("change", "name", pl.col("brand").fill_null("柳州")).iter_rows()
    names = [
        name.replace(brand, brand[:1] + "和润", 1) if change == "renamed" else None
        for change, name, brand in rows
    ]
    return pl.Series(names, dtype=pl.String)


def _founded(n: int, dice: Dice) -> pl.DataFrame:
    city = with_membership(build_city(max(FEWEST, int(n * FOUNDED)), dice), dice.child("lists"))
    days = dice.days(len(city), FIRST, LAST)
    return city.with_columns(
        unit=pl.col("unit").str.replace("U", "V"), state=pl.lit("operating"), established_on=days, state_on=days,
        registered=pl.lit(True), surveyed=pl.lit(False), standstill_surveyed=pl.lit(False), programmes=pl.lit(""),
        old_name=pl.lit(None, pl.String), change=pl.lit("founded"), news_on=days,
    )  # fmt: skip


def on_day(units: pl.DataFrame, day: date) -> pl.DataFrame:
    """The units as they are on the day; those founded later are left out."""
    happened = pl.col("news_on") <= day
    closed = happened & (pl.col("change") == "closed")
    stopped = happened & (pl.col("change") == "stopped")
    renamed = happened & (pl.col("change") == "renamed")
    return units.filter((pl.col("change") != "founded") | happened).with_columns(
        state=pl.when(closed).then(pl.lit("deregistered")).when(stopped).then(pl.lit("stopped")).otherwise("state"),
        state_on=pl.when(closed | stopped).then("news_on").otherwise("state_on"),
        old_name=pl.when(renamed).then("name").otherwise("old_name"),
        name=pl.when(renamed).then("new_name").otherwise("name"),
    )  # fmt: skip


def registry_of_month(units: pl.DataFrame, end: date, style: Style, dice: Dice) -> Document:
    """The regulator's list of the month: only what changed."""
    month = (pl.col("news_on") >= end.replace(day=1)) & (pl.col("news_on") <= end) & (pl.col("change") != "")
    return replace(registry_changes(on_day(units, end).filter(month), style, dice, end), full=False)


def works_until(units: pl.DataFrame) -> np.ndarray:
    """Days since 1970 after which a unit files nothing more."""
    ends = units["change"].is_in(["closed", "stopped"]).to_numpy()
    return np.where(ends, units["news_on"].cast(pl.Int32).to_numpy(), np.iinfo(np.int32).max)
