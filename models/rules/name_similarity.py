"""How far apart two distinctive names are, in the few ways that matter (鑫鸿 and 鑫泓; 一厂 and 二厂)."""

import numpy as np
import polars as pl
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

SERIAL = r"第[一二三四五六七八九十0-9]+|[一二三四五六七八九十0-9]+(?:分|厂|号|店|部|队|车间|矿|公司|项目|期|标|工区)"
NUMERAL = r"[一二三四五六七八九十0-9]"
SHORT = 3  # one character of three is too much of a name to be a slip
CLOSE, ALIKE = 0.8, 0.6
BRAND = 3  # characters at the start of a distinctive name: two of 字号 and one of the trade, or three of 字号


def name_levels(left: pl.Series, right: pl.Series) -> pl.Series:
    """One word per pair: same, slip (one character), slips (two), longer (at the end), front (longer in front),
    numbered (一厂, 二厂), close (four fifths alike), alike or other.
    """
    pairs = pl.DataFrame({"a": left, "b": right}).with_row_index("pair")
    unequal = pairs.filter(pl.col("a") != pl.col("b"))
    words = unequal.with_columns(distance=_distances(unequal)).select("pair", name=_word())
    found = pairs.select("pair").join(words, on="pair", how="left", maintain_order="left")["name"]
    return found.fill_null("same")


def unit_name_levels(left: pl.DataFrame, right: pl.DataFrame) -> pl.Series:
    """The word for two units' `bare` names; a slip in the `whole` name counts too, for it may sit in the region or
    the legal form (刘州市, 有现公司). Two characters more at the end are a works (矿区, 车间), no slips.
    """
    names = pl.DataFrame(
        {
            "bare": name_levels(left["bare"], right["bare"]),
            "left": left["whole"],
            "right": right["whole"],
            "called": _brand_kept(left, right),
        }
    )
    names = names.with_row_index("pair").with_columns(
        apart=pl.col("left").str.len_chars().cast(pl.Int32) - pl.col("right").str.len_chars().cast(pl.Int32)
    )
    unclear = ~pl.col("bare").is_in(["same", "numbered"])
    looked_at = names.filter(
        unclear & ((pl.col("bare") != "other") | (pl.col("apart").abs() <= 1) | pl.col("called"))
    )
    looked_at = looked_at.with_columns(whole=name_levels(looked_at["left"], looked_at["right"]))
    blurred = (pl.col("bare") == "alike") | (
        pl.col("bare").is_in(["longer", "front"]) & (pl.col("apart") == 0)
    )
    blurred |= (pl.col("bare") == "other") & pl.col("called")
    better = pl.col("whole").is_in(["same", "slip"]) | (pl.col("whole").is_in(["slips", "close"]) & blurred)
    found = names.join(
        looked_at.filter(better).select("pair", "whole"), on="pair", how="left", maintain_order="left"
    )
    return found.select(pl.coalesce("whole", "bare")).to_series()


def _brand_kept(left: pl.DataFrame, right: pl.DataFrame) -> pl.Series:
    """The first characters of one's distinctive name stand in the other's name: the slips are elsewhere."""
    pairs = pl.DataFrame(
        {"a": left["bare"], "b": right["bare"], "whole_a": left["whole"], "whole_b": right["whole"]}
    )
    kept = [
        pl.col(whole).str.contains(pl.col(bare).str.head(BRAND), literal=True)
        & (pl.col(bare).str.len_chars() > BRAND)
        for bare, whole in (("a", "whole_b"), ("b", "whole_a"))
    ]
    return pairs.select((kept[0] | kept[1]).fill_null(False)).to_series()


def _distances(pairs: pl.DataFrame) -> pl.Series:
    """Characters inserted, lost, replaced, or swapped with their neighbour."""
    texts = pairs["a"].to_list(), pairs["b"].to_list()
    return pl.Series(cpdist(*texts, scorer=OSA.distance, dtype=np.int32, workers=-1))


def _one_continues_the_other() -> pl.Expr:
    a, b = pl.col("a"), pl.col("b")
    return a.str.starts_with(b) | b.str.starts_with(a)


def _word() -> pl.Expr:
    a, b = pl.col("a"), pl.col("b")
    shorter = pl.min_horizontal(a.str.len_chars(), b.str.len_chars())
    longer = pl.max_horizontal(a.str.len_chars(), b.str.len_chars())
    numbers = [name.str.extract_all(SERIAL).list.join("/") for name in (a, b)]
    numerals = [name.str.extract_all(NUMERAL).list.join("") for name in (a, b)]  # 二份厂 still says 二
    close = shorter > SHORT
    return (
        pl.when((numbers[0] != numbers[1]) & (numerals[0] != numerals[1]))
        .then(pl.lit("numbered"))
        .when(close & (pl.col("distance") == 1))
        .then(pl.lit("slip"))
        .when(_one_continues_the_other())
        .then(pl.lit("longer"))
        .when(close & (pl.col("distance") == 2) & (shorter > SHORT + 1))
        .then(pl.lit("slips"))
        .when(a.str.ends_with(b) | b.str.ends_with(a))
        .then(pl.lit("front"))
        .when(1 - pl.col("distance") / longer >= CLOSE)
        .then(pl.lit("close"))
        .when(1 - pl.col("distance") / longer >= ALIKE)
        .then(pl.lit("alike"))
        .otherwise(pl.lit("other"))
    )
