"""Who else bears the declared name: a guess by phone and address must not pass over a unit that is called so (C08)."""

import polars as pl

# The name as written without marks, and its distinctive part.
NAMES = ("whole", "bare")


def with_bearers(left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    """`left` with the number of units that bear its name: `whole_bearers`, and `whole_here` in its county."""
    for name in NAMES:
        borne = right.filter(pl.col(name).is_not_null())
        anywhere = borne.group_by(name).len(f"{name}_bearers")
        here = borne.group_by(name, "county").len(f"{name}_here")
        left = left.join(anywhere, on=name, how="left", maintain_order="left")
        left = left.join(here, on=[name, "county"], how="left", maintain_order="left")
    return left.with_columns(pl.col(BEARERS).fill_null(0))


BEARERS = [f"{name}_{where}" for name in NAMES for where in ("bearers", "here")]


def passes_over(ours: pl.DataFrame, theirs: pl.DataFrame) -> pl.Series:
    """Pair by pair: another unit bears the declared name in the declared county, or anywhere where this one does not."""
    right = theirs.select(pl.col(*NAMES, "county").name.suffix("_e"))
    pairs = pl.concat([ours.select(*NAMES, "county", *BEARERS), right], how="horizontal")
    return pairs.select(passed_over=pl.any_horizontal(_another(name) for name in NAMES)).to_series()


def _another(name: str) -> pl.Expr:
    bears = (pl.col(name) == pl.col(f"{name}_e")).fill_null(False)
    bears_here = (bears & (pl.col("county") == pl.col("county_e"))).fill_null(False)
    others_here = pl.col(f"{name}_here").cast(pl.Int64) - bears_here.cast(pl.Int64)
    return (others_here > 0) | ((pl.col(f"{name}_bearers") > 0) & ~bears)
