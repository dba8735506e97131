"""Periods, shares and changes of the quality of declarations (C05); numbers held against F10 and F11 once more."""

from datetime import date, timedelta
from typing import Any

import pytest

from models.rules.recheck import UNREAD, recheck
from models.rules.review_list import review_due
from models.rules.review_quality import FIGURES, Figure, Period, QualityLine, last_late, period_of
from tests.make_forms import lists, make_document
from tests.make_targets import campaign_on_file

CALENDAR = campaign_on_file().calendar
SHARE, COUNT = Figure("rejected", "审核不通过", "decided"), Figure("decided", "审核决定")


@pytest.mark.parametrize(
    ("month", "as_of", "since", "until"),
    [
        pytest.param(date(2024, 9, 9), date(2024, 10, 5), date(2024, 9, 1), date(2024, 9, 30), id="过完的月"),
        pytest.param(date(2024, 9, 1), date(2024, 9, 9), date(2024, 9, 1), date(2024, 9, 9), id="到当天为止"),
        pytest.param(date(2024, 2, 1), date(2024, 12, 1), date(2024, 2, 1), date(2024, 2, 29), id="闰年二月"),
        pytest.param(date(2024, 12, 31), date(2025, 1, 1), date(2024, 12, 1), date(2024, 12, 31), id="年末"),
    ],
)
def test_a_period_is_a_month_as_far_as_it_went(month: date, as_of: date, since: date, until: date) -> None:
    assert period_of(month, as_of) == Period(since, until)


def test_the_period_before_is_the_whole_month_before() -> None:
    assert Period(date(2025, 1, 1), date(2025, 1, 9)).before == Period(date(2024, 12, 1), date(2024, 12, 31))


def test_whoever_is_late_is_exactly_who_is_past_five_working_days() -> None:
    """Every day of two years against the definition, holidays and make-up days among them."""
    for offset in range(0, 700, 3):
        day = date(2024, 1, 10) + timedelta(days=offset)
        since = last_late(day, CALENDAR)
        assert review_due(since, CALENDAR) < day <= review_due(since + timedelta(days=1), CALENDAR)


LINES = {
    "上升": ((1, 4), (0, 4), "25.00%", "+25.00", "0"),
    "下降": ((1, 3), (1, 2), "33.33%", "-16.67", "+1"),
    "本期没有分母": ((0, 0), (1, 2), None, "—", "-2"),
    "上期没有分母": ((1, 2), (0, 0), "50.00%", "—", "+2"),
}


@pytest.mark.parametrize(("now", "before", "share", "points", "more"), LINES.values(), ids=LINES)
def test_a_share_and_its_change(
    now: tuple[int, int], before: tuple[int, int], share: str | None, points: str, more: str
) -> None:
    counts = [dict(zip(("rejected", "decided"), pair, strict=True)) for pair in (now, before)]
    row = QualityLine("450206", "柳江区", *counts).as_row((SHARE, COUNT))
    assert row["rejected"] == {"count": now[0], "before": before[0], "share": share, "change": points}
    assert (row["decided"]["share"], row["decided"]["change"]) == (None, more)


def test_every_share_is_of_a_figure_that_exists() -> None:
    keys = [figure.key for figure in FIGURES]
    assert len(keys) == len(set(keys))
    assert {figure.of for figure in FIGURES if figure.of} <= set(keys)


ONLY_OTHER = {f"hazards.{one}.present": False for one in ("dust", "physical")} | {
    "hazards.other.present": True
}
RECHECKS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "没有错": ({}, []),
    "F11 等于": ({"basics.exposed": 20}, []),
    "F11 少一": ({"basics.exposed": 19}, ["E1614"]),
    "F10 只有其他因素却开展监护": (ONLY_OTHER, ["E1613"]),
    "别的错不算": ({"basics.phone": None}, []),
    "读不出": ({"basics.exposed": "很多"}, [UNREAD]),
}


@pytest.mark.parametrize(("changes", "found"), RECHECKS.values(), ids=RECHECKS)
def test_what_was_approved_is_held_against_the_rules_again(changes: dict[str, Any], found: list[str]) -> None:
    assert recheck(make_document(changes), date(2024, 9, 2), lists()) == found
