"""F26."""

from datetime import date
from typing import Any

import pytest

from models.rules.checking import Last
from models.rules.checks.first_only_once import check
from tests.make_forms import make_case
from tests.models.rules.checks.said import fields


@pytest.mark.parametrize(
    ("changes", "known", "expected"),
    [
        pytest.param({}, {}, [], id="从未审核通过"),
        pytest.param({}, {"last": Last(date(2023, 9, 1))}, ["type"], id="已有审核通过的"),
        pytest.param({"type": "变更申报"}, {"last": Last(date(2023, 9, 1))}, [], id="变更"),
        pytest.param({"type": "年度更新"}, {"last": Last(date(2023, 9, 1))}, [], id="年度更新"),
    ],
)
def test_no_second_first_declaration(
    changes: dict[str, Any], known: dict[str, Any], expected: list[Any]
) -> None:
    assert fields(check(make_case(changes, **known))) == expected
