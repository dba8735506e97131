"""The order of work (C21): severity, then size, then age."""

import random
from datetime import date

import pytest

from models.rules.work_order import AGE_UNKNOWN, Criterion, age_rank, severity_rank, size_rank, work_order

ORDER: tuple[Criterion, ...] = ("severity", "size", "age")


def number(sector: str | None, risk: str | None, size: str | None, established_on: date | None) -> int:
    ranks: dict[Criterion, int] = {
        "severity": severity_rank(sector, risk),
        "size": size_rank(size, None),
        "age": age_rank(established_on),
    }
    return work_order(ranks, ORDER)


def test_order_is_the_plans() -> None:
    right = [
        ("mining", "严重", "大", date(2010, 1, 1)),
        ("mining", "严重", "大", date(2015, 1, 1)),
        ("mining", "严重", "大", None),
        ("mining", "一般", "中", date(1990, 1, 1)),
        ("mining", None, "微", None),
        ("mining", None, None, date(1950, 1, 1)),
        (None, "严重", "大", date(2010, 1, 1)),
        (None, "一般", "大", date(2010, 1, 1)),
        (None, None, "小", date(2010, 1, 1)),
    ]
    shuffled = random.Random(7).sample(right, len(right))
    assert sorted(shuffled, key=lambda unit: number(*unit)) == right


def test_the_campaign_may_put_size_first() -> None:
    small_severe: dict[Criterion, int] = {"severity": 0, "size": 3, "age": 5}
    big_mild: dict[Criterion, int] = {"severity": 2, "size": 0, "age": 5}
    by_size: tuple[Criterion, ...] = ("size", "severity", "age")
    assert work_order(small_severe, ORDER) < work_order(big_mild, ORDER)
    assert work_order(small_severe, by_size) > work_order(big_mild, by_size)


@pytest.mark.parametrize(
    ("size", "headcount", "rank"),
    [
        ("大", 5, 0),
        ("微", 5000, 3),
        (None, 1000, 0),
        (None, 999, 1),
        (None, 300, 1),
        (None, 299, 2),
        (None, 20, 2),
        (None, 19, 3),
        (None, 0, 3),
        (None, None, 4),
    ],
)
def test_size_rank(size: str | None, headcount: int | None, rank: int) -> None:
    assert size_rank(size, headcount) == rank


@pytest.mark.parametrize(
    ("established_on", "rank"),
    [
        (date(1900, 1, 1), 0),
        (date(1850, 1, 1), 0),
        (date(1900, 1, 2), 1),
        (date(9999, 12, 31), AGE_UNKNOWN - 1),
        (None, AGE_UNKNOWN),
    ],
)
def test_age_rank(established_on: date | None, rank: int) -> None:
    assert age_rank(established_on) == rank
