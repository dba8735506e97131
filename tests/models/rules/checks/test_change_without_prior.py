"""F26, F25."""

from datetime import date
from typing import Any

import pytest

from models.rules.checking import Last
from models.rules.checks.change_without_prior import check
from tests.make_forms import make_case
from tests.models.rules.checks.said import fields


@pytest.mark.parametrize(
    ("changes", "known", "expected"),
    [
        pytest.param({"type": "变更申报", "reason": "工艺变更"}, {}, ["type"], id="没有审核通过的"),
        pytest.param({"type": "变更申报", "reason": "系统更新"}, {}, [], id="老系统导入"),
        pytest.param(
            {"type": "变更申报", "reason": "工艺变更"},
            {"last": Last(date(2023, 9, 1))},
            [],
            id="有审核通过的",
        ),
    ],
)
def test_a_change_of_nothing_is_asked_about(
    changes: dict[str, Any], known: dict[str, Any], expected: list[Any]
) -> None:
    assert fields(check(make_case(changes, **known))) == expected
