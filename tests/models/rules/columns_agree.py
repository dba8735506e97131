"""The one rule about two forms of one rule: cell by cell and column by column must give the same."""

from collections.abc import Callable, Sequence
from typing import Any

import polars as pl

from models.rules.cell import Reading
from models.rules.columns import Column


def assert_agree(
    read: Callable[[str], Reading[Any]], read_all: Callable[[pl.Series], Column], texts: Sequence[str | None]
) -> None:
    readings = [Reading() if text is None else read(text) for text in texts]
    column = read_all(pl.Series(texts, dtype=pl.String))
    assert column.values.to_list() == [reading.value for reading in readings]
    told = {row["at"]: (row["code"], row["severity"], row["message"]) for row in column.findings.to_dicts()}
    assert told == {at: tuple(map(str, found.finding)) for at, found in enumerate(readings) if found.finding}
