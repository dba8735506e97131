"""Whether two names speak of the same part of a firm: a head office never clears its branches, nor they it (Q10)."""

import polars as pl

from models.rules.name_similarity import name_levels

COLUMNS = ("bare", "whole", "is_part", "named_part", "branch_part")
NEARLY = ["slip", "slips", "close"]


def part_levels(left: pl.DataFrame, right: pl.DataFrame, names: pl.Series) -> pl.Series:
    """none, same, unnamed (says it is a branch, not which), near, one (only one side is a branch) or other.

    `names` is the word for the distinctive names: 柳江分公司 of one firm is not that of another.
    """
    pairs = pl.concat(
        [left.select(COLUMNS), right.select(pl.col(COLUMNS).name.suffix("_e"))], how="horizontal"
    )
    pairs = pairs.with_columns(alike=names.is_in(NEARLY), near=_nearly_the_same_part(pairs))
    bare, bare_e = pl.col("bare"), pl.col("bare_e")
    named, named_e = pl.col("named_part"), pl.col("named_part_e")
    lengths = [pl.col(name).str.len_chars().cast(pl.Int32) for name in ("whole", "whole_e")]
    as_long = (lengths[0] - lengths[1]).abs() <= 1
    word = (
        pl.when(((bare == bare_e) | (pl.col("whole") == pl.col("whole_e"))) & (named | named_e))
        .then(pl.lit("same"))
        # both name the part, and a slip hides it from the words for parts: …一分么司, …搆拌站
        .when((named != named_e) & pl.col("alike") & as_long)
        .then(pl.lit("near"))
        .when(pl.col("is_part") & ~named & (bare_e.str.starts_with(bare) | pl.col("alike")))
        .then(pl.lit("unnamed"))
        .when((pl.col("is_part") != pl.col("is_part_e")) | (named != named_e))
        .then(pl.lit("one"))
        .when(~pl.col("is_part"))
        .then(pl.lit("none"))
        .when(pl.col("branch_part") == pl.col("branch_part_e"))
        .then(pl.lit("same"))
        .when(pl.col("near") | pl.col("alike"))
        .then(pl.lit("near"))
        .otherwise(pl.lit("other"))
    )
    return pairs.select(word).to_series()


def _nearly_the_same_part(pairs: pl.DataFrame) -> pl.Series:
    both = pairs.with_row_index("pair").filter(pl.col("named_part") & pl.col("named_part_e"))
    words = name_levels(both["branch_part"], both["branch_part_e"])
    near = both.filter(words.is_in([*NEARLY, "longer", "front"]))["pair"]
    return pairs.select(pl.int_range(pl.len(), dtype=pl.UInt32).is_in(near.implode())).to_series()
