"""Who declared, how often, and how far each declaration came: what is true, before it is written badly."""

from datetime import date, timedelta

import numpy as np
import polars as pl

from tasks.sample.dice import Dice, Rows, where
from tasks.sample.names import soundalike
from tasks.sample.standing import SEVERE
from tasks.sample.units import build_city

EXPORT_DAY = date(2024, 7, 10)
SEVERE_SHARE, CLOSED_SHARE, STRANGERS = 0.44, 0.12, 0.02
ROWS_EACH = {"1": 0.55, "2": 0.3, "3": 0.15}
LAST = {"已审核": 0.82, "待审核": 0.08, "已驳回": 0.06, "暂存": 0.04}
BEFORE = {"已审核": 0.97, "已驳回": 0.03}
GUANGXI, NATIONAL, OLD = "广西职业健康信息综合管理平台", "国家职业病危害项目申报系统", "原安监申报系统"
PLATFORMS = {GUANGXI: 0.9, NATIONAL: 0.085, OLD: 0.015}
HAZARDOUS = ("42", "43", "44", "45", "46", "47", "48", "49", "50", "54", "59", "74", "77", "78", "81", "84")


def hazardous() -> pl.Expr:
    """Trades with something to declare: mines, factories, energy, building, transport, repair, hospitals …"""
    by_division = pl.col("industry").str.slice(0, 2).is_in(HAZARDOUS)
    return pl.col("section").is_in(["B", "C", "D"]) | by_division | pl.col("industry").is_in(["5265", "8030"])


def declarations(units: pl.DataFrame, rows: int, dice: Dice) -> pl.DataFrame:
    """One line per declaration, in the order of the export; `unit` is empty for employers nobody lists."""
    unknown = int(rows * STRANGERS)
    known = _rounds(units[_declarers(units, rows - unknown, dice)], rows - unknown, dice.child("known"))
    strangers = _strangers(units, unknown, dice.child("strangers"))
    both = pl.concat([known, _rounds(strangers, unknown, dice.child("unknown"))], how="diagonal")
    both = both[dice.child("order").many.permutation(len(both))]
    number = pl.Series(range(1, len(both) + 1)).cast(pl.String).str.zfill(7)
    return both.with_columns(declaration_no="SB" + both["filed_on"].dt.strftime("%Y%m") + number)


def _declarers(units: pl.DataFrame, rows: int, dice: Dice) -> Rows:
    """Severe trades at the share that makes the campaign worth while; the others fill up."""
    facts = units.select(
        able=hazardous(),
        severe=pl.col("sector").is_in(SEVERE),
        open=pl.col("state").is_in(["operating", "stopped"]),
    )
    able, severe, is_open = (facts[c].to_numpy() for c in facts.columns)
    wanted = rows / sum(int(k) * share for k, share in ROWS_EACH.items())
    chance = np.where(severe, SEVERE_SHARE, 0.0)
    chance[~is_open] = CLOSED_SHARE
    others = able & ~severe & is_open
    left = wanted - chance[able & (severe | ~is_open)].sum()
    chance[others] = min(0.95, max(0.05, left / max(1, others.sum())))
    return np.flatnonzero((dice.many.random(len(units)) < chance) & able)


def _rounds(declarers: pl.DataFrame, rows: int, dice: Dice) -> pl.DataFrame:
    """One to three declarations a unit, a year apart, the last before the export."""
    order = dice.many.permutation(len(declarers))
    each = dice.weighted(ROWS_EACH, len(declarers)).cast(pl.Int64).to_numpy()
    owner = np.repeat(order, each)[:rows]
    frame = declarers[owner]
    round_ = pl.Series(owner).to_frame("u").select(pl.int_range(pl.len()).over("u")).to_series()
    count = pl.Series(owner).to_frame("u").select(pl.len().over("u")).to_series().cast(pl.Int64)
    back = count - 1 - round_
    last = dice.days(len(declarers), date(2020, 6, 1), EXPORT_DAY - timedelta(days=2)).gather(owner)
    gap = pl.Series(dice.many.integers(340, 420, len(frame)))
    filed = (last.cast(pl.Int64) - back * gap).cast(pl.Int32).cast(pl.Date)
    return _course(frame, filed, back == 0, round_ == 0, EXPORT_DAY, dice)


def first_declarations(units: pl.DataFrame, rows: int, first: date, last: date, dice: Dice) -> pl.DataFrame:
    """News between two exports: one declaration each of units that had none."""
    able = units.filter(hazardous() & (pl.col("state") == "operating"))
    chosen = able[dice.many.permutation(len(able))[:rows]]
    n = len(chosen)
    flags = pl.repeat(True, n, eager=True)
    frame = _course(chosen, dice.days(n, first, last), flags, flags, last, dice)
    number = pl.Series(range(1, n + 1)).cast(pl.String).str.zfill(6)
    return frame.with_columns(declaration_no="SB" + frame["filed_on"].dt.strftime("%Y%m") + "9" + number)


def _course(
    frame: pl.DataFrame, filed: pl.Series, last: pl.Series, first: pl.Series, until: date, dice: Dice
) -> pl.DataFrame:
    n = len(frame)
    platform = dice.weighted(PLATFORMS, n)
    old = (platform == OLD).to_numpy()
    filed = where(old, dice.days(n, date(2013, 1, 1), date(2018, 12, 31)), filed)
    state = where(last.to_numpy(), dice.weighted(LAST, n), dice.weighted(BEFORE, n))
    state = where(old, pl.repeat("已审核", n, eager=True), state)
    approved = (filed.cast(pl.Int64) + pl.Series(dice.many.integers(0, 21, n))).cast(pl.Int32).cast(pl.Date)
    approved = approved.clip(upper_bound=until)
    dated = (state == "已审核").to_numpy() & ~dice.flags(n, 0.08)
    renamed_on = dice.days(n, date(2021, 1, 1), date(2024, 5, 31))
    before = frame["old_name"].is_not_null().to_numpy() & (filed < renamed_on).to_numpy()
    later_type = dice.weighted({"年度更新": 0.8, "变更申报": 0.2}, n)
    return frame.with_columns(
        name=where(before, frame["old_name"].fill_null(""), frame["name"]),
        filed_on=filed, declaration_state=state, platform=platform,
        approved_on=where(dated, approved, pl.repeat(None, n, eager=True, dtype=pl.Date)),
        declaration_type=where(first.to_numpy(), pl.repeat("初次申报", n, eager=True), later_type),
        headcount=(frame["headcount"] * pl.Series(dice.many.uniform(0.85, 1.15, n))).round().cast(pl.Int32).clip(1),
    )  # fmt: skip


def _strangers(units: pl.DataFrame, rows: int, dice: Dice) -> pl.DataFrame:
    """Employers of whom no list knows; some are called nearly as one that is listed."""
    city = build_city(max(200, rows * 6), dice.child("city")).filter(hazardous() & (pl.col("kind") != "site"))
    names = city["name"].to_list()
    listed = units.filter(hazardous())
    for row in np.flatnonzero(dice.flags(len(names), 0.1)).tolist():
        names[row] = soundalike(listed["name"][dice.one.randrange(len(listed))], dice)
    return city.with_columns(name=pl.Series(names), unit=pl.lit(""), listed=pl.lit(False))[: max(1, rows)]


def approved_units(rows: pl.DataFrame) -> pl.Series:
    return approved_numbers(rows)["unit"]


def approved_numbers(rows: pl.DataFrame) -> pl.DataFrame:
    """The declared units, each with the number of its newest standing approval.

    Q1: any standing approval counts, whatever its age; the old 安监 system never does.
    """
    standing = (
        (pl.col("declaration_state") == "已审核") & (pl.col("platform") != OLD) & (pl.col("unit") != "")
    )
    newest = rows.filter(standing).sort("filed_on").unique("unit", keep="last")
    return newest.select("unit", "declaration_no").sort("unit")
