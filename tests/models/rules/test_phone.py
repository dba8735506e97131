import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.rules.cell import CellCode
from models.rules.phone import read_phone, read_phones

PHONES = [
    pytest.param("13877212345", "13877212345", None, id="mobile"),
    pytest.param("138 7721 2345", "13877212345", None, id="mobile with blanks"),
    pytest.param("+86-13877212345", "13877212345", None, id="country code"),
    pytest.param("１３８７７２１２３４５", "13877212345", None, id="full width"),
    pytest.param("13877212345.0", "13877212345", None, id="as a number"),
    pytest.param("0772-3712345", "0772-3712345", None, id="landline"),
    pytest.param("(0772)3712345", "0772-3712345", None, id="area in brackets"),
    pytest.param("07723712345转801", "0772-3712345", None, id="extension"),
    pytest.param("0772-3712345-801", "0772-3712345", None, id="extension after a hyphen"),
    pytest.param("010-62345678", "010-62345678", None, id="other area"),
    pytest.param("7723712345", "0772-3712345", CellCode.PHONE_REPAIRED, id="zero lost"),
    pytest.param("772-3712345", "0772-3712345", CellCode.PHONE_REPAIRED, id="zero lost, hyphen"),
    pytest.param("3712345", "0772-3712345", CellCode.PHONE_REPAIRED, id="no area"),
    pytest.param("371-2345", "0772-3712345", CellCode.PHONE_REPAIRED, id="no area, hyphen"),
    pytest.param("400-123-4567", "4001234567", None, id="service number"),
    pytest.param("0772-3712345/13877212345", "0772-3712345", None, id="first of two"),
    pytest.param("12345、13877212345", "13877212345", None, id="first valid of two"),
    pytest.param("张三13877212345", "13877212345", None, id="a name before"),
    pytest.param("13877212345（张三）", "13877212345", None, id="a name behind"),
    pytest.param("电话：0772-3712345", "0772-3712345", None, id="label"),
    pytest.param("0772-3712345.0", "0772-3712345", None, id="landline as a number"),
    pytest.param("13877212345或15177212345", "13877212345", None, id="或"),
    pytest.param("1387721234", None, CellCode.PHONE_UNREAD, id="mobile, one short"),
    pytest.param("12345678901", None, CellCode.PHONE_UNREAD, id="no such mobile"),
]


@pytest.mark.parametrize(("text", "value", "code"), PHONES)
def test_phone(text: str, value: str | None, code: CellCode | None) -> None:
    reading = read_phone(text)
    assert (reading.value, reading.finding and reading.finding.code) == (value, code)


def test_a_number_is_never_told() -> None:
    findings = read_phones(pl.Series(["1387721234", "3712345", "138"])).findings
    assert len(findings) == 3
    assert findings["value"].null_count() == 3
    assert not findings["message"].str.contains("1387721234|3712345").any()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(st.text("0127358-/、 +()转", max_size=13), st.from_regex(r"\A1[2-9][0-9]{8,10}\Z")),
        max_size=30,
    )
)
def test_column_agrees(texts: list[str]) -> None:
    assert read_phones(pl.Series(texts, dtype=pl.String)).values.to_list() == [
        read_phone(text).value for text in texts
    ]
