"""Numbers of persons: 25, 25人, 约25, 二十五, 1,200 (Q8). A span is not a number."""

import re
import unicodedata

import polars as pl

from models.rules.cell import CellCode, Reading, must_fix, please_check
from models.rules.chinese_number import number_of
from models.rules.columns import Column, read_column

MOST = 500_000  # no single workplace comes near
NUMBER = re.compile(r"([+-]?[0-9]+)(?:\.0*)?")
AROUND = re.compile(r"^(?:约|大约|大概|近|共|总计|合计|≈|~)|(?:左右|余)?(?:人|名|个|员工|职工)*$")
THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
UNREAD = please_check(CellCode.NUMBER_UNREAD, "人数看不明白，请填一个整数。")
OUT_OF_RANGE = must_fix(CellCode.NUMBER_OUT_OF_RANGE, f"人数应在0到{MOST}之间，请核对。")


def read_headcount(text: str) -> Reading[int]:
    tidy = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    tidy = THOUSANDS.sub("", AROUND.sub("", tidy))
    digits = NUMBER.fullmatch(tidy)
    number = int(digits[1]) if digits else number_of(tidy)
    if number is None:
        return Reading(None, UNREAD)
    return Reading(number) if 0 <= number <= MOST else Reading(None, OUT_OF_RANGE)


def read_headcounts(texts: pl.Series) -> Column:
    plain = texts.str.extract(r"^([0-9]{1,5})$").cast(pl.Int32)
    return read_column(texts, read_headcount, pl.Int32(), plain=plain)
