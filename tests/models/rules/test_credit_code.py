import csv
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.cn import uscc

from models.rules.cell import CellCode
from models.rules.credit_code import (
    ALPHABET,
    is_credit_code,
    read_credit_code,
    read_credit_codes,
    read_either_codes,
    read_parent_code,
)
from tests.models.rules.columns_agree import assert_agree

VECTORS = list(
    csv.DictReader((Path(__file__).parents[2] / "data/uscc_test_vectors.csv").open(encoding="utf-8"))
)
VALID = [row["uscc"] for row in VECTORS if row["valid"] == "1"]


def test_agrees_with_stdnum_on_real_and_broken_codes() -> None:
    judged = {row["uscc"]: (row["valid"] == "1", uscc.is_valid(row["uscc"])) for row in VECTORS}
    assert {code: (is_credit_code(code), is_credit_code(code)) for code in judged} == judged


@pytest.mark.parametrize("row", VECTORS[:5] + VECTORS[118:], ids=lambda row: row["uscc"])
def test_reads_vectors(row: dict[str, str]) -> None:
    reading = read_credit_code(row["uscc"])
    assert reading.value == (row["uscc"] if row["valid"] == "1" else None)
    assert (reading.finding is None) == (row["valid"] == "1")


REPAIRED = [
    pytest.param("91330203674737244w", "91330203674737244W", id="lower case"),
    pytest.param("９１３３０２０３６７４７３７２４４Ｗ", "91330203674737244W", id="full width"),
    pytest.param("9133 0203 6747 3724 4W", "91330203674737244W", id="spaces"),
    pytest.param("91330203-674737244-W", "91330203674737244W", id="hyphens"),
    pytest.param("\u200b91330203674737244W", "91330203674737244W", id="zero width"),
]


@pytest.mark.parametrize(("text", "code"), REPAIRED)
def test_certain_repairs_are_made_and_said(text: str, code: str) -> None:
    reading = read_credit_code(text)
    assert reading.value == code
    assert reading.finding
    assert reading.finding.code is CellCode.CREDIT_CODE_REPAIRED


BROKEN = [
    pytest.param("914S0204735151002J", CellCode.CREDIT_CODE_CONFUSED, "91450204735151002J", id="S for 5"),
    pytest.param("914502O4735151002J", CellCode.CREDIT_CODE_CONFUSED, "91450204735151002J", id="O for 0"),
    pytest.param("91450204735I5I002J", CellCode.CREDIT_CODE_CONFUSED, "91450204735151002J", id="two I for 1"),
    pytest.param(
        "9I450204735151003J",
        CellCode.CREDIT_CODE_CONFUSED,
        "对照营业执照",
        id="I and a wrong digit: no suggestion",
    ),
    pytest.param("914502047351510023", CellCode.CREDIT_CODE_CHECK, "校验位", id="check digit"),
    pytest.param("9.14502047351510E+17", CellCode.CREDIT_CODE_LOST_DIGITS, "末位已丢失", id="scientific"),
    pytest.param("9E+17", CellCode.CREDIT_CODE_LOST_DIGITS, "末位已丢失", id="short scientific"),
    pytest.param("914502047351510000", CellCode.CREDIT_CODE_LOST_DIGITS, "末位已丢失", id="zeros at the end"),
    pytest.param("914502007351842496.0", CellCode.CREDIT_CODE_LOST_DIGITS, "末位已丢失", id="float"),
    pytest.param("91450204735151002", CellCode.CREDIT_CODE_SHAPE, "17位", id="one short"),
    pytest.param("柳州市某某有限公司", CellCode.CREDIT_CODE_SHAPE, "18位", id="a name"),
    pytest.param("91A50204735151002J", CellCode.CREDIT_CODE_SHAPE, "不允许", id="letter in the division"),
]


@pytest.mark.parametrize(("text", "code", "says"), BROKEN)
def test_what_is_not_certain_stays_null_and_is_told(text: str, code: CellCode, says: str) -> None:
    value, finding = read_credit_code(text)
    assert value is None
    assert finding
    assert finding.code is code
    assert says in finding.message


@pytest.mark.parametrize(
    "text", ["000000000000000000", "XXXXXXXXXXXXXXXXXX", "X", "11111111111111111", "000000X", "---"]
)
def test_place_holders_mean_nothing(text: str) -> None:
    assert read_credit_code(text) == (None, None)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("330203000030639", "330203000030639"),
        ("73515100-2", "735151002"),
        ("330203000030639.0", "330203000030639"),
    ],
)
def test_legacy_number_in_the_code_column_is_kept_and_told(text: str, number: str) -> None:
    value, finding = read_credit_code(text)
    assert value == number
    assert finding
    assert finding.code is CellCode.CREDIT_CODE_IS_LEGACY


@pytest.mark.parametrize(
    ("text", "value", "told"),
    [
        pytest.param("91450204735151002J", "91450204735151002J", False, id="credit code"),
        pytest.param("4502060000003700", None, False, id="the regulator's own key is no fault"),
        pytest.param("330203000030639", None, True, id="legacy number"),
    ],
)
def test_parent_code(text: str, value: str | None, told: bool) -> None:
    reading = read_parent_code(text)
    assert (reading.value, reading.finding is not None) == (value, told)


def test_exponent_like_code_is_a_code() -> None:
    """Eighteen characters with a single E are no number in scientific notation."""
    body = "91450200735E35100"
    code = next(body + last for last in ALPHABET if is_credit_code(body + last))
    assert read_credit_code(code) == (code, None)


def test_a_code_among_legacy_numbers_is_found() -> None:
    column = read_either_codes(pl.Series([VALID[0], "330203000030639", None]))
    assert column.values.to_list() == [VALID[0], "330203000030639", None]


TEXTS = st.one_of(
    st.sampled_from([row["uscc"] for row in VECTORS]),
    st.sampled_from(VALID).map(str.lower),
    st.text(ALPHABET + "IOSZVx ０-.", min_size=15, max_size=20),
    st.text("01X", max_size=18),
    st.text(max_size=18),
    st.none(),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS, max_size=30))
def test_column_agrees(texts: list[str | None]) -> None:
    assert_agree(read_credit_code, read_credit_codes, texts)
