"""Whether two units lie in one county: by the county stated, else by the one a declared address itself names (Q9).

A county cell is filled in from a list and often one line off; the address beside it was written by hand.
"""

from functools import cache

import polars as pl

from models.reference import city_towns
from models.rules.units import county_words

SAYS_WHAT_IT_IS = ("区", "县")  # 柳江 alone may be a road's name


@cache
def _county_of() -> dict[str, str]:
    """Full names of counties, towns and streets → county."""
    towns = city_towns().select("name", "county_code").iter_rows()
    return dict(towns) | {
        word: code for word, code in county_words().items() if word.endswith(SAYS_WHAT_IT_IS)
    }


def named_counties(units: pl.DataFrame) -> pl.DataFrame:
    """`units` with `named_county`: the only county that names of counties and towns in the address speak of."""
    names = pl.col("address").str.extract_many(list(_county_of()), leftmost=True)
    codes = names.list.eval(pl.element().replace_strict(_county_of(), return_dtype=pl.String)).list.unique()
    return units.with_columns(named_county=pl.when(codes.list.len() == 1).then(codes.list.first()))


def county_levels(left: pl.DataFrame, right: pl.DataFrame) -> pl.Series:
    """same, named (the declared address names the other's county), contested (it names a third), other or missing."""
    pairs = left.select("county", "named_county").with_columns(county_e=right["county"])
    stated, named, listed = pl.col("county"), pl.col("named_county"), pl.col("county_e")
    word = (
        pl.when((stated == listed) & (named != listed))
        .then(pl.lit("contested"))
        .when(stated == listed)
        .then(pl.lit("same"))
        .when(named == listed)
        .then(pl.lit("named"))
        .when(stated != listed)
        .then(pl.lit("other"))
        .otherwise(pl.lit("missing"))
    )
    return pairs.select(word).to_series()
