import polars as pl
import pytest
from hypothesis import given as given_by
from hypothesis import settings
from hypothesis import strategies as st

from models.rules.blank import EDGES, MEANS_NOTHING, given, given_column

CASES = [
    *[pytest.param(text, None, id=repr(text)) for text in ("", "  ", "无", "\\n", "\n", "NULL", " / ", "—", "\u3000\u200b", "N/A")],
    pytest.param(" 柳州\u3000", "柳州", id="outer blanks"),
    pytest.param("\ufeff柳 州", "柳 州", id="inner blanks stay"),
    pytest.param("无锡市", "无锡市", id="无 inside a word"),
    pytest.param("0", "0", id="zero is something"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), CASES)
def test_given(text: str, value: str | None) -> None:
    assert given(text) == value


TEXTS = st.lists(
    st.one_of(st.sampled_from([*MEANS_NOTHING]), st.text(EDGES + "无a/"), st.text(), st.none()), max_size=20
)


@settings(max_examples=80, deadline=None)
@given_by(TEXTS)
def test_column_agrees(texts: list[str | None]) -> None:
    assert given_column(pl.Series(texts, dtype=pl.String)).to_list() == [given(text) for text in texts]
