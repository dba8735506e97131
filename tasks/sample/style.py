"""How a file's contents get dirty; the two styles share nothing but this shape."""

from typing import Protocol

import polars as pl

from tasks.sample.dice import Dice


class Style(Protocol):
    """Rows of true facts in, the same columns as text out, with `county_text` added."""

    def registry(self, rows: pl.DataFrame, dice: Dice) -> pl.DataFrame: ...

    def by_hand(self, rows: pl.DataFrame, dice: Dice) -> pl.DataFrame: ...

    def declarations(self, rows: pl.DataFrame, dice: Dice) -> pl.DataFrame: ...
