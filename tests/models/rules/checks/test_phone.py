"""F12: pattern of the mobile number."""

from typing import Any

import pytest

from models.rules.checks.phone import check
from tests.make_forms import make_case
from tests.models.rules.checks.said import both_values


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({"basics.phone": "19907720000"}, [], id="手机号"),
        pytest.param({"basics.phone": "1380772000"}, [("10个字符", "11位手机号")], id="少一位"),
        pytest.param({"basics.phone": "138077200011"}, [("12个字符", "11位手机号")], id="多一位"),
        pytest.param({"basics.phone": "12807720001"}, [("11个字符", "11位手机号")], id="12开头"),
        pytest.param({"basics.phone": "0772-2825001"}, [("12个字符", "11位手机号")], id="座机"),
        pytest.param({"basics.phone": "１３８０７７２０００１"}, [("11个字符", "11位手机号")], id="全角"),
        pytest.param({"basics.phone": None}, [], id="没有填"),
    ],
)
def test_a_mobile_number_has_eleven_digits(changes: dict[str, Any], expected: list[Any]) -> None:
    assert both_values(check(make_case(changes))) == expected
