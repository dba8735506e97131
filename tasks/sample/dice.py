"""Reproducible chance."""

import random
import zlib
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import polars as pl

Flags = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.int64]


class Dice:
    """Every step throws its own dice, so that a change in one leaves the others as they were."""

    def __init__(self, *step: object) -> None:
        name = "/".join(map(str, step))
        self.step = step
        self.many = np.random.default_rng([zlib.crc32(name.encode()), len(name)])
        self.one = random.Random(name)

    def child(self, *step: object) -> "Dice":
        return Dice(*self.step, *step)

    def flags(self, n: int, share: float) -> Flags:
        return self.many.random(n) < share

    def some(self, rows: Rows, share: float) -> Rows:
        return rows[self.flags(len(rows), share)]

    def index(self, weights: Sequence[float], n: int) -> Rows:
        heap = np.cumsum(np.asarray(weights, dtype=float))
        return np.searchsorted(heap / heap[-1], self.many.random(n), side="right").astype(np.int64)

    def words(self, words: Sequence[str], n: int) -> pl.Series:
        return pl.Series(list(words)).gather(self.many.integers(0, len(words), n))

    def weighted(self, words: Mapping[str, float], n: int) -> pl.Series:
        return pl.Series(list(words)).gather(self.index(list(words.values()), n))

    def days(self, n: int, first: date, last: date) -> pl.Series:
        start = (first - date(1970, 1, 1)).days
        days = self.many.integers(start, start + (last - first).days + 1, n)
        return pl.Series(days).cast(pl.Int32).cast(pl.Date)

    def day(self, first: date, last: date) -> date:
        return first + timedelta(days=self.one.randrange((last - first).days + 1))


def where(flags: Flags, yes: pl.Series, no: pl.Series) -> pl.Series:
    return yes.zip_with(pl.Series(flags), no)
