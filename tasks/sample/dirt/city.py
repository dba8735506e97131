"""Dirt as the clerks of a city make it: one habit after another, each on its share of the rows."""

import polars as pl

from tasks.sample.dice import Dice, where
from tasks.sample.dirt import cells, codes, names, places
from tasks.sample.dirt.spoil import Recipe, becomes, spoil

PEOPLE: list[tuple[float, Recipe]] = [(0.07, becomes("")), (0.02, lambda t, _: t[:1] + "　" + t[1:])]


def registry(rows: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """The regulator's own data: mostly clean, wrong where nobody looks."""
    industry = spoil(
        rows["industry"],
        [
            (0.08, cells.as_decimal),
            (0.03, becomes("")),
            (0.015, becomes("未知行业")),
            (0.02, cells.division),
            (0.015, cells.other_industry),
        ],
        dice,
    )
    return rows.with_columns(
        name=spoil(rows["name"], names.REGISTERED, dice),
        code=spoil(
            spoil(rows["code"], codes.REGISTERED, dice), [(0.02, codes.lower), (0.008, codes.padded)], dice
        ),
        industry=cells.with_section(industry, rows["section"], dice, 0.04),
        address=_some_by_hand(rows, dice, 0.25, ""),
        office_address=_some_by_hand(rows, dice, 0.15, "office_"),
        county_text=spoil(rows["county_name"], [(0.06, places.county_words), (0.015, becomes(""))], dice),
        headcount=spoil(
            rows["headcount"].cast(pl.String),
            [(0.1, cells.other_number), (0.1, becomes("")), (0.02, cells.persons)],
            dice,
        ),
        phone=spoil(
            rows["phone"], [(0.05, cells.dashed), (0.1, cells.another_phone), (0.12, becomes(""))], dice
        ),
        **{day: cells.days(rows[day], dice) for day in ("state_on", "established_on")},
    )


def by_hand(rows: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """Lists kept by offices and associations: less dirt than a declaration, more than a register."""
    gentle = [(share / 2, recipe) for share, recipe in (*names.WORDING, *names.TYPING)]
    return rows.with_columns(
        name=spoil(spoil(rows["name"], gentle, dice), names.MARKS, dice),
        code=spoil(spoil(rows["code"], codes.LISTED, dice), codes.NORMALISES, dice),
        address=places.addresses(rows, dice),
        **_common(rows, dice, wrong=0.015, office=0.2),
    )


def declarations(rows: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """What employers typed themselves, once a year, on somebody else's computer."""
    name = spoil(spoil(spoil(rows["name"], names.WORDING, dice), names.TYPING, dice), names.MARKS, dice)
    written = _where_another_is_now(rows, places.addresses(rows, dice), dice)
    office = places.addresses(rows, dice.child("office"), "office_")
    return rows.with_columns(
        name=name, code=_declared_codes(rows, dice), office_address=office,
        address=where(dice.flags(len(rows), 0.07), office, written),
        **_common(rows, dice, wrong=0.035, office=0.35),
    )  # fmt: skip


def _where_another_is_now(rows: pl.DataFrame, written: pl.Series, dice: Dice) -> pl.Series:
    """Who has moved within the county still declares the old place, where by now somebody else works."""
    seed = dice.one.randrange(10**6)
    other = rows.select(pl.int_range(pl.len()).shuffle(seed).over("county")).to_series()
    return where(dice.flags(len(rows), 0.03), written.gather(other), written)


def _declared_codes(rows: pl.DataFrame, dice: Dice) -> pl.Series:
    """Also somebody else's: the head office's, the old registration number, that of the neighbour in the queue."""
    code = spoil(spoil(rows["code"], codes.DECLARED, dice), codes.NORMALISES, dice)
    old_number = dice.flags(len(rows), 0.035) & rows["registration"].is_not_null().to_numpy()
    code = where(old_number, rows["registration"].fill_null(""), code)
    of_parent = (
        dice.flags(len(rows), 0.35)
        & rows["is_branch"].to_numpy()
        & rows["parent_code"].is_not_null().to_numpy()
    )
    code = where(of_parent, rows["parent_code"].fill_null(""), code)
    return where(dice.flags(len(rows), 0.004), rows["code"].shift(1).fill_null(""), code)


def _common(rows: pl.DataFrame, dice: Dice, *, wrong: float, office: float) -> dict[str, pl.Series]:
    chosen = places.counties(rows, dice, wrong, office)
    zoned = dice.flags(len(rows), 0.2) & (rows["zone"] != "").to_numpy()
    chosen = where(zoned, rows["zone"], chosen)
    dates = {day: cells.days(rows[day], dice) for day in rows.columns if rows[day].dtype == pl.Date}
    return dates | {
        "county_text": spoil(chosen, [(0.05, places.county_words), (0.01, becomes(""))], dice),
        "industry": cells.with_section(spoil(rows["industry"], cells.INDUSTRY, dice), rows["section"], dice, 0.12),
        "industry_name": spoil(rows["industry_name"], [(0.05, becomes("")), (0.02, becomes("未知行业")), (0.08, lambda t, _: t + "业")], dice),
        "headcount": spoil(rows["headcount"].cast(pl.String), cells.HEADCOUNT, dice),
        "phone": spoil(rows["phone"], cells.PHONE, dice),
        "person": spoil(rows["person"], PEOPLE, dice),
    }  # fmt: skip


def _some_by_hand(rows: pl.DataFrame, dice: Dice, share: float, prefix: str) -> pl.Series:
    column = rows[prefix + "address"]
    chosen = dice.many.random(len(rows)) < share
    texts = column.to_list()
    other = places.addresses(rows.filter(pl.Series(chosen)), dice, prefix).to_list()
    for row, text in zip(chosen.nonzero()[0].tolist(), other, strict=True):
        texts[row] = text
    return pl.Series(texts, dtype=pl.String)
