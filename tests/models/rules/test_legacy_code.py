import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.iso7064 import mod_11_10

from models.rules.cell import CellCode
from models.rules.columns import Column
from models.rules.legacy_code import legacy_code, organisation_check, read_legacy_codes
from tests.models.rules.columns_agree import assert_agree

CASES = [
    pytest.param("330203000030639", "330203000030639", None, id="real"),
    pytest.param(
        "330203000030638", "330203000030638", CellCode.LEGACY_CODE_CHECK, id="wrong check digit is kept"
    ),
    pytest.param("330203000030639.0", "330203000030639", None, id="as a number"),
    pytest.param("３３０２０３０００03 0639", "330203000030639", None, id="full width and space"),
    pytest.param("73515100-2", "735151002", None, id="organisation code"),
    pytest.param("73515100-3", None, CellCode.LEGACY_CODE_SHAPE, id="organisation code, wrong check"),
    pytest.param("4502002800123", None, CellCode.LEGACY_CODE_SHAPE, id="13 digits"),
    pytest.param("000000000000000", None, None, id="place holder"),
]


@pytest.mark.parametrize(("text", "value", "code"), CASES)
def test_legacy_code(text: str, value: str | None, code: CellCode | None) -> None:
    reading = legacy_code(text)
    assert (reading.value, reading.finding and reading.finding.code) == (value, code)


@pytest.mark.parametrize("code", ["735151002", "73514846-0", "73761156X", "MA282C335"])
def test_organisation_check_of_real_codes(code: str) -> None:
    """The ninth characters of organisation codes inside real credit codes (positions 9–17)."""
    tidy = code.replace("-", "")
    assert organisation_check(tidy[:8]) == tidy[8]


def _read(texts: pl.Series) -> Column:
    return read_legacy_codes(texts, others=pl.repeat(None, len(texts), dtype=pl.String, eager=True))


NUMBERS = st.text("0123456789", min_size=14, max_size=14)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(
            NUMBERS.map(lambda n: n + mod_11_10.calc_check_digit(n)),
            NUMBERS.map(lambda n: n + "5"),
            st.text("0123x:/", max_size=15),
            st.none(),
        )
    )
)
def test_column_agrees(texts: list[str | None]) -> None:
    assert_agree(legacy_code, _read, texts)
