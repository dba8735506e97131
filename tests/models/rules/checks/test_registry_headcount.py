"""C05: ten persons and three in ten."""

from typing import Any

import pytest

from models.rules.checking import Facts
from models.rules.checks.registry_headcount import check
from tests.make_forms import make_case
from tests.models.rules.checks.said import both_values


@pytest.mark.parametrize(
    ("changes", "known", "expected"),
    [
        pytest.param({}, {"unit": Facts(headcount=25)}, [], id="一致"),
        pytest.param({}, {"unit": Facts(headcount=16)}, [], id="差9人"),
        pytest.param({}, {"unit": Facts(headcount=15)}, [("25", "15")], id="差10人"),
        pytest.param({"basics.headcount": 1000}, {"unit": Facts(headcount=1100)}, [], id="差一成"),
        pytest.param({"basics.headcount": 1000}, {"unit": Facts(headcount=701)}, [], id="差不到三成"),
        pytest.param(
            {"basics.headcount": 1000}, {"unit": Facts(headcount=700)}, [("1000", "700")], id="差三成"
        ),
        pytest.param({}, {"unit": Facts(headcount=0)}, [("25", "0")], id="数据库为0"),
        pytest.param({}, {"unit": Facts()}, [], id="数据库不明"),
    ],
)
def test_a_headcount_far_from_the_database(
    changes: dict[str, Any], known: dict[str, Any], expected: list[Any]
) -> None:
    assert both_values(check(make_case(changes, **known))) == expected
