"""Names of firms and shops: composed of parts, unique where the regulator would insist on it."""

from collections.abc import Sequence

import polars as pl

from tasks.sample.dice import Dice, Rows, where
from tasks.sample.words import (
    CITY_PREFIXES,
    COUNTY_PREFIXES,
    FORMS,
    GIVEN,
    LATER_SYLLABLES,
    LONERS,
    NICKNAMES,
    SOUNDALIKES,
    SURNAMES,
)  # fmt: skip

URBAN = ("450202", "450203", "450204", "450205")
PARTS = ("prefix", "brand", "bracket", "word", "serial", "form")


def firm_parts(dice: Dice, county: pl.Series, county_name: pl.Series, words: pl.Series) -> pl.DataFrame:
    n = len(county)
    prefix = where(
        county.is_in(URBAN).to_numpy(), dice.weighted(CITY_PREFIXES, n), dice.weighted(COUNTY_PREFIXES, n)
    )
    prefix = where((prefix == "county").to_numpy(), county_name, prefix)
    form = where(
        (words.str.contains("[厂场]$")).to_numpy(), pl.repeat("", n, eager=True), dice.weighted(FORMS, n)
    )
    bracketed = (
        dice.flags(n, 0.07)
        & (prefix.str.starts_with("柳州")).to_numpy()
        & (form.str.contains("公司")).to_numpy()
    )
    blank = pl.repeat("", n, eager=True)
    return pl.DataFrame({
        "prefix": where(bracketed, blank, prefix), "brand": brands(dice, n),
        "bracket": where(bracketed, pl.repeat("（柳州）", n, eager=True), blank),
        "word": words, "serial": blank, "form": form,
    })  # fmt: skip


def brands(dice: Dice, n: int) -> pl.Series:
    """Two syllables, sometimes three or four; the lucky ones come up far more often."""
    first = _syllables([*(c for group in SOUNDALIKES for c in group), *LONERS])
    second = _syllables(LATER_SYLLABLES)
    third = where(dice.flags(n, 0.4), _throw(dice, second, n), pl.repeat("", n, eager=True))
    fourth = where(
        (third != "").to_numpy() & dice.flags(n, 0.35), _throw(dice, first, n), pl.repeat("", n, eager=True)
    )
    return _throw(dice, first, n) + _throw(dice, second, n) + third + fourth


def _syllables(letters: Sequence[str]) -> dict[str, float]:
    return {letter: 1 / (25 + place) for place, letter in enumerate(dict.fromkeys(letters))}


def _throw(dice: Dice, syllables: dict[str, float], n: int) -> pl.Series:
    return dice.weighted(syllables, n)


def shop_parts(dice: Dice, county_name: pl.Series, shops: pl.Series) -> pl.DataFrame:
    """柳江区阿强汽车修理店: a 个体工商户."""
    n = len(shops)
    blank = pl.repeat("", n, eager=True)
    prefix = where(dice.flags(n, 0.85), county_name, blank)
    city = where(dice.flags(n, 0.4), pl.repeat("柳州市", n, eager=True), blank)
    brand = where(dice.flags(n, 0.45), dice.words(NICKNAMES, n), brands(dice, n))
    return pl.DataFrame({
        "prefix": city + prefix, "brand": brand, "bracket": blank, "word": shops, "serial": blank, "form": blank,
    })  # fmt: skip


def compose() -> pl.Expr:
    return pl.concat_str([pl.col(part) for part in PARTS])


def make_unique(dice: Dice, parts: pl.DataFrame, county: pl.Series) -> pl.DataFrame:
    """The regulator registers no name twice in one county: a syllable more, until all differ."""
    for attempt in range(6):
        name = pl.DataFrame({"name": parts.select(compose()).to_series(), "county": county})
        twice = (~name.select(pl.struct("name", "county").is_first_distinct()).to_series()).to_numpy()
        if not twice.any():
            break
        more = dice.child("unique", attempt).words(LATER_SYLLABLES, len(parts))
        parts = parts.with_columns(brand=where(twice, parts["brand"] + more, parts["brand"]))
    return parts


def soundalike(brand: str, dice: Dice) -> str:
    """鑫鸿 → 鑫泓: another firm that sounds the same."""
    places = [(i, group) for i, letter in enumerate(brand) for group in SOUNDALIKES if letter in group]
    if not places:
        return brand + dice.one.choice("新达")
    i, group = dice.one.choice(places)
    return brand[:i] + dice.one.choice([other for other in group if other != brand[i]]) + brand[i + 1 :]


def twin_parts(
    dice: Dice, parts: pl.DataFrame, twins: Rows, mates: Rows, counties: pl.Series, called: pl.Series
) -> pl.DataFrame:
    """Different firms called nearly the same: the very same name in another county, or a small difference in one."""
    column = {part: parts[part].to_list() for part in PARTS}
    county, county_name = counties.to_list(), called.to_list()
    for row, mate in zip(twins.tolist(), mates.tolist(), strict=True):
        for part in PARTS:
            column[part][row] = column[part][mate]
        if column["prefix"][row] == county_name[mate]:
            column["prefix"][row] = county_name[row]
        if county[row] == county[mate] or dice.one.random() < 0.3:
            _differ(column, row, dice)
    return pl.DataFrame(column)


def _differ(column: dict[str, list[str]], row: int, dice: Dice) -> None:
    way = dice.one.random()
    if way < 0.5:
        column["brand"][row] = soundalike(column["brand"][row], dice)
    elif way < 0.75:
        serial = dice.one.choice(("二厂", "二分厂", "第二", "新"))
        column["serial"][row] = serial
        column["form"][row] = "" if serial.endswith("厂") else column["form"][row]
    else:
        column["form"][row] = "经营部" if column["form"][row].endswith("公司") else "有限公司"


def people(dice: Dice, n: int) -> pl.Series:
    second = where(dice.flags(n, 0.8), dice.words(GIVEN, n), pl.repeat("", n, eager=True))
    return dice.words(SURNAMES, n) + dice.words(GIVEN, n) + second


def phones(dice: Dice, n: int) -> pl.Series:
    mobile = dice.words(("138", "139", "136", "150", "151", "177", "180", "188", "189", "199"), n)
    mobile = mobile + pl.Series(dice.many.integers(0, 10**8, n)).cast(pl.String).str.zfill(8)
    fixed = "0772-" + pl.Series(dice.many.integers(2_000_000, 8_999_999, n)).cast(pl.String)
    return where(dice.flags(n, 0.12), fixed, mobile)
