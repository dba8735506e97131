import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.rules.amount import read_amount, read_amounts
from models.rules.cell import CellCode
from models.rules.chinese_number import number_of
from models.rules.headcount import MOST, read_headcount, read_headcounts
from tests.models.rules.columns_agree import assert_agree

COUNTS = [
    *[pytest.param(text, 25, None, id=text) for text in ("25", "25人", "２５人", "约25", "25.0", "二十五", "25 名", "共25人", "025", "≈25", "近25人")],
    pytest.param("1,200", 1200, None, id="thousands mark"),
    pytest.param("0", 0, None, id="nobody"),
    pytest.param("十", 10, None, id="ten in words"),
    pytest.param("一百零八人", 108, None, id="hundred and eight in words"),
    pytest.param(str(MOST), MOST, None, id="most"),
    pytest.param(str(MOST + 1), None, CellCode.NUMBER_OUT_OF_RANGE, id="one too many"),
    pytest.param("-3", None, CellCode.NUMBER_OUT_OF_RANGE, id="negative"),
    pytest.param("25-30", None, CellCode.NUMBER_UNREAD, id="a span"),
    pytest.param("五六十", None, CellCode.NUMBER_UNREAD, id="an estimate in words"),
    pytest.param("25.5", None, CellCode.NUMBER_UNREAD, id="half a person"),
    pytest.param("1,20", None, CellCode.NUMBER_UNREAD, id="not a thousands mark"),
    pytest.param("十几人", None, CellCode.NUMBER_UNREAD, id="some ten"),
    pytest.param("若干", None, CellCode.NUMBER_UNREAD, id="some"),
    pytest.param("10人以上", None, CellCode.NUMBER_UNREAD, id="at least ten"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value", "code"), COUNTS)
def test_headcount(text: str, value: int | None, code: CellCode | None) -> None:
    reading = read_headcount(text)
    assert (reading.value, reading.finding and reading.finding.code) == (value, code)


AMOUNTS = [
    pytest.param("1200", 1200.0, id="plain"),
    pytest.param("1,200.50 万元", 1200.5, id="unit and marks"),
    pytest.param("1.2亿元", 12_000.0, id="亿"),
    pytest.param("30000元", 3.0, id="元"),
    pytest.param("1.2E4", 12_000.0, id="scientific"),
    pytest.param("-5", None, id="negative"),
    pytest.param("很多", None, id="words"),
    pytest.param("inf", None, id="inf"),
]


@pytest.mark.parametrize(("text", "value"), AMOUNTS)
def test_amount(text: str, value: float | None) -> None:
    reading = read_amount(text)
    assert reading.value == (None if value is None else pytest.approx(value))
    assert (reading.finding is None) == (value is not None)


WORDS = [
    ("十二", 12),
    ("二十", 20),
    ("两千三百", 2300),
    ("一千零五", 1005),
    ("一万二千", 12_000),
    ("二〇二四", 2024),
]


@pytest.mark.parametrize(("words", "number"), WORDS)
def test_number_in_words(words: str, number: int) -> None:
    assert number_of(words) == number


@pytest.mark.parametrize("words", ["五六十", "三五", "十十", "百千", "万", "", "25", "零十"])
def test_no_number(words: str) -> None:
    assert number_of(words) is None


TEXTS = st.lists(
    st.one_of(
        st.text("0123456789.,-人约 二十百零万元E１２", min_size=1, max_size=9), st.text(min_size=1), st.none()
    ),
    max_size=30,
)


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_columns_agree(texts: list[str | None]) -> None:
    assert_agree(read_headcount, read_headcounts, texts)
    assert_agree(read_amount, read_amounts, texts)
