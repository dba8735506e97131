"""Credit codes with a wrong check digit: no identity, yet evidence. The right code differs from it in a place or two.

A damaged code is compared with the code of the other side as written there. It never counts against a pair: what
was meant by it nobody knows.
"""

import numpy as np
import polars as pl
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

READABLE = r"[^0-9A-Z]"
LENGTHS = (14, 22)  # eighteen characters, a few lost or doubled
MOBILE = r"^1[3-9][0-9]{9}$"
SLIPS = 2  # places in which two writings of one code may differ; neighbours that change places count once


def compared_codes(units: pl.DataFrame) -> pl.DataFrame:
    """`units` with `written_code` (valid or not) and three parts of it: a slip anywhere leaves one of them whole.

    A phone in the code's cell goes where it belongs.
    """
    damaged = pl.col("damaged_code").str.normalize("NFKC").str.to_uppercase().str.replace_all(READABLE, "")
    readable = pl.col("credit_code").is_null() & damaged.str.len_bytes().is_between(*LENGTHS)
    code = pl.coalesce("credit_code", pl.when(readable).then(damaged))
    return units.with_columns(
        phone=pl.coalesce("phone", pl.when(damaged.str.contains(MOBILE)).then(damaged)),
        damaged=readable.fill_null(False),
        written_code=code,
        code_head=code.str.head(14),
        code_tail=code.str.tail(9),
        code_ends=pl.concat_str(code.str.head(9), code.str.tail(4)),
    )


def nearly_equal(one: pl.Series, other: pl.Series) -> pl.Series:
    """Pair by pair: two writings of one code. False where one is missing."""
    given = one.is_not_null() & other.is_not_null()
    texts = one.filter(given).to_list(), other.filter(given).to_list()
    slips = cpdist(*texts, scorer=OSA.distance, score_cutoff=SLIPS, dtype=np.int32)
    near = np.zeros(len(one), dtype=bool)
    near[given.arg_true().to_numpy()] = slips <= SLIPS
    return pl.Series(near)
