"""C05."""

from typing import Any

import pytest

from models.rules.checking import Facts
from models.rules.checks.registry_size import check
from tests.make_forms import make_case
from tests.models.rules.checks.said import both_values


@pytest.mark.parametrize(
    ("changes", "known", "expected"),
    [
        pytest.param({}, {"unit": Facts(size="小")}, [], id="一致"),
        pytest.param({}, {"unit": Facts(size="中")}, [("小", "中")], id="不同"),
        pytest.param({}, {"unit": Facts()}, [], id="数据库不明"),
    ],
)
def test_the_size_of_the_database(
    changes: dict[str, Any], known: dict[str, Any], expected: list[Any]
) -> None:
    assert both_values(check(make_case(changes, **known))) == expected
