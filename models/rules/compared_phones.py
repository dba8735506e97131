"""Whether two telephone numbers are one: equal, or a digit wrong or two neighbours swapped, which no longer tells much."""

import numpy as np
import polars as pl
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist


def phone_levels(left: pl.DataFrame, right: pl.DataFrame) -> pl.Series:
    """same, near (one slip), other or missing."""
    a, b = left["phone"], right["phone"]
    unequal = (a != b).fill_null(False)
    slips = cpdist(
        a.filter(unequal).to_list(),
        b.filter(unequal).to_list(),
        scorer=OSA.distance,
        score_cutoff=1,
        dtype=np.int32,
    )
    near = np.zeros(len(a), dtype=bool)
    near[unequal.arg_true().to_numpy()] = slips <= 1
    word = (
        pl.when(pl.lit(pl.Series(near)))
        .then(pl.lit("near"))
        .when(pl.lit(unequal))
        .then(pl.lit("other"))
        .when(pl.lit((a == b).fill_null(False)))
        .then(pl.lit("same"))
        .otherwise(pl.lit("missing"))
    )
    return pl.select(word).to_series()
