"""Branches with a code of their own (F17), and workplaces that live on their parent's (F16, Q10)."""

import numpy as np
import polars as pl

from tasks.sample import names, standing
from tasks.sample.codes import credit_codes, registration_numbers
from tasks.sample.dice import Dice, Flags, Rows, where
from tasks.sample.places import choose_counties, choose_streets, street_columns
from tasks.sample.words import BRANCHES, OUTER_FROM, OUTER_TRADES, SITES, WORKS

OWN_CODE, OUTSIDE = 0.5, 0.15
BUILDERS = ("47", "48", "49", "50")


def add_branches(dice: Dice, frame: pl.DataFrame, n: int, table: pl.DataFrame) -> pl.DataFrame:
    parents = frame[_parents(dice, frame, n)]
    own = dice.flags(n, OWN_CODE)
    outside = dice.flags(n, OUTSIDE) & ~own
    rows = parents.select(
        "industry", "industry_name", "section", "terrain", "state", "state_on", "established_on", "person", "brand", "core",
        "group", parent_code="code", parent_name="name",
    )  # fmt: skip
    rows = _outside(dice, rows, outside)
    rows = rows.with_columns(street_columns(dice, table, _streets(dice, table, rows, parents)))
    rows = _facts(dice, rows, parents)
    rows = _names(dice, rows, own)
    rows = _codes(dice, rows, own)
    return pl.concat([frame, rows.select(c for c in frame.columns if c in rows.columns)], how="diagonal")


def _parents(dice: Dice, frame: pl.DataFrame, n: int) -> Rows:
    """Large firms have more of them; only firms that produce or build have workplaces to declare."""
    able = (frame["kind"] == "firm") & (frame["section"].is_in(list("BCDEFG")))
    producing = frame["section"].is_in(list("BCDE")).to_numpy() * 3 + 1
    weights = frame["headcount"].to_numpy() ** 0.6 * able.to_numpy() * producing
    return dice.index(weights.tolist(), n)


def _outside(dice: Dice, rows: pl.DataFrame, outside: Flags) -> pl.DataFrame:
    """Parents from other cities, of whom the registry knows nothing."""
    n = max(12, len(rows) // 40)
    origin = dice.words(list(OUTER_FROM), n)
    called = origin + names.brands(dice, n) + dice.words(OUTER_TRADES, n)
    codes = credit_codes(
        dice, pl.repeat("91", n, eager=True), origin.replace_strict(OUTER_FROM), dice.flags(n, 0.3)
    )
    chosen = dice.many.integers(0, n, len(rows))
    return rows.with_columns(
        parent_name=where(outside, called.gather(chosen), rows["parent_name"]),
        parent_code=where(outside, codes.gather(chosen), rows["parent_code"]),
        industry=where(outside, pl.repeat("4813", len(rows), eager=True), rows["industry"]),
        industry_name=where(
            outside, pl.repeat("市政道路工程建筑", len(rows), eager=True), rows["industry_name"]
        ),
        section=where(outside, pl.repeat("E", len(rows), eager=True), rows["section"]),
        outside=pl.Series(outside),
    )


def _streets(dice: Dice, table: pl.DataFrame, rows: pl.DataFrame, parents: pl.DataFrame) -> Rows:
    """Half of them stay in the parent's county."""
    away = dice.flags(len(rows), 0.5)
    county = where(away, choose_counties(dice, rows["terrain"]), parents["county"])
    return choose_streets(dice, table, county, rows["terrain"])


def _facts(dice: Dice, rows: pl.DataFrame, parents: pl.DataFrame) -> pl.DataFrame:
    n = len(rows)
    people = standing.staff(dice, (parents["headcount"] // 3).clip(4, 120), pl.repeat(False, n, eager=True))
    same_person = dice.flags(n, 0.4)
    return rows.with_columns(
        headcount=people, revenue=standing.revenue(dice, people), listed=pl.lit(True), is_branch=pl.lit(True),
        person=where(same_person, rows["person"], names.people(dice, n)),
        phone=where(dice.flags(n, 0.15), parents["phone"], names.phones(dice, n)),
    )  # fmt: skip


def _names(dice: Dice, rows: pl.DataFrame, own: Flags) -> pl.DataFrame:
    """…公司柳江分公司 with a code; …公司白沙堤防项目部 without."""
    n = len(rows)
    place = where(dice.flags(n, 0.7), rows["county_name"].str.slice(0, 2), rows["town_name"].str.slice(0, 2))
    branch = place + dice.words(BRANCHES[:1], n)
    branch = where(dice.flags(n, 0.4), dice.words(BRANCHES, n), branch)
    site = where(dice.flags(n, 0.5), place, pl.repeat("", n, eager=True)) + dice.words(SITES, n)
    builds = rows["industry"].str.slice(0, 2).is_in(BUILDERS).to_numpy() | rows["outside"].to_numpy()
    site = where(builds, dice.words(WORKS, n) + "项目部", site)
    name = rows["parent_name"] + where(own, branch, site)
    number = name.to_frame("name").select(pl.int_range(pl.len()).over("name")).to_series()
    more = where(
        (number > 0).to_numpy(), "（" + (number + 1).cast(pl.String) + "号）", pl.repeat("", n, eager=True)
    )
    return rows.with_columns(name=name + more, kind=pl.Series(np.where(own, "branch", "site")))


def _codes(dice: Dice, rows: pl.DataFrame, own: Flags) -> pl.DataFrame:
    n = len(rows)
    region = where(dice.flags(n, 0.5), pl.repeat("450200", n, eager=True), rows["county"])
    codes = credit_codes(dice, pl.repeat("91", n, eager=True), region, dice.flags(n, 0.6))
    return rows.with_columns(
        code=where(own, codes, rows["parent_code"]),
        registration=where(
            own, registration_numbers(dice, region), pl.repeat(None, n, eager=True, dtype=pl.String)
        ),
        main_id="4502B" + pl.Series(dice.many.permutation(n)).cast(pl.String).str.zfill(10),
    )
