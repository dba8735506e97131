"""Which lists know a unit: register, survey, programmes, associations."""

from datetime import date

import numpy as np
import polars as pl

from tasks.sample.declared import hazardous
from tasks.sample.dice import Dice, where

SURVEY_DAY = date(2024, 5, 31)
PROGRAMMES = {"治理2023": 0.007, "治理2024": 0.009, "监测2024": 0.006, "帮扶2024": 0.004}
LEAST_HELPED = 20  # a county and year, requirements 2.2


def with_membership(units: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """A workplace without a code of its own is often known to health offices only."""
    n = len(units)
    able = units.select(hazardous()).to_series().to_numpy()
    is_open = units["state"].is_in(["operating", "stopped"]).to_numpy()
    sites = (units["kind"] == "site").to_numpy()
    registered = ~sites | dice.flags(n, 0.55)
    surveyed = able & is_open & (dice.flags(n, 0.35) | ~registered)
    registered |= sites & ~surveyed
    stopped = (units["state"] == "stopped").to_numpy() & (units["state_on"] <= SURVEY_DAY).to_numpy()
    code_to_main = units.filter(pl.col("kind") == "firm").select("code", parent_main_id="main_id")
    units = units.join(
        code_to_main, left_on="parent_code", right_on="code", how="left", maintain_order="left"
    )
    return units.with_columns(
        registered=pl.Series(registered), surveyed=pl.Series(surveyed),
        standstill_surveyed=pl.Series(surveyed & stopped), programmes=_programmes(units, able, dice),
    )  # fmt: skip


def _programmes(units: pl.DataFrame, able: np.ndarray, dice: Dice) -> pl.Series:
    """Programmes pick industrial units of ten persons and more; help goes to the small ones of every county."""
    industrial = (
        able & units["section"].is_in(["B", "C", "D"]).to_numpy() & (units["state"] == "operating").to_numpy()
    )
    small = industrial & units["size"].is_in(["小", "微", "中"]).to_numpy()
    large = industrial & (units["headcount"] >= 10).to_numpy()
    member = pl.repeat("", len(units), eager=True)
    for name, share in PROGRAMMES.items():
        pool = np.flatnonzero(small if name == "帮扶2024" else large)
        chosen = dice.many.choice(pool, min(len(pool) // 2, max(8, int(len(units) * share))), replace=False)
        if name == "帮扶2024":
            chosen = np.union1d(chosen, _by_county(units["county"], pool, dice))
        flags = np.zeros(len(units), dtype=bool)
        flags[chosen] = True
        member = where(flags, member + name + ";", member)
    return member.str.strip_chars(";")


def _by_county(county: pl.Series, pool: np.ndarray, dice: Dice) -> np.ndarray:
    counties = county.gather(pool).to_numpy()
    shuffled = dice.many.permutation(len(pool))
    return np.concatenate(
        [pool[shuffled[counties[shuffled] == c][:LEAST_HELPED]] for c in sorted(set(counties.tolist()))]
    )
