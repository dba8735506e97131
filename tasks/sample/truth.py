"""The answers, beside the files and never read by the program."""

from datetime import date

import polars as pl

from tasks.sample.standing import AS_OF, SEVERE, exists


def truth_units(units: pl.DataFrame, declared: pl.Series, as_of: date = AS_OF) -> pl.DataFrame:
    """One line per unit. A revoked licence counts as a standstill from its day on; borderline sectors are out of scope."""
    in_scope = pl.col("sector").is_in(SEVERE) | (pl.col("programmes") != "")
    is_declared = pl.col("unit").is_in(declared.implode())
    stop = pl.when(pl.col("state").is_in(["stopped", "revoked"])).then("state_on")
    return units.select(
        "unit", "name", "old_name", "code", "kind", "county", "county_name", "town", "address", "industry", "sector", "headcount",
        "size", "state", "state_on", "parent_code", "group", "programmes", "registered", "surveyed",
        stop_date=stop, as_of=pl.lit(as_of.isoformat()), declared=is_declared, in_scope=in_scope,
        should_be_target=in_scope & exists(as_of) & ~is_declared,
    )  # fmt: skip
