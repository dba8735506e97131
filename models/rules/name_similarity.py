"""How far apart two distinctive names are, in the few ways that matter (鑫鸿 and 鑫泓; 一厂 and 二厂)."""

import numpy as np
import polars as pl
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

NUMERALS = r"[一二三四五六七八九十0-9]+"
SHORT = 3  # one character of three is too much of a name to be a slip
ALIKE = 0.6


def name_levels(left: pl.Series, right: pl.Series, otherwise: pl.Series | None = None) -> pl.Series:
    """One word per pair: same, slip (one character), slips (two), longer, numbered, alike or other.

    `otherwise` is the word for the whole names: a slip there counts, as it may sit in the region or legal form.
    """
    pairs = pl.DataFrame({"a": left, "b": right}).with_row_index("pair")
    unequal = pairs.filter(pl.col("a") != pl.col("b"))
    words = unequal.with_columns(distance=_distances(unequal)).select("pair", name=_word())
    found = pairs.select("pair").join(words, on="pair", how="left", maintain_order="left")["name"]
    found = found.fill_null("same")
    if otherwise is None:
        return found
    blurred = found.is_in(["longer", "alike"]) & ~pairs.select(_one_continues_the_other()).to_series()
    counts = (otherwise == "slip") & ~found.is_in(["same", "numbered"]) | (otherwise == "slips") & blurred
    return otherwise.zip_with(counts, found)


def _distances(pairs: pl.DataFrame) -> pl.Series:
    """Characters inserted, lost, replaced, or swapped with their neighbour."""
    texts = pairs["a"].to_list(), pairs["b"].to_list()
    return pl.Series(cpdist(*texts, scorer=OSA.distance, dtype=np.int32))


def _one_continues_the_other() -> pl.Expr:
    """Two characters more at the end are a works (矿区, 车间), no slips."""
    a, b = pl.col("a"), pl.col("b")
    return a.str.starts_with(b) | b.str.starts_with(a)


def _word() -> pl.Expr:
    a, b = pl.col("a"), pl.col("b")
    shorter = pl.min_horizontal(a.str.len_chars(), b.str.len_chars())
    longer = pl.max_horizontal(a.str.len_chars(), b.str.len_chars())
    numbers = [name.str.extract_all(NUMERALS).list.join("/") for name in (a, b)]
    close = shorter > SHORT
    return (
        pl.when(numbers[0] != numbers[1])
        .then(pl.lit("numbered"))
        .when(close & (pl.col("distance") == 1))
        .then(pl.lit("slip"))
        .when(_one_continues_the_other())
        .then(pl.lit("longer"))
        .when(close & (pl.col("distance") == 2) & (shorter > SHORT + 1))
        .then(pl.lit("slips"))
        .when(a.str.ends_with(b) | b.str.ends_with(a))
        .then(pl.lit("longer"))
        .when(1 - pl.col("distance") / longer >= ALIKE)
        .then(pl.lit("alike"))
        .otherwise(pl.lit("other"))
    )
