"""In which indicator a unit counts (C02-C04, Q8)."""

from datetime import date
from typing import Any

import pytest

from models.campaign_parts import Indicator
from models.rules.indicators import counts_in


def make_indicator(**changes: Any) -> Indicator:
    given = {"key": "I3", "name": "严重行业10人及以上", "due": date(2025, 12, 31), "target_percent": 100}
    return Indicator(**given | changes)


TEN_PLUS = make_indicator(severe_sectors=True, min_headcount=10)
UNION = make_indicator(programmes=("treatment", "assistance"))


@pytest.mark.parametrize(("headcount", "counts"), [(9, False), (10, True), (11, True), (None, True)])
def test_ten_persons_and_unknown_stays(headcount: int | None, counts: bool) -> None:
    assert counts_in(TEN_PLUS, sector="mining", programmes=[], headcount=headcount) is counts


def test_unknown_size_leaves_when_the_file_says_so() -> None:
    strict = make_indicator(severe_sectors=True, min_headcount=10, keep_unknown_headcount=False)
    assert not counts_in(strict, sector="mining", programmes=[], headcount=None)


@pytest.mark.parametrize(
    ("programmes", "counts"),
    [([], False), (["monitoring"], False), (["assistance"], True), (["assistance", "treatment"], True)],
)
def test_union_counts_a_unit_once_whatever_its_lists(programmes: list[str], counts: bool) -> None:
    assert counts_in(UNION, sector="mining", programmes=programmes, headcount=5) is counts


def test_no_sector_no_severe_indicator() -> None:
    assert not counts_in(TEN_PLUS, sector=None, programmes=["treatment"], headcount=500)
