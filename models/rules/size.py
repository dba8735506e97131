"""大中小微: as written, else by 国统字〔2017〕213号 from headcount, revenue and assets (2.4).

To be 大, 中 or 小 every figure must reach its lower bound, else one class down; one figure is enough for 微.
So a missing figure leaves the size unknown, unless another one already says 微.
"""

import re
import unicodedata
from typing import NamedTuple

import polars as pl

from models.rules.cell import CellCode, Reading, please_check

SIZES = ("微", "小", "中", "大")
MEANING = {"1": "大", "2": "中", "3": "小", "4": "微", "L": "大", "M": "中", "S": "小", "XS": "微"}
UNKNOWN = frozenset(["5", "不详", "未知", "其他"])
UNREAD = please_check(CellCode.SIZE_UNREAD, "企业规模请填大、中、小、微之一。")


def read_size(text: str) -> Reading[str]:
    tidy = re.sub(r"\s|\.0$|企业|规模|型", "", unicodedata.normalize("NFKC", text)).upper()
    if tidy in UNKNOWN:
        return Reading()
    size = MEANING.get(tidy, tidy)
    return Reading(size) if size in SIZES else Reading(None, UNREAD)


class Bounds(NamedTuple):
    """Lower bounds of 小, 中, 大; persons, revenue and assets in 万元. Null: the figure is not asked for."""

    persons: tuple[int, int, int] | None = None
    revenue: tuple[int, int, int] | None = None
    assets: tuple[int, int, int] | None = None


INDUSTRY = Bounds((20, 300, 1000), (300, 2000, 40_000))
TRANSPORT = Bounds((20, 300, 1000), (200, 3000, 30_000))
LODGING = Bounds((10, 100, 300), (100, 2000, 10_000))
OTHER = Bounds((10, 100, 300))

# Divisions, and groups where they differ. Not listed: railways (53), finance, 704, education, health, government.
BOUNDS: dict[str, Bounds] = (
    dict.fromkeys(["01", "02", "03", "04", "05"], Bounds(revenue=(50, 500, 20_000)))
    | {f"{division:02}": INDUSTRY for division in range(6, 47)}
    | dict.fromkeys(["47", "48", "49", "50"], Bounds(revenue=(300, 6000, 80_000), assets=(300, 5000, 80_000)))
    | {"51": Bounds((5, 20, 200), (1000, 5000, 40_000)), "52": Bounds((10, 50, 300), (100, 500, 20_000))}
    | dict.fromkeys(["54", "55", "56", "57", "58", "591"], TRANSPORT)
    | dict.fromkeys(["592", "593", "594", "595", "596", "599"], Bounds((20, 100, 200), (100, 1000, 30_000)))
    | {"60": Bounds((20, 300, 1000), (100, 2000, 30_000)), "61": LODGING, "62": LODGING}
    | dict.fromkeys(["63", "64"], Bounds((10, 100, 2000), (100, 1000, 100_000)))
    | {"65": Bounds((10, 100, 300), (50, 1000, 10_000))}
    | {"701": Bounds(revenue=(100, 1000, 200_000), assets=(2000, 5000, 10_000))}
    | {"702": Bounds((100, 300, 1000), (500, 1000, 5000)), "703": OTHER, "709": OTHER}
    | dict.fromkeys(["71", "72"], Bounds((10, 100, 300), assets=(100, 8000, 120_000)))
    | dict.fromkeys([*map(str, range(73, 83)), "85", *map(str, range(86, 91))], OTHER)
)


def size_of(
    industry: str | None, persons: float | None, revenue: float | None, assets: float | None
) -> str | None:
    """The size by the statistical rule; null if a figure it needs is missing."""
    bounds = BOUNDS.get((industry or "")[:3]) or BOUNDS.get((industry or "")[:2])
    if bounds is None:
        return None
    ranks = [
        None if figure is None else sum(figure >= bound for bound in limits)
        for limits, figure in zip(bounds, (persons, revenue, assets), strict=True)
        if limits
    ]
    if 0 in ranks:
        return SIZES[0]
    return None if None in ranks else SIZES[min(rank for rank in ranks if rank is not None)]


_FIGURES = ("persons", "revenue", "assets")
_TABLE = pl.DataFrame(
    [
        (key, *(bound for limits in bounds for bound in limits or (None,) * 3))
        for key, bounds in BOUNDS.items()
    ],
    schema={"key": pl.String} | {f"{figure}_{rank}": pl.Int32 for figure in _FIGURES for rank in (1, 2, 3)},
    orient="row",
)


def sizes_of(industries: pl.Series, persons: pl.Series, revenue: pl.Series, assets: pl.Series) -> pl.Series:
    """The same over columns."""
    given = pl.DataFrame({"persons": persons, "revenue": revenue, "assets": assets, "industry": industries})
    group, division = pl.col("industry").str.slice(0, 3), pl.col("industry").str.slice(0, 2)
    rows = given.with_columns(
        key=pl.when(group.is_in(_TABLE["key"].to_list())).then(group).otherwise(division)
    )
    rows = rows.join(_TABLE, on="key", how="left", maintain_order="left")
    ranks = [_rank(figure) for figure in _FIGURES]
    missing = [pl.col(f"{figure}_1").is_not_null() & pl.col(figure).is_null() for figure in _FIGURES]
    lowest = pl.min_horizontal(*ranks)
    known = ~pl.any_horizontal(*missing) | (lowest == 0)
    words = [pl.when(lowest == rank).then(pl.lit(size)) for rank, size in enumerate(SIZES)]
    return rows.select(size=pl.when(known).then(pl.coalesce(*words))).to_series()


def _rank(figure: str) -> pl.Expr:
    """How many bounds the figure reaches; null where the figure is missing or not asked for."""
    return pl.sum_horizontal(
        *((pl.col(figure) >= pl.col(f"{figure}_{rank}")).cast(pl.Int8) for rank in (1, 2, 3)),
        ignore_nulls=False,
    )
