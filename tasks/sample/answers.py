"""What a county's clerk answers about the units of its list, knowing the truth (C25). Mostly right, never complete."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

import polars as pl

from tasks.sample.dice import Dice

MONTHS = "months"  # a folder for each
OTHER, SILENT_SHARE = "other", 0.01
RESUMES, RESUMED_FIRST, RESUMED_LAST = 0.3, date(2024, 9, 15), date(2025, 12, 15)
CORRECTED = {"headcount": 0.08, "phone": 0.05}
NOTES = {
    "no_hazard": "现场查看，只做销售和办公，没有生产作业",
    "other": "多次联系不上，厂门紧锁，邻居说法不一",
}


def read_truth(folder: Path, on: date) -> pl.DataFrame:
    """The truth beside a sample's files, for its own clerks only: that of the last month that is over."""
    over = [month for end, month in month_folders(folder) if end < on]
    return _read_units(str((over[-1] if over else folder) / "truth_units.csv"))


def month_folders(folder: Path) -> list[tuple[date, Path]]:
    """The folders of a sample's months, each with the month's last day."""
    found = sorted((folder / MONTHS).glob("20??-??"))
    return [
        (pl.select(pl.lit(date.fromisoformat(f"{one.name}-01")).dt.month_end()).item(), one) for one in found
    ]


@lru_cache(maxsize=2)
def _read_units(path: str) -> pl.DataFrame:
    return pl.read_csv(path, infer_schema=False).with_columns(
        pl.col("state_on").str.to_date(), pl.col("in_scope", "declared", "surveyed") == "true"
    )


def clerk_answers(
    asked: pl.DataFrame, truth: pl.DataFrame, county: str, on: date, dice: Dice
) -> pl.DataFrame:
    """A line per line of `asked` (name, code): finding, since, other_county, declaration_no, note, headcount, phone.

    A unit the truth does not know under this name or code is found 在营: the clerk rang and somebody answered.
    """
    known = _known(asked, truth)
    found = known.with_columns(
        back_on=_resumed(known, dice.child("resumed")), whim=pl.Series(dice.many.random(len(known)))
    )
    found = found.with_columns(finding=_finding(county, on))
    found = found.with_columns(
        since=pl.when(pl.col("finding").is_in(["stopped_short", "stopped_long", "deregistered"])).then(
            "state_on"
        ),
        other_county=pl.when(finding="elsewhere").then("county_name"),
        declaration_no=pl.when(finding="declared").then("declaration_no"),
        note=pl.col("finding").replace_strict(NOTES, default=None),
        **{fact: _corrected(fact, share, dice.child(fact), len(found)) for fact, share in CORRECTED.items()},
    )
    return found.select("finding", "since", "other_county", "declaration_no", "note", *CORRECTED)


def _known(asked: pl.DataFrame, truth: pl.DataFrame) -> pl.DataFrame:
    """The clerk looks a unit up by its code, else by its name: a branch with its parent's code by its name first."""
    facts = [
        "unit", "county", "county_name", "state", "state_on", "in_scope", "surveyed", "declared", "declaration_no", "headcount",
    ]  # fmt: skip
    by_both = truth.unique(["code", "name"], keep="first").select("code", "name", *facts)
    by_name = truth.unique("name", keep="none").select(
        "name", *(pl.col(fact).alias(f"{fact}_n") for fact in facts)
    )
    by_code = truth.unique("code", keep="none").select(
        "code", *(pl.col(fact).alias(f"{fact}_c") for fact in facts)
    )
    found = (
        asked.join(by_both, on=["code", "name"], how="left", maintain_order="left")
        .join(by_name, on="name", how="left", maintain_order="left")
        .join(by_code, on="code", how="left", maintain_order="left")
    )
    return found.select(
        "name", "code", *(pl.coalesce(fact, f"{fact}_n", f"{fact}_c").alias(fact) for fact in facts)
    )


def _resumed(known: pl.DataFrame, dice: Dice) -> pl.Series:
    """When a stopped unit works again; the same answer in every month it is asked."""
    days = []
    for unit in known["unit"]:
        own = dice.child(unit)
        resumes = unit is not None and own.one.random() < RESUMES
        days.append(own.day(RESUMED_FIRST, RESUMED_LAST) if resumes else None)
    return pl.Series("back_on", days, dtype=pl.Date)


def _finding(county: str, on: date) -> pl.Expr:
    idle = pl.col("state").is_in(["stopped", "revoked"])
    is_back = pl.col("back_on") <= on
    recent = pl.col("state_on") >= pl.lit(on).dt.offset_by("-6mo")
    return (
        pl.when(pl.col("unit").is_null())
        .then(pl.lit("operating"))
        .when(pl.col("whim") < SILENT_SHARE)
        .then(pl.lit(OTHER))
        .when(pl.col("county") != county)
        .then(pl.lit("elsewhere"))
        .when(state="deregistered")
        .then(pl.lit("deregistered"))
        .when(idle & is_back.fill_null(False))
        .then(pl.lit("operating"))
        .when(idle & recent)
        .then(pl.lit("stopped_short"))
        .when(idle)
        .then(pl.lit("stopped_long"))
        .when(pl.col("declared") & pl.col("declaration_no").is_not_null())
        .then(pl.lit("declared"))
        .when(~pl.col("in_scope") & ~pl.col("surveyed"))
        .then(pl.lit("no_hazard"))
        .otherwise(pl.lit("operating"))
    )


def _corrected(fact: str, share: float, dice: Dice, n: int) -> pl.Expr | pl.Series:
    if fact == "headcount":
        flags = pl.Series(dice.flags(n, share))
        return pl.when(flags).then(pl.col("headcount").cast(pl.String))
    numbers = pl.Series([f"1{dice.one.randrange(30, 100)}{dice.one.randrange(10**8):08d}" for _ in range(n)])
    return pl.select(pl.when(pl.Series(dice.flags(n, share))).then(numbers)).to_series()


def in_words(answers: pl.DataFrame, words: Mapping[str, str]) -> pl.DataFrame:
    """Findings as the drop-down has them."""
    return answers.with_columns(pl.col("finding").replace_strict(words))
