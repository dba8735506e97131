"""What is worked out from the counts: rates, change on the month before, ranks, the city's line (1.7, 2.5)."""

from datetime import date

import pytest

from models.rules.figure_words import definition, figure_name
from models.rules.figures import Cause, Line, derived, total, with_ranks, without_baseline
from models.rules.months import last_of, month_before
from models.rules.rate import Rate, points
from tests.make_targets import campaign_on_file

ZERO = dict.fromkeys(("r", "r_declared", "r_pending", "b", "a", "x", "d", "p"), 0)


def line(county: str = "450206", before: dict[str, int] | None = None, **counts: int) -> Line:
    return Line(county, county, derived(ZERO | counts), before=before and derived(ZERO | before))


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        pytest.param(Rate(2, 3), Rate(1, 3), "+33.33", id="up"),
        pytest.param(Rate(1, 3), Rate(2, 3), "-33.33", id="down"),
        pytest.param(Rate(1, 2), Rate(2, 4), "0.00", id="same"),
        pytest.param(Rate(1, 40_000), Rate(0, 1), "0.00", id="below half of a hundredth"),
        pytest.param(Rate(1, 20_000), Rate(0, 1), "+0.01", id="half a hundredth goes up"),
        pytest.param(Rate(0, 1), Rate(1, 20_000), "-0.01", id="by magnitude"),
        pytest.param(Rate(1, 2), Rate(0, 0), "—", id="nothing to divide by"),
        pytest.param(Rate(1, 2), None, "—", id="no month before"),
    ],
)
def test_change_is_rounded_once(now: Rate, before: Rate | None, said: str) -> None:
    assert points(now, before) == said


def test_rates_of_a_line() -> None:
    one = line(r=8, r_declared=5, b=10, a=2, x=3, d=4, p=1, before={"b": 10, "d": 3})
    assert (one["n"], one["u"], one["undeclared"]) == (9, 5, 4)
    assert [str(rate) for rate in (one.r_rate, one.done, one.removed, one.worked)] == [
        "62.50%",
        "44.44%",
        "25.00%",
        "58.33%",
    ]
    assert (one.change, one.u_change) == ("+14.44", -2)


def test_before_the_baseline_everything_of_n_is_undefined() -> None:
    bare = Line("450206", "柳江区", without_baseline(derived(ZERO | {"r": 3})))
    assert (bare.based, bare.done, bare.worked, bare.removed, bare.change, bare.u_change) == (
        False,
        None,
        None,
        None,
        "—",
        None,
    )
    assert (bare["r"], bare["n"]) == (3, None)
    city = total([bare, line(b=2, r=1)], "合计")
    assert (city["r"], city["n"], city.based) == (4, 2, True)


@pytest.mark.parametrize(
    ("lines", "ranks"),
    [
        pytest.param([("1", 4, 2), ("2", 4, 3)], {"1": 2, "2": 1}, id="by rate"),
        pytest.param([("1", 8, 4), ("2", 4, 2)], {"1": 2, "2": 1}, id="fewer undeclared first"),
        pytest.param([("2", 4, 2), ("1", 4, 2)], {"1": 1, "2": 2}, id="then the code"),
        pytest.param([("1", 0, 0), ("2", 4, 0)], {"1": None, "2": 1}, id="N = 0 is unranked"),
        pytest.param([("", 4, 4), ("2", 4, 0)], {"": None, "2": 1}, id="nobody's county is unranked"),
    ],
)
def test_ranks(lines: list[tuple[str, int, int]], ranks: dict[str, int | None]) -> None:
    ranked = with_ranks(line(county, b=b, d=d) for county, b, d in lines)
    assert {one.county: one.rank for one in ranked} == ranks


def test_every_figure_has_a_name_and_a_definition() -> None:
    keys = [
        "r",
        "undeclared",
        "I3",
        "I1/declared",
        "sector:mining",
        "extra:汽车制造",
        "work:visits",
        "cause:added",
    ]
    told = [(figure_name(key, campaign_on_file()), definition(key, campaign_on_file())) for key in keys]
    assert all(name and meaning for name, meaning in told)
    assert [name for name, _ in told][2:4] == [
        "严重行业10人及以上单位申报率（I3）",
        "严重行业申报率（I1）（已申报）",
    ]


def test_months_and_signs() -> None:
    assert (last_of("2024-02"), month_before(date(2024, 3, 31))) == (date(2024, 2, 29), date(2024, 2, 29))
    assert month_before(date(2025, 1, 1)) == date(2024, 12, 31)
    assert {one for one in Cause if one.sign < 0} == {
        "approved",
        "removed",
        "moved_out",
        "withdrawn",
        "relinked",
    }
