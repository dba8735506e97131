"""F23: the three cases, and everything else."""

from typing import Any

import pytest

from models.rules.checks.products import check
from tests.make_forms import make_case
from tests.models.rules.checks.said import fields


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, [], id="有产品"),
        pytest.param({"products": {"secret": True}}, [], id="涉密"),
        pytest.param({"products.rows": [{"name": "无", "output": "0", "unit": "无"}]}, [], id="无产品"),
        pytest.param({"products.rows": [{"name": "无", "output": 0}]}, [], id="无产品不写单位"),
        pytest.param({"products.rows.0.output": 0}, [], id="年产量为0的产品"),
        pytest.param({"products.rows": []}, ["products.rows"], id="一行也没有"),
        pytest.param(
            {"products.rows": [{"name": "无", "output": 1}]}, ["products.rows.0.output"], id="无却有产量"
        ),
        pytest.param({"products.rows": [{"name": "无"}]}, ["products.rows.0.output"], id="无却没填产量"),
        pytest.param(
            {"products.rows": [{"name": "铸件", "output": 1, "unit": "吨"}, {"name": "无", "output": 0}]},
            ["products.rows.1.name"],
            id="无与产品并列",
        ),
        pytest.param(
            {"products.rows": [{}]},
            ["products.rows.0.name", "products.rows.0.output", "products.rows.0.unit"],
            id="空行一次说完",
        ),
        pytest.param({"products.rows.0.output": "-1"}, ["products.rows.0.output"], id="负产量"),
        pytest.param({"products.rows.0.unit": "无"}, ["products.rows.0.unit"], id="单位写无"),
        pytest.param({"products": None}, [], id="整部分没有填由F25说"),
    ],
)
def test_products_or_secret_or_nothing(changes: dict[str, Any], expected: list[Any]) -> None:
    assert fields(check(make_case(changes))) == expected
