"""Whether two addresses are one place: the road with its number, or the village with its hamlet, in any order.

The same house written differently agrees; the next house in the same street is no agreement.
"""

import numpy as np
import polars as pl
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

NOT_IN_NAMES = "0-9A-Z区县市镇乡村屯路街道巷号栋楼层室厂院"
ROAD = rf"([^{NOT_IN_NAMES}]{{1,6}}(?:大道|路|街|巷|道))"
ON_THE_ROAD = rf"[^{NOT_IN_NAMES}]{{1,6}}(?:大道|路|街|巷|道)([0-9]+)"
VILLAGE, HAMLET = rf"([^{NOT_IN_NAMES}]{{1,4}}村)", rf"([^{NOT_IN_NAMES}]{{1,4}}屯)"
SPOKEN = 3  # a road's name this long may hold one wrong character


def address_parts(units: pl.DataFrame) -> pl.DataFrame:
    """`units` with `place` (road or village; else what stands before the first number) and `door` (number or hamlet)."""
    key = pl.col("address_key").str.replace_all(r"\([^()]*\)", "")
    road, village = key.str.extract(ROAD), key.str.extract(VILLAGE)
    number = pl.coalesce(
        key.str.extract(ON_THE_ROAD), pl.when(road.is_null()).then(key.str.extract(r"([0-9]+)"))
    )
    return units.with_columns(
        place=pl.coalesce(road, village, key.str.extract(r"^([^0-9]+)")),
        door=pl.when(road.is_null()).then(pl.coalesce(key.str.extract(HAMLET), number)).otherwise(number),
    )


def address_levels(left: pl.DataFrame, right: pl.DataFrame) -> pl.Series:
    """same, house, street (half an address), along (the next house), other or missing."""
    columns = ["address_key", "place", "door"]
    pairs = pl.concat(
        [left.select(columns), right.select(pl.col(columns).name.suffix("_e"))], how="horizontal"
    )
    pairs = pairs.with_columns(misspelt=_misspelt(pairs["place"], pairs["place_e"]))
    a, b = pl.col("address_key"), pl.col("address_key_e")
    same_place = pl.col("place") == pl.col("place_e")
    same_door = pl.col("door") == pl.col("door_e")
    two_doors = pl.col("door").is_not_null() & pl.col("door_e").is_not_null()
    word = (
        pl.when(a == b)
        .then(pl.lit("same"))
        .when(a.is_null() | b.is_null())
        .then(pl.lit("missing"))
        .when(same_place & same_door)
        .then(pl.lit("house"))
        .when(same_place & two_doors)
        .then(pl.lit("along"))
        .when(same_place | (pl.col("misspelt") & same_door))
        .then(pl.lit("street"))
        .otherwise(pl.lit("other"))
    )
    return pairs.select(word).to_series()


def _misspelt(left: pl.Series, right: pl.Series) -> pl.Series:
    """One wrong character: with the same number half an address, no more (东环路 and 西环路)."""
    texts = left.fill_null("").to_list(), right.fill_null("").to_list()
    near = pl.Series(cpdist(*texts, scorer=OSA.distance, score_cutoff=1, dtype=np.int32)) == 1
    return near & (left.str.len_chars() >= SPOKEN).fill_null(False)
