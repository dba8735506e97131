"""Spoil some cells of a column, each in one of several ways."""

import random
from collections.abc import Callable, Sequence

import numpy as np
import polars as pl

from tasks.sample.dice import Dice

Recipe = Callable[[str, random.Random], str]


def spoil(column: pl.Series, recipes: Sequence[tuple[float, Recipe]], dice: Dice) -> pl.Series:
    """Each recipe takes its share of the rows; the rest stays as it is."""
    shares = [share for share, _ in recipes]
    ways = dice.index([*shares, max(0.0, 1 - sum(shares))], len(column))
    texts = column.to_list()
    for row in np.flatnonzero(ways < len(recipes)).tolist():
        if texts[row]:
            texts[row] = recipes[ways[row]][1](texts[row], dice.one)
    return pl.Series(column.name, texts, dtype=pl.String)


def becomes(text: str) -> Recipe:
    return lambda _text, _luck: text
