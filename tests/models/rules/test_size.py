import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import reference
from models.rules.size import BOUNDS, UNREAD, read_size, size_of, sizes_of

WRITTEN = [
    *[pytest.param(text, "小", id=text) for text in ("小", "小型", "小型企业", "3", "3.0", "Ｓ", "小 型")],
    pytest.param("大型企业", "大", id="大型企业"),
    pytest.param("中型", "中", id="中型"),
    pytest.param("微型企业", "微", id="微型企业"),
    pytest.param("4", "微", id="code 4"),
]


@pytest.mark.parametrize(("text", "size"), WRITTEN)
def test_written_size(text: str, size: str) -> None:
    assert read_size(text) == (size, None)


@pytest.mark.parametrize("text", ["小微", "小微企业", "中小型", "规上", "6"])
def test_unclear_size(text: str) -> None:
    assert read_size(text) == (None, UNREAD)


@pytest.mark.parametrize("text", ["5", "不详"])
def test_size_said_to_be_unknown(text: str) -> None:
    assert read_size(text) == (None, None)


# 国统字〔2017〕213号: both sides of every bound of 工业, then one of each other sort
RULE = [
    pytest.param("3110", 1000, 40_000, None, "大", id="industry, lowest 大"),
    pytest.param("3110", 999, 40_000, None, "中", id="one person less"),
    pytest.param("3110", 1000, 39_999, None, "中", id="a little less revenue"),
    pytest.param("31", 300, 2000, None, "中", id="industry, lowest 中"),
    pytest.param("31", 299, 2000, None, "小", id="below 中 by persons"),
    pytest.param("31", 300, 1999, None, "小", id="below 中 by revenue"),
    pytest.param("06", 20, 300, None, "小", id="industry, lowest 小"),
    pytest.param("06", 19, 99_999, None, "微", id="微 by persons alone"),
    pytest.param("06", 5000, 299, None, "微", id="微 by revenue alone"),
    pytest.param("06", 19, None, None, "微", id="微 needs one figure only"),
    pytest.param("06", 20, None, None, None, id="revenue missing: not guessed"),
    pytest.param("06", None, 5000, None, None, id="persons missing: not guessed"),
    pytest.param("4710", None, 80_000, 80_000, "大", id="building"),
    pytest.param("4710", None, 80_000, 4999, "小", id="building, by assets"),
    pytest.param("4710", None, 80_000, None, None, id="building without assets"),
    pytest.param("0111", None, 500, None, "中", id="farming by revenue"),
    pytest.param("5111", 20, 5000, None, "中", id="wholesale"),
    pytest.param("5211", 50, 499, None, "小", id="retail"),
    pytest.param("5430", 300, 3000, None, "中", id="road transport"),
    pytest.param("5910", 300, 3000, None, "中", id="loading counts as transport"),
    pytest.param("5920", 200, 30_000, None, "大", id="storage"),
    pytest.param("6110", 300, 10_000, None, "大", id="hotel"),
    pytest.param("6311", 2000, 100_000, None, "大", id="telecoms"),
    pytest.param("6510", 300, 10_000, None, "大", id="software"),
    pytest.param("7010", None, 1000, 5000, "中", id="property development"),
    pytest.param("7020", 300, 1000, None, "中", id="property management"),
    pytest.param("7111", 100, None, 8000, "中", id="leasing"),
    pytest.param("7310", 100, None, None, "中", id="other trades by persons"),
    pytest.param("5310", 5000, 99_999, 99_999, None, id="railways are not in the rule"),
    pytest.param("8411", 5000, 99_999, 99_999, None, id="hospitals are not in the rule"),
    pytest.param(None, 5, 5, 5, None, id="industry unknown"),
]


@pytest.mark.parametrize(("industry", "persons", "revenue", "assets", "size"), RULE)
def test_statistical_rule(
    industry: str | None, persons: int | None, revenue: float | None, assets: float | None, size: str | None
) -> None:
    assert size_of(industry, persons, revenue, assets) == size


def test_bounds_rise_and_speak_of_real_industries() -> None:
    assert set(BOUNDS) <= set(reference.industries()["code"])
    for limits in (limits for bounds in BOUNDS.values() for limits in bounds if limits):
        assert limits[0] < limits[1] < limits[2]


FIGURES = st.one_of(st.none(), st.sampled_from([0, 5, 19, 20, 299, 300, 1000, 2000, 40_000, 80_000]))
ROWS = st.tuples(st.sampled_from([*BOUNDS, "2411", "5310", "59", "7010", None]), FIGURES, FIGURES, FIGURES)


@settings(max_examples=60, deadline=None)
@given(st.lists(ROWS, max_size=40))
def test_columns_agree(rows: list[tuple[str | None, int | None, int | None, int | None]]) -> None:
    schema = {"industry": pl.String, "persons": pl.Int32, "revenue": pl.Float64, "assets": pl.Float64}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    assert sizes_of(*frame.get_columns()).to_list() == [size_of(*row) for row in rows]
