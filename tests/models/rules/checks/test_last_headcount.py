"""C05."""

from typing import Any

import pytest

from models.rules.checking import Last
from models.rules.checks.last_headcount import check
from tests.make_forms import DAY, make_case, make_form
from tests.models.rules.checks.said import both_values

LAST = Last(DAY, make_form())


@pytest.mark.parametrize(
    ("changes", "known", "expected"),
    [
        pytest.param({"basics.headcount": 34}, {"last": LAST}, [], id="差9人"),
        pytest.param({"basics.headcount": 35}, {"last": LAST}, [], id="差10人而不到三成"),
        pytest.param({"basics.headcount": 36}, {"last": LAST}, [("36", "25")], id="差11人"),
        pytest.param({"basics.headcount": 360}, {}, [], id="没有上次"),
    ],
)
def test_a_headcount_far_from_the_last_one(
    changes: dict[str, Any], known: dict[str, Any], expected: list[Any]
) -> None:
    assert both_values(check(make_case(changes, **known))) == expected
