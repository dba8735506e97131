"""A declarant's other declarations: what is surely an employer's tells its old names, phones and offices.

Only the certain rules apply, declaration against declaration, where place or people agree; the chain is never longer
than one. Nothing leads across two valid codes or past a unit that bears the declared name.
"""

import polars as pl

from models.rules.certain_links import AT_THE_PLACE, NO_OTHER_CODE, SUPPORT, holds
from models.rules.link_candidates import certain_candidates
from models.rules.pair_evidence import evidence


def sibling_links(
    open_left: pl.DataFrame, left: pl.DataFrame, right: pl.DataFrame, sure: pl.DataFrame
) -> pl.DataFrame:
    """Open declarations (d) that a certain rule ties to sure ones, if all those are of one employer (e)."""
    told = left[sure["d"]].with_columns(e=sure["e"], name_alone=pl.lit(True))
    told = told.drop("row").with_row_index("row")
    pairs = certain_candidates(open_left, told)
    found = evidence(pairs, left, told).filter(holds() & (AT_THE_PLACE | (SUPPORT >= 2)))
    owned = found.select("d", e=told["e"].gather(found["e"])).unique()
    owned = evidence(owned.filter(pl.len().over("d") == 1).sort("d"), left, right)
    owned = owned.filter(NO_OTHER_CODE & ~pl.col("passed_over"))
    return owned.select("d", "e", method=pl.lit("sibling"))
