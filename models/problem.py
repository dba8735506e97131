"""The one shape of "something is wrong with a cell" (design 7): data, never an exception."""

from enum import StrEnum

import polars as pl


class Severity(StrEnum):
    MUST_FIX = "必须改正"
    PLEASE_CHECK = "请核实"
    REPAIRED = "已自动更正"


# One line per problem. `value` is null for fields that must never be stored (names of persons).
PROBLEMS: dict[str, pl.DataType] = {
    "row_no": pl.Int32(),  # 1-based, as the spreadsheet shows it
    "field": pl.String(),  # key of models.inbound.RAW
    "code": pl.String(),  # E11xx
    "severity": pl.String(),
    "value": pl.String(),
    "message": pl.String(),  # Chinese: what is wrong and what to do
}
