"""C05, C16: as far down as both say it."""

from typing import Any

import pytest

from models.rules.checking import Facts
from models.rules.checks.registry_industry import check
from tests.make_forms import make_case
from tests.models.rules.checks.said import both_values


@pytest.mark.parametrize(
    ("changes", "known", "expected"),
    [
        pytest.param({}, {"unit": Facts(industry="3391")}, [], id="一致"),
        pytest.param({}, {"unit": Facts(industry="33")}, [], id="数据库只到大类"),
        pytest.param(
            {}, {"unit": Facts(industry="3311")}, [("3391 黑色金属铸造", "3311 金属结构制造")], id="不同"
        ),
        pytest.param({}, {"unit": Facts()}, [], id="数据库不明"),
        pytest.param({}, {}, [], id="没有对上单位"),
    ],
)
def test_the_industry_of_the_database(
    changes: dict[str, Any], known: dict[str, Any], expected: list[Any]
) -> None:
    assert both_values(check(make_case(changes, **known))) == expected
