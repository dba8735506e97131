"""Everything the rules look at of a pair: the level of every field, and how telling the name is."""

import polars as pl

from models.rules.pair_levels import field_levels


def evidence(pairs: pl.DataFrame, left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    """`pairs` (d, e are row positions) with the level of every field, `name_alone` and `codes_agree`."""
    ours, theirs = left[pairs["d"]], right[pairs["e"]]
    levels = field_levels(ours, theirs)
    return pl.concat(
        [pairs, levels, ours.select("codes_agree"), theirs.select("name_alone")], how="horizontal"
    )
