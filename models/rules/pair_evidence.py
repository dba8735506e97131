"""Everything the rules look at of a pair: the level of every field, and how telling the name is."""

import polars as pl

from models.rules.pair_levels import field_levels

SIDE = (
    "bare", "whole", "is_part", "named_part", "branch_part", "credit_code", "registration", "organisation", "beginning",
    "parent_code", "phone", "person_hash", "address_key", "place", "door", "county", "town", "industry", "headcount",
)  # fmt: skip


def evidence(pairs: pl.DataFrame, left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    """`pairs` (d, e are row positions) with the level of every field, `name_alone` and `codes_agree`."""
    ours = left.select(*SIDE, "owner_bare", "codes_agree")[pairs["d"]]
    theirs = right.select(*SIDE, "name_alone")[pairs["e"]]
    levels = field_levels(ours, theirs)
    return pl.concat(
        [pairs, levels, ours.select("codes_agree"), theirs.select("name_alone")], how="horizontal"
    )
