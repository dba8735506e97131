"""F22, M05: a county of the list, on its days, and the town in it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from models.rules.checks.county import check
from models.rules.code_lists import Division
from tests.make_forms import lists, make_case
from tests.models.rules.checks.said import both_values

NEW_ZONE, OLD_COUNTY = "450271", "450221"
DIVISIONS = {
    NEW_ZONE: Division("柳东新区", since=date(2024, 10, 1)),
    OLD_COUNTY: Division("柳江县", until=date(2016, 3, 1)),
}
WIDER = replace(lists(), counties={**lists().counties, **DIVISIONS})


@pytest.mark.parametrize(
    ("changes", "on", "expected"),
    [
        pytest.param({}, date(2024, 9, 2), [], id="现行县区"),
        pytest.param({"basics.town": None}, date(2024, 9, 2), [], id="乡镇可空"),
        pytest.param(
            {"basics.town": "450205001"}, date(2024, 9, 2), [("450205001", "柳江区")], id="乡镇在别区"
        ),
        pytest.param(
            {"basics.town": "450206999"}, date(2024, 9, 2), [("450206999", "柳江区")], id="没有的乡镇"
        ),
        pytest.param(
            {"basics.county": NEW_ZONE, "basics.town": None},
            date(2024, 9, 30),
            [(NEW_ZONE, "2024-10-01")],
            id="新区设立前",
        ),
        pytest.param(
            {"basics.county": NEW_ZONE, "basics.town": None}, date(2024, 10, 1), [], id="新区设立当天"
        ),
        pytest.param(
            {"basics.county": OLD_COUNTY, "basics.town": None},
            date(2024, 9, 2),
            [(OLD_COUNTY, "2016-03-01")],
            id="已撤的县",
        ),
        pytest.param({"basics.county": None}, date(2024, 9, 2), [], id="没有填由F12说"),
    ],
)
def test_the_county_exists_on_the_day(changes: dict[str, Any], on: date, expected: list[Any]) -> None:
    assert both_values(check(make_case(changes, on=on, lists=WIDER))) == expected


def test_an_unknown_code_is_told_with_the_lists_version() -> None:
    (found,) = check(make_case({"basics.county": "450299"}))
    assert found.against == f"区划代码表 {lists().versions['县（区）']}"
