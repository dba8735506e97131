"""The same units from the same seed; shares in proportion, and nobody left out for being few (C19)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.survey import allocate, draw

A, B, C = ("a",), ("b",), ("c",)


@pytest.mark.parametrize(
    ("sizes", "wanted", "expected"),
    [
        pytest.param({A: 50, B: 50}, 10, {A: 5, B: 5}, id="halves"),
        pytest.param({A: 98, B: 1, C: 1}, 10, {A: 8, B: 1, C: 1}, id="one of each of the small"),
        pytest.param({A: 3, B: 2}, 10, {A: 3, B: 2}, id="no more than there are"),
        pytest.param({A: 3, B: 0}, 2, {A: 2, B: 0}, id="nothing from nothing"),
        pytest.param({A: 5, B: 9, C: 7}, 2, {A: 0, B: 1, C: 1}, id="fewer than strata: the big ones"),
        pytest.param({A: 3, B: 3, C: 3}, 7, {A: 3, B: 2, C: 2}, id="an equal remainder goes by name"),
    ],
)
def test_shares(sizes: dict[tuple[str], int], wanted: int, expected: dict[tuple[str], int]) -> None:
    assert allocate(sizes, wanted) == expected


@given(st.dictionaries(st.tuples(st.text(max_size=3)), st.integers(0, 50), max_size=12), st.integers(0, 400))
def test_shares_add_up(sizes: dict[tuple[str], int], wanted: int) -> None:
    given_shares = allocate(sizes, wanted)
    assert sum(given_shares.values()) == min(wanted, sum(sizes.values()))
    assert all(0 <= given_shares[key] <= size for key, size in sizes.items())
    nonempty = [key for key, size in sizes.items() if size]
    if wanted >= len(nonempty):
        assert all(given_shares[key] for key in nonempty)


def test_a_seed_draws_the_same_whatever_the_order() -> None:
    units = list(range(1, 101))
    once = draw({A: units}, 20, 7, salt="2024")
    assert once == draw({A: units[::-1]}, 20, 7, salt="2024")
    assert once != draw({A: units}, 20, 8, salt="2024")
    assert once != draw({A: units}, 20, 7, salt="2025")


def test_a_unit_that_joins_moves_nobody_out_but_the_last() -> None:
    before = draw({A: range(1, 101)}, 20, 7)[A].units
    after = draw({A: range(1, 102)}, 20, 7)[A].units
    assert len(set(before) - set(after)) <= 1
