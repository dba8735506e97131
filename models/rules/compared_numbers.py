"""What of a unit's numbers can be compared: old and cut-off ones name the same unit as the credit code does.

Characters 9 to 17 of a credit code are the old organisation code; a code cut to 15 characters still begins like it.
"""

import polars as pl

REGISTRATION = (
    r"^[0-8][0-9]{14}$"  # credit codes begin with 9 (or 1, 5, Y …, but those are never all digits this way)
)
CUT_CODE = r"^9[0-9]{14}$"
ORGANISATION = r"^[0-9A-Z]{9}$"


def compared_numbers(units: pl.DataFrame) -> pl.DataFrame:
    """`units` with `registration`, `organisation` and `beginning` (15 characters of the credit code)."""
    old, code = pl.col("legacy_code"), pl.col("credit_code")
    return units.with_columns(
        registration=pl.when(old.str.contains(REGISTRATION)).then(old),
        organisation=pl.coalesce(code.str.slice(8, 9), pl.when(old.str.contains(ORGANISATION)).then(old)),
        beginning=pl.coalesce(code.str.slice(0, 15), pl.when(old.str.contains(CUT_CODE)).then(old)),
    )
