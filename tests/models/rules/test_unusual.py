"""The last and the first working days around a cut, and when removals are many (issue 6)."""

from datetime import date

import pytest

from models.rules.unusual import Removal, first_days, hurried_removals, last_days
from tests.make_targets import campaign_on_file

CUT = date(2024, 9, 30)  # Monday; Sunday 29 is a make-up working day, Saturday 28 is not
CALENDAR = campaign_on_file().calendar


def removals(county: str, **days: int) -> list[Removal]:
    numbers = iter(range(1, 100))
    return [
        Removal(county, next(numbers), date(2024, 9, int(day[1:])))
        for day, count in days.items()
        for _ in range(count)
    ]


def test_days_around_the_cut_know_make_up_days_and_holidays() -> None:
    assert last_days(CUT, CALENDAR) == date(2024, 9, 27)
    assert first_days(CUT, CALENDAR) == date(2024, 10, 12)  # 1 to 7 are holidays, Saturday 12 is worked


@pytest.mark.parametrize(
    ("days", "late"),
    [
        pytest.param({"d27": 5}, 5, id="all of them on the last days"),
        pytest.param({"d10": 5, "d27": 5}, 5, id="just half"),
        pytest.param({"d10": 6, "d27": 5}, None, id="less than half"),
        pytest.param({"d30": 4}, None, id="a few are everyday work"),
        pytest.param({"d26": 9}, None, id="a day before"),
    ],
)
def test_removals_before_the_cut(days: dict[str, int], late: int | None) -> None:
    found = hurried_removals(removals("450206", **days), CUT, CALENDAR)
    assert [one.late for one in found] == ([] if late is None else [late])
    if found:
        assert len(found[0].units) == late
        assert found[0].month == sum(days.values())


def test_each_county_by_itself() -> None:
    both = removals("450206", d27=3) + removals("450205", d27=3)
    assert hurried_removals(both, CUT, CALENDAR) == []
