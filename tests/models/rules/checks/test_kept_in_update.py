"""2.1: an annual update keeps size, economic type and industry."""

from typing import Any

import pytest

from models.rules.checking import Last
from models.rules.checks.kept_in_update import check
from tests.make_forms import DAY, make_case, make_form
from tests.models.rules.checks.said import both_values

LAST = Last(DAY, make_form())


@pytest.mark.parametrize(
    ("changes", "known", "expected"),
    [
        pytest.param({"type": "年度更新"}, {"last": LAST}, [], id="都没有变"),
        pytest.param(
            {"type": "年度更新", "basics.size": "中"}, {"last": LAST}, [("中", "小")], id="规模变了"
        ),
        pytest.param(
            {"type": "年度更新", "basics.industry": "3311"}, {"last": LAST}, [("3311", "3391")], id="行业变了"
        ),
        pytest.param(
            {"type": "年度更新", "basics.economic_type": "国有企业"},
            {"last": LAST},
            [("国有企业", "私营有限责任公司")],
            id="经济类型变了",
        ),
        pytest.param({"type": "年度更新", "basics.headcount": 300}, {"last": LAST}, [], id="人数可以变"),
        pytest.param({"type": "年度更新", "basics.size": "中"}, {}, [], id="没有上次"),
        pytest.param({"type": "年度更新", "basics.size": "中"}, {"last": Last(DAY)}, [], id="上次只知日期"),
        pytest.param({"type": "变更申报", "basics.size": "中"}, {"last": LAST}, [], id="变更申报可以变"),
    ],
)
def test_an_update_keeps_what_a_change_would_change(
    changes: dict[str, Any], known: dict[str, Any], expected: list[Any]
) -> None:
    assert both_values(check(make_case(changes, **known))) == expected
