"""Sums in 万元 (营业收入, 资产总额): only used to tell the size of an enterprise (2.4)."""

import re
import unicodedata

import polars as pl

from models.rules.cell import CellCode, Reading, please_check
from models.rules.columns import Column, read_column

AMOUNT = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?(?:[Ee]\+?[0-9]+)?)(万元|万|亿元|亿|元)?")
IN_TEN_THOUSANDS = {None: 1.0, "万元": 1.0, "万": 1.0, "亿元": 10_000.0, "亿": 10_000.0, "元": 0.0001}
UNREAD = please_check(CellCode.NUMBER_UNREAD, "金额看不明白，请填以万元为单位的数字。")
OUT_OF_RANGE = please_check(CellCode.NUMBER_OUT_OF_RANGE, "金额为负数，未用于判断规模，请核实。")


def read_amount(text: str) -> Reading[float]:
    tidy = re.sub(r"[\s,¥]", "", unicodedata.normalize("NFKC", text))
    parts = AMOUNT.fullmatch(tidy)
    if parts is None:
        return Reading(None, UNREAD)
    amount = float(parts[1]) * IN_TEN_THOUSANDS[parts[2]]
    return Reading(amount) if amount >= 0 else Reading(None, OUT_OF_RANGE)


def read_amounts(texts: pl.Series) -> Column:
    # extract first: a cast alone would also take "inf" and "1_000"
    plain = texts.str.extract(r"^([0-9]{1,12}(?:\.[0-9]{1,6})?)$").cast(pl.Float64)
    return read_column(texts, read_amount, pl.Float64(), plain=plain)
