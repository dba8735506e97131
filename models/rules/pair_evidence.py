"""Everything the rules look at of a pair: the level of every field, and how telling the name is."""

import polars as pl

from models.rules.namesakes import BEARERS, passes_over
from models.rules.pair_levels import field_levels

SIDE = (
    "bare", "whole", "is_part", "named_part", "branch_part", "credit_code", "registration", "organisation", "beginning",
    "parent_code", "written_code", "damaged", "phone", "person_hash", "address_key", "place", "door", "county", "town", "industry", "headcount",
)  # fmt: skip


def evidence(pairs: pl.DataFrame, left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    """`pairs` (d, e are row positions) with the level of every field, `name_alone`, `code_unsure`, `codes_agree` and `passed_over`."""
    ours = left.select(*SIDE, "named_county", "owner_bare", "codes_agree", *BEARERS)[pairs["d"]]
    theirs = right.select(*SIDE, "name_alone")[pairs["e"]]
    levels = field_levels(ours, theirs)
    told = ours.select("codes_agree").with_columns(
        theirs["name_alone"],
        theirs["damaged"].alias("code_unsure"),
        passes_over(ours, theirs).alias("passed_over"),
    )
    return pl.concat([pairs, levels, told], how="horizontal")
