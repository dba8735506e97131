"""Where units are: real counties, towns and streets, made-up villages and house numbers."""

from functools import cache
from importlib.resources import files

import numpy as np
import polars as pl

from tasks.sample.dice import Dice, Rows, where
from tasks.sample.words import EXTRAS, VILLAGES

CITY = "柳州市"
# How many units a county holds, by what they live from.
COUNTIES = (
    "450202",
    "450203",
    "450204",
    "450205",
    "450206",
    "450222",
    "450223",
    "450224",
    "450225",
    "450226",
)
TERRAINS = {
    "town": (11, 19, 18, 16, 14, 5, 6, 4, 4, 3),
    "plant": (2, 27, 16, 17, 22, 5, 7, 2, 1, 1),
    "mining": (0, 3, 3, 4, 14, 14, 18, 18, 15, 11),
    "wood": (0, 4, 3, 5, 13, 14, 15, 19, 17, 10),
    "farm": (1, 6, 5, 6, 15, 18, 16, 11, 12, 10),
}
RURAL = {"town": 0.15, "plant": 0.25, "mining": 0.85, "wood": 0.6, "farm": 0.8}
VILLAGES_PER_TOWN = 9


def reference(name: str) -> pl.DataFrame:
    """A packaged code list, all text."""
    source = files("models.reference").joinpath(name).read_bytes()
    return pl.read_csv(source, infer_schema=False)


def words(name: str) -> pl.DataFrame:
    return pl.read_csv(files("tasks.sample.words").joinpath(name).read_bytes(), infer_schema=False)


@cache
def county_names() -> dict[str, str]:
    table = reference("regions_liuzhou_counties.csv")
    return dict(zip(table["code"], table["name"], strict=True))


@cache
def town_names() -> dict[str, str]:
    table = reference("regions_liuzhou_streets.csv")
    return dict(zip(table["code"], table["name"], strict=True))


def streets(dice: Dice) -> pl.DataFrame:
    """county, town, road, zone, weight, rural: one line per street or village."""
    named = words("roads.csv").with_columns(pl.col("weight").cast(pl.Float64), rural=pl.lit(False))
    return (
        pl.concat([named, _villages(dice)])
        .with_columns(
            pl.col("zone").fill_null(""), county_name=pl.col("county").replace_strict(county_names())
        )
        .with_columns(town_name=pl.col("town").replace_strict(town_names()))
    )


def _villages(dice: Dice) -> pl.DataFrame:
    towns = reference("regions_liuzhou_streets.csv").filter(pl.col("name").str.contains("[镇乡]$"))
    rows = []
    for town, county in zip(towns["code"], towns["county_code"], strict=True):
        names = {"".join(dice.one.sample(VILLAGES, 2)) + "村" for _ in range(VILLAGES_PER_TOWN)}
        rows += [(county, town, name, "", 1.0, True) for name in sorted(names)]
    return pl.DataFrame(rows, schema=["county", "town", "road", "zone", "weight", "rural"], orient="row")


def choose_counties(dice: Dice, terrain: pl.Series) -> pl.Series:
    chosen = np.zeros(len(terrain), np.int64)
    for name, weights in TERRAINS.items():
        rows = np.flatnonzero((terrain == name).to_numpy())
        chosen[rows] = dice.index(weights, len(rows))
    return pl.Series(COUNTIES).gather(chosen)


def choose_streets(dice: Dice, table: pl.DataFrame, county: pl.Series, terrain: pl.Series) -> Rows:
    """The line of `streets` for every unit: mines lie in villages, shops on streets."""
    n = len(county)
    rural = dice.many.random(n) < terrain.replace_strict(RURAL, return_dtype=pl.Float64).to_numpy()
    chosen = np.zeros(n, np.int64)
    for code in COUNTIES:
        for country in (False, True):
            lines = _lines(table, code, country)
            units = np.flatnonzero((county == code).to_numpy() & (rural == country))
            chosen[units] = lines[dice.index(table["weight"].gather(lines).to_list(), len(units))]
    return chosen


def _lines(table: pl.DataFrame, county: str, rural: bool) -> Rows:
    here = (table["county"] == county).to_numpy()
    lines = np.flatnonzero(here & (table["rural"] == rural).to_numpy())
    return lines if len(lines) else np.flatnonzero(here)


def house_numbers(dice: Dice, rural: pl.Series) -> tuple[pl.Series, pl.Series]:
    """A number (0: none) and what follows it (2栋, 1号厂房 …; 屯 in a village)."""
    n = len(rural)
    numbers = (dice.many.pareto(1.1, n) * 18).astype(np.int64) % 420 + 1
    country = rural.to_numpy()
    numbers[country & dice.flags(n, 0.65)] = 0
    extras = where(dice.flags(n, 0.3), dice.words(EXTRAS, n), pl.repeat("", n, eager=True))
    hamlets = dice.words(VILLAGES, n) + dice.words(VILLAGES, n) + "屯"
    return pl.Series(numbers).cast(pl.Int32), where(country & (numbers == 0), hamlets, extras)


def street_columns(dice: Dice, table: pl.DataFrame, street: Rows, prefix: str = "") -> list[pl.Series]:
    """Everything an address is written from."""
    chosen = table[street]
    number, extra = house_numbers(dice, chosen["rural"])
    columns = ("county", "county_name", "town", "town_name", "road", "zone")
    return [chosen[c].alias(prefix + c) for c in columns] + [
        number.alias(prefix + "number"),
        extra.alias(prefix + "extra"),
    ]


def address(prefix: str = "") -> pl.Expr:
    """The address as the regulator would write it; a zone stands where a county should."""
    part = {name: pl.col(prefix + name) for name in ("county_name", "town_name", "road", "zone", "extra")}
    number = pl.col(prefix + "number")
    area = pl.when(part["zone"] != "").then(part["zone"]).otherwise(part["county_name"] + part["town_name"])
    house = pl.when(number > 0).then(number.cast(pl.String) + "号").otherwise(pl.lit(""))
    return pl.lit(CITY) + area + part["road"] + house + part["extra"]
