"""From a rule for one cell to a whole column: unique values are read once and joined back (design 3)."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from models.rules.cell import Finding, Reading

FINDINGS: dict[str, pl.DataType] = {
    "at": pl.UInt32(),  # 0-based position in the column
    "code": pl.String(),
    "severity": pl.String(),
    "value": pl.String(),
    "message": pl.String(),
}


class Column(NamedTuple):
    values: pl.Series
    findings: pl.DataFrame


def no_findings() -> pl.DataFrame:
    return pl.DataFrame(schema=FINDINGS)


def read_column(
    texts: pl.Series,
    rule: Callable[[str], Reading[Any]],
    dtype: pl.DataType,
    *,
    plain: pl.Series | None = None,
) -> Column:
    """Apply `rule` to every different text that `plain` (values already read the fast way) leaves null."""
    rest = texts.is_not_null() if plain is None else texts.is_not_null() & plain.is_null()
    at = rest.arg_true()
    if at.is_empty():
        return Column(
            pl.repeat(None, len(texts), dtype=dtype, eager=True) if plain is None else plain, no_findings()
        )
    dirty = texts.gather(at)
    readings = _readings(dirty.unique(), rule, dtype)
    found = pl.DataFrame({"at": at, "value": dirty}).join(
        readings, on="value", how="left", maintain_order="left"
    )
    return Column(_filled(found, plain, len(texts)), found.drop_nulls("code").select(list(FINDINGS)))


def _readings(texts: pl.Series, rule: Callable[[str], Reading[Any]], dtype: pl.DataType) -> pl.DataFrame:
    readings = [rule(text) for text in texts]
    findings = [reading.finding for reading in readings]
    return pl.DataFrame(
        [
            texts.alias("value"),
            pl.Series("read", [reading.value for reading in readings], dtype=dtype),
            *_told(findings),
        ]
    )


def _told(findings: list[Finding | None]) -> list[pl.Series]:
    return [
        pl.Series("code", [f and str(f.code) for f in findings], dtype=pl.String),
        pl.Series("severity", [f and str(f.severity) for f in findings], dtype=pl.String),
        pl.Series("message", [f and f.message for f in findings], dtype=pl.String),
    ]


def _filled(found: pl.DataFrame, plain: pl.Series | None, length: int) -> pl.Series:
    if plain is None and len(found) == length:
        return found["read"]
    where = pl.repeat(None, length, dtype=pl.UInt32, eager=True).scatter(
        found["at"], pl.arange(0, len(found), dtype=pl.UInt32, eager=True)
    )
    read = found["read"].gather(where)
    return read if plain is None else plain.zip_with(plain.is_not_null(), read)


def read_pairs(
    left: pl.Series,
    right: pl.Series,
    rule: Callable[[str | None, str | None], Reading[Any]],
    dtype: pl.DataType,
) -> Column:
    """The same for a rule of two cells. The value told is the left text, else the right one."""
    pairs = pl.DataFrame({"left": left, "right": right})
    unique = pairs.unique()
    readings = [rule(*pair) for pair in unique.iter_rows()]
    lookup = unique.with_columns(
        pl.Series("read", [reading.value for reading in readings], dtype=dtype),
        *_told([reading.finding for reading in readings]),
    )
    found = pairs.join(lookup, on=["left", "right"], how="left", maintain_order="left", nulls_equal=True)
    told = found.with_row_index("at").drop_nulls("code").with_columns(value=pl.coalesce("left", "right"))
    return Column(found["read"], told.select(list(FINDINGS)))


def byte_matrix(texts: pl.Series, width: int) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint8]]:
    """Where the texts of exactly `width` bytes stand, and their bytes, a row each."""
    at = (texts.str.len_bytes() == width).fill_null(False).arg_true()
    joined = "".join(texts.gather(at).to_list()).encode()
    return at.to_numpy(), np.frombuffer(joined, dtype=np.uint8).reshape(-1, width)


def choose(texts: pl.Series, at: npt.NDArray[np.uint32]) -> pl.Series:
    """The texts at these places, null elsewhere."""
    chosen = np.zeros(len(texts), dtype=bool)
    chosen[at] = True
    return texts.zip_with(pl.Series(chosen), pl.repeat(None, len(texts), dtype=pl.String, eager=True))
