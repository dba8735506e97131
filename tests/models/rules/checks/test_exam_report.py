"""F24: both ways, and several numbers joined by /."""

from typing import Any

import pytest

from models.rules.checks.exam_report import check
from tests.make_forms import make_case
from tests.models.rules.checks.said import both_values


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, [], id="一个编号"),
        pytest.param({"surveillance.report_nos": "TJ-1/TJ-2"}, [], id="几个编号"),
        pytest.param({"surveillance.report_nos": None}, [("（空）", "监护：已开展")], id="已开展没有编号"),
        pytest.param({"surveillance.report_nos": "  "}, [("（空）", "监护：已开展")], id="空白"),
        pytest.param(
            {"surveillance.report_nos": "TJ-1//TJ-2"}, [("TJ-1//TJ-2", "监护：已开展")], id="中间空着"
        ),
        pytest.param({"surveillance.report_nos": "TJ-1/ "}, [("TJ-1/", "监护：已开展")], id="末尾空着"),
        pytest.param({"surveillance.done": False, "surveillance.report_nos": None}, [], id="未开展不需编号"),
        pytest.param({"surveillance.done": False}, [], id="未开展有编号也可"),
        pytest.param({"surveillance": None}, [], id="监护没有填"),
    ],
)
def test_a_number_where_surveillance_was_carried_out(changes: dict[str, Any], expected: list[Any]) -> None:
    assert both_values(check(make_case(changes))) == expected
