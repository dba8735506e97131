"""C05: what was declared last time and is not now."""

from typing import Any

import pytest

from models.rules.checking import Last
from models.rules.checks.factor_lost import check
from tests.make_forms import DAY, make_case, make_form
from tests.models.rules.checks.said import both_values

LAST = Last(DAY, make_form())


@pytest.mark.parametrize(
    ("changes", "known", "expected"),
    [
        pytest.param({"hazards.dust.factors": []}, {}, [], id="没有上次"),
        pytest.param({}, {"last": LAST}, [], id="一样"),
        pytest.param(
            {"hazards.dust.factors.0.name": "矽尘（游离SiO2含量≥10%）"}, {"last": LAST}, [], id="括号写法不同"
        ),
        pytest.param({"hazards.dust.factors": []}, {"last": LAST}, [("（空）", "矽尘")], id="少一种"),
        pytest.param(
            {"hazards.dust": {"present": False, "exposed": 0}},
            {"last": LAST},
            [("（空）", "矽尘"), ("无", "有")],
            id="少一类",
        ),
        pytest.param(
            {"hazards.dust.factors": [{"name": "矽尘"}, {"name": "煤尘"}]}, {"last": LAST}, [], id="多一种"
        ),
        pytest.param({"hazards.dust.factors": []}, {"last": Last(DAY)}, [], id="上次只知日期"),
    ],
)
def test_a_lost_factor_is_asked_about(
    changes: dict[str, Any], known: dict[str, Any], expected: list[Any]
) -> None:
    assert both_values(check(make_case(changes, **known))) == expected
