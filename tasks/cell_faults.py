"""What only the spreadsheet knew of a cell: an error value, or a code kept as a number and so short of digits."""

import polars as pl

from models.inbound import RAW
from models.problem import PROBLEMS, Severity
from models.rules.cell import CellCode
from tasks.reading import Table

ERROR_VALUE = "E1180"
LONGEST_EXACT_NUMBER = 15  # digits a spreadsheet keeps


def without_lost_digits(raw: pl.DataFrame, table: Table) -> pl.DataFrame:
    """`raw` with codes blanked whose digits were lost: what is left of them is another number."""
    return raw.with_columns(
        pl.when(~pl.col("row_no").is_in(_lossy_rows(table, name).implode())).then(name).alias(name)
        for name in table.numeric
        if name in raw.columns
    )


def cell_faults(table: Table) -> pl.DataFrame:
    """Problems in the shape of models.problem.PROBLEMS."""
    told = [_error_values(table.errors), *(_lost_digits(table, name) for name in table.numeric)]
    return pl.concat([one.select(list(PROBLEMS)).cast(pl.Schema(PROBLEMS)) for one in told])


def _lossy_rows(table: Table, name: str) -> pl.Series:
    long = table.frame[name].str.len_chars() > LONGEST_EXACT_NUMBER
    return table.frame["row_no"].filter(table.numeric[name] & long.fill_null(False))


def _lost_digits(table: Table, name: str) -> pl.DataFrame:
    rows = table.frame.filter(pl.col("row_no").is_in(_lossy_rows(table, name).implode()))
    return rows.select(
        "row_no",
        field=pl.lit(name),
        code=pl.lit(str(CellCode.CREDIT_CODE_LOST_DIGITS)),
        severity=pl.lit(str(Severity.MUST_FIX)),
        value=pl.col(name),
        message=pl.lit(f"{RAW[name]}被存成数字，末位已丢失；请把这一列设为“文本”后重新填写。"),
    )


def _error_values(errors: pl.DataFrame) -> pl.DataFrame:
    return errors.rechunk().select(
        "row_no",
        "field",
        code=pl.lit(ERROR_VALUE),
        severity=pl.lit(str(Severity.MUST_FIX)),
        value=pl.col("text"),
        message=pl.format("单元格是错误值（{}），没有内容可用；请改成应有的内容。", "text"),
    )
