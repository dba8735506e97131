"""Whether a unit still stands, since when, and how large it is."""

from datetime import date

import numpy as np
import polars as pl

from tasks.sample.dice import Dice, where

REGISTRY_DAY = date(2024, 6, 30)
AS_OF = date(2024, 8, 9)
STATES = {"operating": 0.745, "stopped": 0.055, "deregistered": 0.12, "revoked": 0.065, "moved": 0.015}


def founded(dice: Dice, n: int) -> pl.Series:
    """Half before the credit codes of October 2015, half since."""
    early = dice.days(n, date(1996, 1, 1), date(2015, 9, 30))
    return where(dice.flags(n, 0.5), early, dice.days(n, date(2015, 10, 1), date(2024, 3, 31)))


def states(dice: Dice, established: pl.Series) -> tuple[pl.Series, pl.Series]:
    """State and the day it began; a good part of the standstills lies about the six-month boundary (Q4)."""
    n = len(established)
    state = dice.weighted(STATES, n)
    ended = dice.days(n, date(2019, 1, 1), REGISTRY_DAY)
    stopped = where(
        dice.flags(n, 0.35),
        dice.days(n, date(2024, 2, 5), date(2024, 2, 13)),
        dice.days(n, date(2023, 6, 1), REGISTRY_DAY),
    )
    since = where((state == "stopped").to_numpy(), stopped, ended)
    since = where((state == "operating").to_numpy(), established, since)
    too_early = (since < established).to_numpy()
    return state, where(too_early, pl.repeat(REGISTRY_DAY, n, eager=True), since)


def staff(dice: Dice, median: pl.Series, household: pl.Series) -> pl.Series:
    """Many tiny, few huge."""
    n = len(median)
    spread = np.exp(dice.many.normal(0, 1.0, n) + (dice.many.random(n) < 0.03) * 1.2)
    people = np.maximum(1, np.round(median.to_numpy() * spread)).astype(np.int64)
    return pl.Series(np.where(household.to_numpy(), 1 + people // 4, people)).cast(pl.Int32)


def revenue(dice: Dice, people: pl.Series) -> pl.Series:
    """In 万元."""
    each = np.exp(dice.many.normal(3.6, 0.7, len(people)))
    return pl.Series(np.round(people.to_numpy() * each)).cast(pl.Int64)


def size(people: pl.Expr, money: pl.Expr) -> pl.Expr:
    """国统字〔2017〕213号, the industrial line: lower bounds of both, else one class down."""
    return (
        pl.when((people >= 1000) & (money >= 40000)).then(pl.lit("大"))
        .when((people >= 300) & (money >= 2000)).then(pl.lit("中"))
        .when((people >= 20) & (money >= 300)).then(pl.lit("小"))
        .otherwise(pl.lit("微"))
    )  # fmt: skip


SECTORS = {
    "矿山": ("06", "08", "09", "10", "12"), "冶金": ("31", "32"), "建材": ("30",), "化工": ("25", "26"),
    "矿山（边界）": ("07", "11"), "化工（边界）": ("27",),
}  # fmt: skip
SEVERE = ("矿山", "冶金", "建材", "化工")


def sector(industry: pl.Expr) -> pl.Expr:
    """The severe sectors of requirements 2.4; the borderline ones are named but not severe here."""
    table = {division: name for name, divisions in SECTORS.items() for division in divisions}
    return industry.str.slice(0, 2).replace_strict(table, default="")


def exists(as_of: date = AS_OF) -> pl.Expr:
    """C09, Q3, Q4: operating, or at a standstill (revoked: barred) for six months at most; never when deregistered."""
    recent = pl.col("state_on") >= pl.lit(as_of).dt.offset_by("-6mo")
    idle = pl.col("state").is_in(["stopped", "revoked"]) & recent
    return (pl.col("state") == "operating") | idle
