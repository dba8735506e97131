"""How clerks write addresses and counties."""

import random
from collections.abc import Iterator

import polars as pl

from tasks.sample.dice import Dice
from tasks.sample.places import county_names

PARTS = ("county_name", "town_name", "road", "zone", "number", "extra")
SHORT = {"融水苗族自治县": "融水县", "三江侗族自治县": "三江县"}
NEIGHBOURS = {
    "450202": "450203 450204 450205", "450203": "450202 450206 450223", "450204": "450202 450205 450206",
    "450205": "450202 450204 450222", "450206": "450203 450204 450222", "450222": "450205 450206 450224",
    "450223": "450203 450222 450224", "450224": "450222 450223 450225", "450225": "450224 450226 450222",
    "450226": "450225 450224",
}  # fmt: skip
DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")
NUMERALS = "零一二三四五六七八九"
Part = tuple[str, str, str, str, int, str]


def addresses(rows: pl.DataFrame, dice: Dice, prefix: str = "") -> pl.Series:
    """The same places, written by other hands."""
    columns = [rows[prefix + part].to_list() for part in PARTS]
    return pl.Series([by_hand(part, dice.one) for part in _together(columns)], dtype=pl.String)


def _together(columns: list[list[object]]) -> Iterator[Part]:
    yield from zip(*columns, strict=True)


def by_hand(part: Part, luck: random.Random) -> str:
    """Most keep street and number; regions come and go; a few name no more than the street or the zone."""
    county, town, road, zone, number, extra = part
    throw = luck.random()
    if throw < 0.012:
        return zone or road
    region = luck.choice(
        ("", "柳州市", "柳州市", "广西柳州市", "广西壮族自治区柳州市", "广西壮族自治区柳州市", "柳州")
    )
    area = _area(county, town, zone, luck)
    house = _house(number, luck)
    tail = extra if luck.random() < 0.7 else ""
    if throw < 0.06:
        return f"{road}{house}{tail}"
    text = f"{region}{area}{road}{house}{tail}"
    return (
        luck.choice((f"{text}（厂区内）", f"{text} ", text.replace("号", ""), f"{text}旁"))
        if throw > 0.95
        else text
    )


def _area(county: str, town: str, zone: str, luck: random.Random) -> str:
    throw = luck.random()
    if zone:
        return zone if throw < 0.6 else f"{county}{zone}" if throw < 0.8 else f"{county}{town}"
    if county == "柳江区" and throw > 0.88:
        county = "柳江县"
    county = SHORT.get(county, county) if luck.random() < 0.6 else county
    return f"{county}{town}" if throw < 0.55 else county if throw < 0.8 else f"{county}{town}"


def _house(number: int, luck: random.Random) -> str:
    if not number:
        return ""
    throw = luck.random()
    if throw < 0.72:
        return f"{number}号"
    if throw < 0.82:
        return f"{number}".translate(DIGITS) + "号"
    if throw < 0.88:
        return f"{number}#"
    if throw < 0.92:
        return "".join(NUMERALS[int(d)] for d in str(number)) + "号"
    return f"{number}-{luck.randint(1, 9)}号" if throw < 0.95 else ""


def counties(rows: pl.DataFrame, dice: Dice, wrong: float, office: float) -> pl.Series:
    """A county as somebody chose it: sometimes the neighbour's, sometimes that of the registered office."""
    names = county_names()
    chosen = []
    for here, there in zip(rows["county"].to_list(), rows["office_county"].to_list(), strict=True):
        throw = dice.one.random()
        if here != there and throw < office:
            chosen.append(names[there])
        else:
            chosen.append(
                names[dice.one.choice(NEIGHBOURS[here].split())] if throw > 1 - wrong else names[here]
            )
    return pl.Series(chosen, dtype=pl.String)


def county_words(text: str, luck: random.Random) -> str:
    """柳江县 is what many still write, eight years on."""
    if text == "柳江区":
        return luck.choice(("柳江县", "柳江", "450221", "柳江区 "))
    return luck.choice(
        (SHORT.get(text, text), text.rstrip("区县") if len(text) > 2 else text, f"柳州市{text}", f"{text} ")
    )
