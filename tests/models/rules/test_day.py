from datetime import date

import pytest

from models.rules.cell import CellCode
from models.rules.day import read_day, read_days, read_year
from tests.models.rules.columns_agree import assert_agree

JANUARY_5 = date(2024, 1, 5)
DRESSES = "2024-1-5 2024.1.5 2024/01/05 20240105 2024年1月5日 2024年01月5 ２０２４－１－５ 45296 45296.0 45296.75 20240105.0 2024-01-05T08:00:00"
SPACED = [
    "2024-01-05 00:00:00",
    "2024/1/5 8:30",
    "2024年1月5日 10:20:30",
    "2024-01-05 00:00:00.000",
    "2024 - 1 - 5",
    "20240105083000",
]


@pytest.mark.parametrize("text", DRESSES.split() + SPACED)
def test_one_day_in_many_dresses(text: str) -> None:
    assert read_day(text) == (JANUARY_5, None)


OTHERS = [
    pytest.param("2024-02-29", date(2024, 2, 29), None, id="leap day"),
    pytest.param("2023-02-29", None, CellCode.DAY_IMPOSSIBLE, id="no leap year"),
    pytest.param("2024-02-30", None, CellCode.DAY_IMPOSSIBLE, id="30 February"),
    pytest.param("1900-01-00", None, CellCode.DAY_IMPOSSIBLE, id="a spreadsheet's day zero"),
    pytest.param("20241301", None, CellCode.DAY_IMPOSSIBLE, id="month 13"),
    pytest.param("2024年1月", None, CellCode.DAY_INCOMPLETE, id="month only"),
    pytest.param("2024-01", None, CellCode.DAY_INCOMPLETE, id="month only, hyphen"),
    pytest.param("2024年", None, CellCode.DAY_INCOMPLETE, id="year only"),
    pytest.param("2024", None, CellCode.DAY_INCOMPLETE, id="bare year"),
    pytest.param("2099-12-31", None, None, id="open end"),
    pytest.param("9999-9-9", None, None, id="open end of the registry"),
    pytest.param("去年", None, CellCode.DAY_UNREAD, id="words"),
    pytest.param("1/5/24", None, CellCode.DAY_UNREAD, id="day or month first is not certain"),
    pytest.param("30000", date(1982, 2, 18), None, id="first serial taken"),
    pytest.param("29999", None, CellCode.DAY_UNREAD, id="too small for a serial"),
]


@pytest.mark.parametrize(("text", "value", "code"), OTHERS)
def test_other_days(text: str, value: date | None, code: CellCode | None) -> None:
    reading = read_day(text)
    assert (reading.value, reading.finding and reading.finding.code) == (value, code)


def test_column_agrees() -> None:
    assert_agree(
        read_day, read_days, [*DRESSES.split(), *SPACED, None, *(case.values[0] for case in OTHERS)] * 2
    )


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2024", 2024),
        ("2024年", 2024),
        ("２０２４年度", 2024),
        ("2024.0", 2024),
        ("24", None),
        ("2124", None),
    ],
)
def test_year(text: str, year: int | None) -> None:
    reading = read_year(text)
    assert reading.value == year
    assert (reading.finding is None) == (year is not None)
