"""The score of a pair: what each field's agreement adds or takes, in bits (log2 odds), learnt from pairs with known truth.

One sum, so that every score can be explained field by field (design 3).
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import polars as pl

from models.rules.pair_levels import LEVELS


@dataclass(frozen=True)
class LinkModel:
    """`start`: the bits of a pair of which nothing is known; `weights`: bits per field and level."""

    start: float
    weights: Mapping[str, Mapping[str, float]]
    trained: str

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Self:
        """Every level has its weight, or the file is not for this program."""
        weights = stored["weights"]
        lacking = [
            f"{field}.{level}"
            for field, words in LEVELS.items()
            for level in words
            if level not in weights.get(field, {})
        ]
        if lacking:
            raise ValueError(f"no weight for {', '.join(lacking)}")
        return cls(float(stored["start"]), weights, str(stored["trained"]))

    def bits(self, field: str, level: str) -> float:
        return float(self.weights[field][level])

    def score(self, levels: pl.DataFrame) -> pl.Series:
        """Total bits of each pair."""
        parts = [
            pl.col(field).replace_strict(dict(self.weights[field]), return_dtype=pl.Float64)
            for field in LEVELS
        ]
        return levels.select(score=pl.sum_horizontal(parts) + self.start)["score"].round(2)


def bits_of(share: float) -> float:
    """The bits at which the odds are those of `share`: 0.99 is 6.63."""
    return math.log2(share / (1 - share))
