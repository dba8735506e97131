"""The day up to which a file's data reach, where the file says so (C06: versions are ordered by it)."""

import calendar
import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from tasks.reading.table import Table

DAY = r"(20\d{2})\s*[年./-]\s*(\d{1,2})\s*(?:月\s*(?:(底|末)|(\d{1,2})\s*[日号]?)|[./-]\s*(\d{1,2}))"
STATED = re.compile(
    r"(?:数据\s*)?(?:截\s*[至止到]|统计|导出|数据|查询|提取|下载)\s*(?:日期|时间|于|至|到|时点)?\s*[::为]?\s*"
    + DAY
)
WRITTEN = re.compile(DAY)
COMPACT = re.compile(r"(?<!\d)(20\d{2})(0[1-9]|1[0-2])([0-3]\d)(?!\d{1,5}(?:\D|$))")


def data_date_of(tables: Iterable[Table], file_name: str) -> date | None:
    """One day if titles and file name state exactly one, else None: then a person must say it."""
    titles = [text for table in tables for text in table.titles]
    return stated_date(titles, file_name)


def stated_date(titles: Iterable[str], file_name: str) -> date | None:
    stated = {day for text in titles for match in STATED.finditer(_plain(text)) if (day := _day(match))}
    name = _plain(Path(file_name).stem)
    named = {day for match in WRITTEN.finditer(name) if (day := _day(match))}
    named |= {day for match in COMPACT.finditer(name) if (day := _safe(*map(int, match.groups())))}
    days = stated | named
    return days.pop() if len(days) == 1 else None


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _day(match: re.Match[str]) -> date | None:
    year, month, end, day, other_day = match.groups()
    if not 1 <= int(month) <= 12:
        return None
    if end:
        return date(int(year), int(month), calendar.monthrange(int(year), int(month))[1])
    return _safe(int(year), int(month), int(day or other_day))


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
