"""Whether two addresses are one place: the road with its number, or the village with its hamlet, in any order.

The same house written differently agrees; the next house in the same street is no agreement.
"""

import numpy as np
import polars as pl
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from models.rules.some_rows import replaced_where

NOT_IN_NAMES = "0-9A-Z区县市镇乡村屯路街道巷号栋楼层室厂院"
OFFICE = r"^.{1,10}?街道(.+)$"  # 荣军街道荣军南路: the street office is no street
ROAD = rf"([^{NOT_IN_NAMES}]{{1,6}}(?:大道|路|街|巷))"
ON_THE_ROAD = rf"{ROAD}([0-9A-Z]+)"  # the road that the number follows, where several are named
IN_THE_VILLAGE = rf"[^{NOT_IN_NAMES}]{{1,4}}村([0-9A-Z]+)"
VILLAGE, HAMLET = rf"([^{NOT_IN_NAMES}]{{1,4}}村)", rf"([^{NOT_IN_NAMES}]{{1,4}}屯)"
READ = r"^(?:[0-9]+|[^0-9A-Z]+)$"  # a number or a hamlet's name
WHOLE = 6  # an address this long tells more than a road's or a village's name
SPOKEN = 3  # a road's name this long may hold one wrong character


def address_parts(units: pl.DataFrame) -> pl.DataFrame:
    """`units` with `place` (road or village; else what stands before the first number) and `door` (number or hamlet)."""
    key = units["address_key"].str.replace_all(r"\([^()]*\)", "")
    key = replaced_where(key, key.str.contains("街道", literal=True), OFFICE, "${1}")
    numbered = key.str.extract_groups(ON_THE_ROAD).struct
    road = pl.select(pl.coalesce(numbered.field("1"), key.str.extract(ROAD))).to_series()
    off_road = (road.is_null() & key.is_not_null()).arg_true()
    place, door = _village(key.gather(off_road))
    return units.with_columns(
        road.scatter(off_road, place).alias("place"),
        numbered.field("2").scatter(off_road, door).alias("door"),
    )


def _village(key: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Place and door of addresses without a road."""
    village = key.str.extract(VILLAGE)
    place = village.zip_with(village.is_not_null(), key.str.extract(r"^([^0-9]+)"))
    doors = [key.str.extract(pattern) for pattern in (HAMLET, IN_THE_VILLAGE, r"([0-9]+)")]
    return place, pl.select(pl.coalesce(doors)).to_series()


def address_levels(left: pl.DataFrame, right: pl.DataFrame) -> pl.Series:
    """same, house, street (half an address), along (the next house), near (misspelt), other or missing."""
    columns = ["address_key", "place", "door"]
    pairs = pl.concat(
        [left.select(columns), right.select(pl.col(columns).name.suffix("_e"))], how="horizontal"
    )
    pairs = pairs.with_columns(
        misspelt=_misspelt(pairs["place"], pairs["place_e"]),
        misread=_misread(pairs["address_key"], pairs["address_key_e"]),
        in_front=_one_ends_the_other(pl.col("place"), pl.col("place_e")),
    )
    a, b = pl.col("address_key"), pl.col("address_key_e")
    same_place = (pl.col("place") == pl.col("place_e")) | pl.col("in_front")
    same_door = pl.col("door") == pl.col("door_e")
    # 2I号 and 4B号 hold letters for digits: another number than 21 is not said by them
    two_doors = pl.col("door").str.contains(READ) & pl.col("door_e").str.contains(READ)
    word = (
        pl.when(a == b)
        .then(pl.lit("same"))
        .when(a.is_null() | b.is_null())
        .then(pl.lit("missing"))
        .when(same_place & same_door)
        .then(pl.lit("house"))
        .when(same_place & two_doors)
        .then(pl.lit("along"))
        .when(same_place | (pl.col("misspelt") & same_door) | pl.col("misread"))
        .then(pl.lit("street"))
        .when(pl.col("misspelt") & ~two_doors.fill_null(False))
        .then(pl.lit("near"))
        .otherwise(pl.lit("other"))
    )
    return pairs.select(word).to_series()


def _misread(left: pl.Series, right: pl.Series) -> pl.Series:
    """One wrong character in a whole address, no digit: 桥门材上桥屯. 东环路 alone may be meant where 西环路 is."""
    near = _misspelt(left, right) & (left.str.len_chars() >= WHOLE).fill_null(False)
    digits = [texts.filter(near).str.replace_all("[^0-9]", "") for texts in (left, right)]
    return near.scatter(near.arg_true(), digits[0] == digits[1])


def _one_ends_the_other(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    """柳江匹柳堡路 is 柳堡路 with a region's name that is written wrongly in front."""
    spoken = pl.min_horizontal(one.str.len_chars(), other.str.len_chars()) >= SPOKEN
    return spoken & (one.str.ends_with(other) | other.str.ends_with(one))


def _misspelt(left: pl.Series, right: pl.Series) -> pl.Series:
    """One wrong character: with the same number half an address, no more (东环路 and 西环路)."""
    texts = left.fill_null("").to_list(), right.fill_null("").to_list()
    near = pl.Series(cpdist(*texts, scorer=OSA.distance, score_cutoff=1, dtype=np.int32)) == 1
    return near & (left.str.len_chars() >= SPOKEN).fill_null(False)
