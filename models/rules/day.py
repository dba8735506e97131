"""Days in any dress: 2024-1-5, 20240105, 2024年1月5日, a spreadsheet's serial number. Open ends are no day."""

import re
import unicodedata
from datetime import date, timedelta

import polars as pl

from models.rules.cell import CellCode, Finding, Reading, must_fix, please_check
from models.rules.columns import Column, read_column

CLOCK = re.compile(r"(?<=[0-9日])[\sT]+[0-9]{1,2}:[0-9:.]+(?:Z|[+-][0-9:]+)?$")
FULL = re.compile(r"([0-9]{4})[-./年]([0-9]{1,2})[-./月]([0-9]{1,2})[日号]?")
COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:[0-9]{6}|\.0)?")
MONTH = re.compile(r"([0-9]{4})[-./年]([0-9]{1,2})月?(?:份)?|[0-9]{4}年?")
SERIAL = re.compile(r"([3-5][0-9]{4})(?:\.[0-9]+)?")
SERIAL_ORIGIN = date(1899, 12, 30)
OPEN_END = 2099  # 2099-12-31 and 9999-9-9 mean: no end (reference/README.md)
UNREAD = please_check(CellCode.DAY_UNREAD, "日期看不明白，请按 2024-01-05 的样子填写。")
INCOMPLETE = please_check(CellCode.DAY_INCOMPLETE, "日期只到年或月，请补全到日。")


def _impossible(text: str) -> Finding:
    return must_fix(CellCode.DAY_IMPOSSIBLE, f"没有“{text}”这一天，请核对。")


def read_day(text: str) -> Reading[date]:
    tidy = re.sub(r"\s", "", CLOCK.sub("", unicodedata.normalize("NFKC", text)))
    serial = SERIAL.fullmatch(tidy)
    if serial:
        return Reading(SERIAL_ORIGIN + timedelta(days=int(serial[1])))
    parts = FULL.fullmatch(tidy) or COMPACT.fullmatch(tidy)
    if parts is None:
        return Reading(None, INCOMPLETE if MONTH.fullmatch(tidy) else UNREAD)
    year, month, day = (int(part) for part in parts.groups())
    if year >= OPEN_END:
        return Reading()
    try:
        return Reading(date(year, month, day)) if year >= 1900 else Reading(None, _impossible(tidy))
    except ValueError:
        return Reading(None, _impossible(tidy))


def read_days(texts: pl.Series) -> Column:
    """A city's dates are few different ones: reading each once is the fast way."""
    return read_column(texts, read_day, pl.Date())


YEAR = re.compile(r"((?:19|20)[0-9]{2})(?:\.0)?年?度?")
YEAR_UNREAD = please_check(CellCode.YEAR_UNREAD, "年度看不明白，请填四位数字，如 2024。")


def read_year(text: str) -> Reading[int]:
    year = YEAR.fullmatch(re.sub(r"\s", "", unicodedata.normalize("NFKC", text)))
    return Reading(int(year[1])) if year else Reading(None, YEAR_UNREAD)


def read_years(texts: pl.Series) -> Column:
    return read_column(texts, read_year, pl.Int32())
