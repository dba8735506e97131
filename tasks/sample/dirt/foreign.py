"""Dirt as a machine makes it: a noisy channel per character, shuffled templates, swapped and lost fields.

Written without a look at the linker, and sharing nothing with `city`: what finds its way through both was not fitted to one.
"""

import random
from collections.abc import Callable

import numpy as np
import polars as pl

from tasks.sample.dice import Dice, Flags, where
from tasks.sample.dirt.lookalikes import LOOKALIKES, TRADITIONAL
from tasks.sample.places import COUNTIES

Layout = Callable[[dict[str, str]], str]
TEMPLATES: tuple[Layout, ...] = (
    lambda p: f"{p['county_name']}{p['road']}{p['house']}",
    lambda p: f"{p['town_name']}{p['road']}{p['house']}{p['extra']}",
    lambda p: f"{p['road']}{p['house']}（{p['county_name']}{p['town_name']}）",
    lambda p: f"广西-柳州市-{p['county_name']}-{p['zone'] or p['town_name']}-{p['road']}-{p['house']}",
    lambda p: f"{p['zone'] or p['county_name']} {p['road']} {p['house']} {p['extra']}",
    lambda p: f"广西柳州{p['county_name']}{p['zone']}{p['extra']}{p['road']}{p['house']}",
    lambda p: f"柳州市{p['county_name']}{p['town_name']}{p['road']}",
)
NAME, CODE, TEXT, REGISTER = 0.05, 0.018, 0.02, 0.001  # slips per character
MISSING = {
    "code": 0.05, "phone": 0.15, "person": 0.12, "address": 0.03, "office_address": 0.08, "industry": 0.12, "county_text": 0.04,
    "industry_name": 0.06, "headcount": 0.08,
}  # fmt: skip


def registry(rows: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """Scanned once and proofread: few slips, some gaps."""
    rows = _as_text(rows, dice).with_columns(county_text=pl.col("county_name"))
    rows = rows.with_columns(
        noisy(rows[c], REGISTER, dice.child(c)) for c in ("name", "code", "address", "office_address")
    )
    return _lose(rows, {"phone": 0.2, "industry": 0.05, "headcount": 0.15, "county_text": 0.02}, dice)


def by_hand(rows: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """Half the noise of a declaration; a county stands once above its run of rows, as merged cells leave it."""
    rows = _spoilt(rows, dice, 0.5)
    above = rows["county_text"].shift(1)
    merged = (rows["county_text"] == above).fill_null(False) & pl.Series(dice.flags(len(rows), 0.3))
    return rows.with_columns(county_text=pl.when(merged).then(pl.lit("")).otherwise("county_text"))


def declarations(rows: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    rows = _spoilt(rows, dice, 1.0)
    rows = _swap(rows, "address", "office_address", dice.flags(len(rows), 0.05))
    rows = _swap(rows, "code", "phone", dice.flags(len(rows), 0.004))
    rows = _swap(rows, "name", "person", dice.flags(len(rows), 0.002))
    return _run_together(rows, dice.flags(len(rows), 0.02))


def _spoilt(rows: pl.DataFrame, dice: Dice, strength: float) -> pl.DataFrame:
    n = len(rows)
    elsewhere = pl.Series(COUNTIES).gather(dice.many.integers(0, 10, n))
    names = dict(zip(rows["county"], rows["county_name"], strict=True))
    stray = elsewhere.replace_strict(names, default=None).fill_null("柳州市")
    rows = _as_text(rows, dice).with_columns(
        address=_templated(rows, dice, ""), office_address=_templated(rows, dice, "office_"),
        county_text=where(dice.flags(n, 0.09 * strength), stray, rows["county_name"]),
        name=_traditional(rows["name"], dice.flags(n, 0.02 * strength)),
    )  # fmt: skip
    rates = {
        "name": NAME,
        "code": CODE,
        "address": TEXT,
        "office_address": TEXT,
        "person": TEXT,
        "phone": 0.01,
        "industry_name": TEXT,
    }
    rows = rows.with_columns(noisy(rows[c], rate * strength, dice.child(c)) for c, rate in rates.items())
    return _lose(rows, {c: share * strength for c, share in MISSING.items()}, dice)


def noisy(column: pl.Series, rate: float, dice: Dice) -> pl.Series:
    """Every character may be misread, lost, doubled or change places with the next."""
    lengths = column.str.len_chars().fill_null(0).to_numpy()
    slips = dice.many.binomial(lengths.astype(np.int64), rate)
    texts = column.to_list()
    for row in np.flatnonzero(slips).tolist():
        for _ in range(slips[row]):
            texts[row] = slip(texts[row], dice.one)
    return pl.Series(column.name, texts, dtype=pl.String)


def slip(text: str, luck: random.Random) -> str:
    if not text:
        return text
    i, throw = luck.randrange(len(text)), luck.random()
    if throw < 0.6:
        return text[:i] + misread(text[i], luck) + text[i + 1 :]
    if throw < 0.75:
        return text[:i] + text[i + 1 :]
    if throw < 0.85:
        return text[:i] + luck.choice((text[i], " ", "·", "1", "一")) + text[i:]
    return text[:i] + text[i + 1 : i + 2] + text[i] + text[i + 2 :]


def misread(letter: str, luck: random.Random) -> str:
    others = LOOKALIKES.get(letter)
    if others:
        return luck.choice(others)
    return luck.choice("□？■") if luck.random() < 0.3 else chr(ord(letter) + luck.choice((-1, 1)))


def _templated(rows: pl.DataFrame, dice: Dice, prefix: str) -> pl.Series:
    parts = ("county_name", "town_name", "road", "zone", "extra")
    layout = dice.many.integers(0, len(TEMPLATES), len(rows)).tolist()
    number = rows[prefix + "number"].to_list()
    columns = zip(*(rows[prefix + part].to_list() for part in parts), strict=True)
    texts = []
    for values, house, which in zip(columns, number, layout, strict=True):
        facts = dict(zip(parts, values, strict=True)) | {"house": f"{house}号" if house else ""}
        texts.append(TEMPLATES[which](facts))
    return pl.Series(texts, dtype=pl.String)


def _traditional(names: pl.Series, chosen: Flags) -> pl.Series:
    texts = names.to_list()
    for row in np.flatnonzero(chosen).tolist():
        texts[row] = texts[row].translate(TRADITIONAL)
    return pl.Series(texts, dtype=pl.String)


def _as_text(rows: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """One date format a file, and numbers as they are."""
    pattern = dice.one.choice(("%Y/%m/%d", "%Y-%m-%d", "%Y%m%d"))
    dates = [pl.col(c).dt.strftime(pattern) for c in rows.columns if rows[c].dtype == pl.Date]
    return rows.with_columns(*dates, pl.col("headcount").cast(pl.String))


def _lose(rows: pl.DataFrame, shares: dict[str, float], dice: Dice) -> pl.DataFrame:
    gone = {c: pl.Series(dice.flags(len(rows), share)) for c, share in shares.items()}
    return rows.with_columns(
        pl.when(flags).then(pl.lit("")).otherwise(c).alias(c) for c, flags in gone.items()
    )


def _swap(rows: pl.DataFrame, one: str, other: str, chosen: Flags) -> pl.DataFrame:
    return rows.with_columns(
        where(chosen, rows[other], rows[one]).alias(one), where(chosen, rows[one], rows[other]).alias(other)
    )


def _run_together(rows: pl.DataFrame, chosen: Flags) -> pl.DataFrame:
    """Two cells in one: the code stands behind the name, and its own cell is empty."""
    flags = pl.lit(pl.Series(chosen))
    return rows.with_columns(
        name=pl.when(flags).then(pl.col("name") + " " + pl.col("code")).otherwise("name"),
        code=pl.when(flags).then(pl.lit("")).otherwise("code"),
    )
