"""The city: every unit with what is true of it, before anybody writes it down."""

from datetime import date
from typing import NamedTuple

import numpy as np
import polars as pl

from tasks.sample import names, standing
from tasks.sample.branches import add_branches
from tasks.sample.codes import credit_codes, registration_numbers
from tasks.sample.dice import Dice, Flags, Rows, where
from tasks.sample.places import (
    address,
    choose_counties,
    choose_streets,
    reference,
    street_columns,
    streets,
    words,
)
from tasks.sample.words import PARKS

BRANCH_SHARE = 0.065  # branches with a code of their own, and workplaces on their parent's
TWINS, GROUPS, RENAMED, ELSEWHERE = 0.045, 0.006, 0.035, 0.12
LIUJIANG_A_DISTRICT = date(2016, 12, 1)


class Cast(NamedTuple):
    """Who is who among the principals, as row numbers."""

    trade: Rows
    shops: Flags
    twins: Rows
    mates: Rows
    heads: Rows  # head of the group a row belongs to, -1 for none


def build_city(n: int, dice: Dice) -> pl.DataFrame:
    principals = n - int(n * BRANCH_SHARE)
    trades, table = words("trades.csv"), streets(dice.child("streets"))
    cast = _cast(dice.child("cast"), principals, trades)
    frame = _trades(cast, trades)
    frame = _placed(dice.child("places"), frame, cast, table)
    frame = _named(dice.child("names"), frame, cast)
    frame = _facts(dice.child("facts"), frame, cast)
    frame = _coded(dice.child("codes"), frame)
    frame = _grouped(frame, cast)
    frame = add_branches(dice.child("branches"), frame, n - principals, table)
    return _finished(dice.child("finish"), frame, table)


def _cast(dice: Dice, n: int, trades: pl.DataFrame) -> Cast:
    weights = trades["weight"].cast(pl.Float64)
    trade = dice.index(weights.to_list(), n)
    shops = dice.many.random(n) < trades["household"].cast(pl.Float64).gather(trade).to_numpy()
    firms = np.flatnonzero(~shops)
    twin = dice.flags(len(firms), TWINS)
    twins, others = firms[twin], firms[~twin]
    mates = others[dice.many.integers(0, len(others), len(twins))]
    trade[twins] = trade[mates]
    heads = np.full(n, -1)
    leaders = dice.some(others, GROUPS)
    for leader in leaders.tolist():
        heads[dice.many.choice(others, dice.one.randint(3, 6))] = leader
    heads[leaders] = -1
    return Cast(trade, shops, twins, mates, heads)


def _trades(cast: Cast, trades: pl.DataFrame) -> pl.DataFrame:
    industries = reference("gbt4754_2017.csv")
    section = dict(zip(industries["code"], industries["section"], strict=True))
    name = dict(zip(industries["code"], industries["name"], strict=True))
    chosen = trades.select("code", "terrain", "staff", "words", "shop")[cast.trade]
    return chosen.rename({"code": "industry"}).with_columns(
        pl.col("staff").cast(pl.Int32),
        industry_name=pl.col("industry").replace_strict(name),
        section=pl.col("industry").replace_strict(section),
        kind=pl.Series(np.where(cast.shops, "shop", "firm")),
    )


def _word(dice: Dice, choices: pl.Series) -> pl.Series:
    lists = choices.fill_null("").str.split("|")
    place = (dice.many.random(len(choices)) * lists.list.len().to_numpy()).astype(np.int64)
    return lists.list.get(pl.Series(place))


def _placed(dice: Dice, frame: pl.DataFrame, cast: Cast, table: pl.DataFrame) -> pl.DataFrame:
    """The workplace; a twin mostly works in its mate's county, often in the same street."""
    county = choose_counties(dice, frame["terrain"])
    beside = np.arange(len(frame))
    beside[cast.twins] = np.where(dice.flags(len(cast.twins), 0.7), cast.mates, cast.twins)
    county = county.gather(beside)
    street = choose_streets(dice, table, county, frame["terrain"])
    next_door = dice.flags(len(frame), 0.5)
    street = np.where(next_door, street[beside], street)
    return frame.with_columns(street_columns(dice, table, street))


def _named(dice: Dice, frame: pl.DataFrame, cast: Cast) -> pl.DataFrame:
    called = frame["county_name"].str.replace("(苗族|侗族)自治县", "县")
    firms = names.firm_parts(dice, frame["county"], called, _word(dice, frame["words"]))
    shops = names.shop_parts(dice, called, _word(dice, frame["shop"]))
    parts = pl.DataFrame({p: where(cast.shops, shops[p], firms[p]) for p in names.PARTS})
    leader = np.where(cast.heads >= 0, cast.heads, np.arange(len(frame)))
    parts = parts.with_columns(brand=parts["brand"].gather(leader))
    parts = names.make_unique(dice.child("all"), parts, frame["county"])
    parts = names.twin_parts(dice, parts, cast.twins, cast.mates, frame["county"], called)
    parts = names.make_unique(dice.child("twins"), parts, frame["county"])
    old = names.brands(dice, len(frame))
    renamed = dice.flags(len(frame), RENAMED) & ~cast.shops
    renamed[cast.twins] = False
    return frame.with_columns(
        name=parts.select(names.compose()).to_series(),
        old_name=where(
            renamed,
            parts.with_columns(brand=old).select(names.compose()).to_series(),
            pl.repeat(None, len(frame), eager=True, dtype=pl.String),
        ),
        core=parts["brand"] + parts["word"],
        brand=parts["brand"],
    )


def _facts(dice: Dice, frame: pl.DataFrame, cast: Cast) -> pl.DataFrame:
    n = len(frame)
    people = standing.staff(dice, frame["staff"], frame["kind"] == "shop")
    established = standing.founded(dice, n)
    state, since = standing.states(dice, established)
    phone = names.phones(dice, n)
    same_owner = np.arange(n)
    kin = dice.flags(len(cast.twins), 0.15)
    same_owner[cast.twins[kin]] = cast.mates[kin]
    return frame.with_columns(
        headcount=people, revenue=standing.revenue(dice, people), established_on=established,
        state=state, state_on=since, phone=phone.gather(same_owner), person=names.people(dice, n).gather(same_owner),
    )  # fmt: skip


def _coded(dice: Dice, frame: pl.DataFrame) -> pl.DataFrame:
    """Half of the codes are the city's; those of Liujiang from before 2016 carry its old number."""
    n = len(frame)
    young = (frame["established_on"] >= date(2015, 10, 1)).to_numpy()
    old_county = (frame["established_on"] < LIUJIANG_A_DISTRICT).to_numpy() & (
        frame["county"] == "450206"
    ).to_numpy()
    county = where(old_county, pl.repeat("450221", n, eager=True), frame["county"])
    region = where(dice.flags(n, 0.5), pl.repeat("450200", n, eager=True), county)
    head = (frame["kind"] == "shop").replace_strict({True: "92", False: "91"})
    return frame.with_columns(
        code=credit_codes(dice, head, region, young),
        registration=registration_numbers(dice, region),
        main_id=region + pl.Series(dice.many.permutation(n)).cast(pl.String).str.zfill(10),
    )


def _grouped(frame: pl.DataFrame, cast: Cast) -> pl.DataFrame:
    """Subsidiaries know the code and the name of their head."""
    leader = pl.Series(np.where(cast.heads >= 0, cast.heads, 0))
    member = pl.Series(cast.heads >= 0)
    return frame.with_columns(
        parent_code=pl.when(member).then(frame["code"].gather(leader)),
        parent_name=pl.when(member).then(frame["name"].gather(leader)),
        group=pl.when(member | pl.Series(np.isin(np.arange(len(frame)), cast.heads))).then(frame["name"].gather(
            pl.Series(np.where(cast.heads >= 0, cast.heads, np.arange(len(frame)))))),
        is_branch=pl.lit(False), listed=pl.lit(True),
    )  # fmt: skip


def _finished(dice: Dice, frame: pl.DataFrame, table: pl.DataFrame) -> pl.DataFrame:
    """The registered office (mostly the workplace), tags, and a number for the truth."""
    n = len(frame)
    away = dice.flags(n, ELSEWHERE)
    office = street_columns(dice, table, dice.index(table["weight"].to_list(), n), "office_")
    office = [
        where(away, column, frame[column.name.removeprefix("office_")]).alias(column.name)
        for column in office
    ]
    state_owned = dice.flags(n, 0.05) & (frame["headcount"] > 60).to_numpy()
    park = pl.col("zone").replace_strict(PARKS, default=None)
    park = (
        pl.when(pl.Series(dice.flags(n, 0.1)))
        .then(pl.coalesce(park, pl.col("county").replace_strict(PARKS)))
        .otherwise(park)
    )
    return frame.drop("words", "shop", "staff", "terrain").with_columns(office).with_columns(
        unit=pl.Series([f"U{i:07d}" for i in range(1, n + 1)]),
        address=address(), office_address=address("office_"), park=park,
        size=standing.size(pl.col("headcount"), pl.col("revenue")), sector=standing.sector(pl.col("industry")),
        ownership=where(state_owned, dice.weighted({"国企": 0.8, "央企": 0.2}, n), pl.repeat(None, n, eager=True, dtype=pl.String)),
    )  # fmt: skip
