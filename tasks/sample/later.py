"""A month later: the same files with 2 % changed, and a second export with approvals, revocations and gaps.

What did not change keeps its dirt: a second version is the first one edited, not written anew.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

import numpy as np
import polars as pl

from tasks.sample.declaration_file import declaration_document
from tasks.sample.declared import approved_units, first_declarations
from tasks.sample.dice import Dice, Rows, where
from tasks.sample.list_files import platform_counts
from tasks.sample.membership import with_membership
from tasks.sample.paper import UNIT, Document
from tasks.sample.registry_files import registry_documents
from tasks.sample.style import Style
from tasks.sample.truth import truth_units
from tasks.sample.units import build_city

REGISTRY_DAY, EXPORT_DAY, AS_OF = date(2024, 7, 31), date(2024, 8, 10), date(2024, 9, 9)
CHANGES = {"closed": 0.008, "moved": 0.006, "renamed": 0.003, "staffed": 0.003}
FOUNDED, VANISHED, APPROVED, REVOKED, LOST, NEW = 0.004, 0.002, 0.6, 0.01, 0.004, 0.03
HEADINGS = {
    "state": ("登记状态", "reg_state"), "since": ("核准日期", "appr_dt"), "name": ("企业名称", "字号名称", "comp_nm"),
    "address": ("生产经营地", "经营场所", "pro_loc"), "staff": ("从业人数",),
}  # fmt: skip


@dataclass(frozen=True)
class Later:
    """The documents come one by one, so that a million rows are not held twice."""

    documents: Iterable[Document]
    truth: pl.DataFrame


def a_month_later(
    units: pl.DataFrame,
    rows: pl.DataFrame,
    registry: list[Document],
    export: Document,
    style: Style,
    dice: Dice,
) -> Later:
    changed = _changed(units, dice.child("units"))
    young = _founded(len(units), dice.child("founded"))
    additions = registry_documents(young, style, dice.child("registry"), REGISTRY_DAY)
    edited = (
        _edited(old, new, changed, dice.child(old.stem)) for old, new in zip(registry, additions, strict=True)
    )
    exported, true_rows = _moved_on(units, rows, export, style, dice.child("declarations"))
    truth = truth_units(pl.concat([changed, young], how="diagonal"), approved_units(true_rows), AS_OF)
    return Later(chain(edited, [exported, platform_counts(true_rows, EXPORT_DAY)]), truth)


def _changed(units: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """Four kinds of news about standing units; `change` names the kind."""
    n = len(units)
    able = (units["registered"] & (units["state"] == "operating")).to_numpy()
    kinds = dice.weighted({**CHANGES, "": 1 - sum(CHANGES.values())}, n)
    kinds = where(able, kinds, pl.repeat("", n, eager=True))
    change = pl.col("change")
    new_name = _renamed(units["name"], units["brand"], np.flatnonzero((kinds == "renamed").to_numpy()))
    return units.with_columns(change=kinds, news_on=dice.days(n, date(2024, 7, 1), REGISTRY_DAY)).with_columns(
        state=pl.when(change == "closed").then(pl.lit("deregistered")).otherwise("state"),
        state_on=pl.when(change == "closed").then("news_on").otherwise("state_on"),
        old_name=pl.when(change == "renamed").then("name").otherwise("old_name"),
        name=pl.when(change == "renamed").then(new_name).otherwise("name"),
        address=pl.when(change == "moved").then(pl.col("address") + "（新厂区）").otherwise("address"),
        headcount=pl.when(change == "staffed").then(pl.col("headcount") * 5 // 4 + 3).otherwise("headcount"),
    )  # fmt: skip


def _renamed(names: pl.Series, brands: pl.Series, rows: Rows) -> pl.Series:
    old = zip(names.gather(rows), brands.gather(rows).fill_null("柳州"), strict=True)
    return names.clone().scatter(rows, [name.replace(brand, brand[:1] + "和润") for name, brand in old])


def _founded(n: int, dice: Dice) -> pl.DataFrame:
    """Units registered in the month; V instead of U."""
    city = with_membership(build_city(max(40, int(n * FOUNDED)), dice), dice.child("lists"))
    days = dice.days(len(city), date(2024, 7, 1), REGISTRY_DAY)
    return city.with_columns(
        unit=pl.col("unit").str.replace("U", "V"), state=pl.lit("operating"), established_on=days, state_on=days,
        registered=pl.lit(True), surveyed=pl.lit(False), programmes=pl.lit(""), old_name=pl.lit(None, pl.String),
    )  # fmt: skip


def _edited(old: Document, new: Document, units: pl.DataFrame, dice: Dice) -> Document:
    table, fresh = old.tables[0], new.tables[0]
    news = units.filter(pl.col("change") != "").select(pl.col("unit").alias(UNIT), *_NEWS)
    frame = table.frame.join(news, on=UNIT, how="left", maintain_order="left")
    column = {to: next((h for h in names if h in frame.columns), None) for to, names in HEADINGS.items()}
    edits = {
        "state": ("closed", pl.lit("注销")), "since": ("closed", pl.col("_since")), "name": ("renamed", pl.col("_name")),
        "address": ("moved", pl.col("_address")), "staff": ("staffed", pl.col("_staff")),
    }  # fmt: skip
    frame = frame.with_columns(
        pl.when(pl.col("change") == kind).then(value).otherwise(heading).alias(heading)
        for to, (kind, value) in edits.items()
        if (heading := column[to])
    )
    kept = frame.select(table.frame.columns).filter(~pl.Series(dice.flags(len(frame), VANISHED)))
    tables = (replace(fresh, frame=_numbered(pl.concat([kept, fresh.frame]))),)
    return replace(new, tables=tables)


_NEWS = (
    pl.col("change"), pl.col("news_on").cast(pl.String).alias("_since"), pl.col("name").alias("_name"),
    pl.col("address").alias("_address"), pl.col("headcount").cast(pl.String).alias("_staff"),
)  # fmt: skip


def _numbered(frame: pl.DataFrame) -> pl.DataFrame:
    if "序号" not in frame.columns:
        return frame
    return frame.with_columns(pl.int_range(1, pl.len() + 1).cast(pl.String).alias("序号"))


def _moved_on(
    units: pl.DataFrame, rows: pl.DataFrame, export: Document, style: Style, dice: Dice
) -> tuple[Document, pl.DataFrame]:
    """待审核 becomes 已审核, some 已审核 are revoked, a few are gone, others are new."""
    n = len(rows)
    state, throw = rows["declaration_state"], dice.many.random(n)
    granted = (state == "待审核").to_numpy() & (throw < APPROVED)
    revoked = (state == "已审核").to_numpy() & (throw < REVOKED)
    day = dice.days(n, date(2024, 7, 11), EXPORT_DAY).cast(pl.String)
    later = where(
        granted, pl.repeat("已审核", n, eager=True), where(revoked, pl.repeat("待审核", n, eager=True), state)
    )
    kept = ~pl.Series(dice.flags(n, LOST))
    approved_on = where(
        granted,
        day,
        where(revoked, pl.repeat(None, n, eager=True, dtype=pl.String), export.tables[0].frame["审核日期"]),
    )
    old = export.tables[0].frame.with_columns(
        状态=_keep_spoiled(export.tables[0].frame["状态"], state, later), 审核日期=approved_on
    )
    undeclared = units.filter(~pl.col("unit").is_in(rows["unit"].unique().implode()))
    newcomers = first_declarations(
        undeclared, max(10, int(n * NEW)), date(2024, 7, 11), EXPORT_DAY, dice.child("new")
    )
    document = declaration_document(newcomers, style, dice.child("written"), EXPORT_DAY)
    frame = _numbered(pl.concat([old.filter(kept), document.tables[0].frame]))
    true_rows = pl.concat(
        [rows.with_columns(declaration_state=later).filter(kept), newcomers], how="diagonal"
    )
    return replace(document, tables=(replace(document.tables[0], frame=frame),)), true_rows


def _keep_spoiled(written: pl.Series, before: pl.Series, after: pl.Series) -> pl.Series:
    return after.zip_with(before != after, written)
