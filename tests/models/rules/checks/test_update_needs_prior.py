"""F26."""

from datetime import date
from typing import Any

import pytest

from models.rules.checking import Last
from models.rules.checks.update_needs_prior import check
from tests.make_forms import make_case
from tests.models.rules.checks.said import fields


@pytest.mark.parametrize(
    ("changes", "known", "expected"),
    [
        pytest.param({"type": "年度更新"}, {}, ["type"], id="没有审核通过的"),
        pytest.param({"type": "年度更新"}, {"last": Last(date(2023, 9, 1))}, [], id="有审核通过的"),
        pytest.param({}, {}, [], id="初次"),
    ],
)
def test_an_update_renews_something(
    changes: dict[str, Any], known: dict[str, Any], expected: list[Any]
) -> None:
    assert fields(check(make_case(changes, **known))) == expected
