"""F16, F17, F18 at registration."""

from typing import Any

import pytest

from models.errors import RuleRefused
from models.rules.registration import check_registration
from tests.make_filings import make_entry
from tests.make_forms import CODE, PARENT

BRANCH = {"is_branch": True, "credit_code": PARENT, "parent_code": PARENT}


@pytest.mark.parametrize(
    ("changes", "principal", "parent_approved", "code"),
    [
        pytest.param({}, None, False, None, id="总公司"),
        pytest.param(BRANCH, None, False, "E1615", id="分支机构先于上级_F16"),
        pytest.param(BRANCH, "总公司", True, None, id="上级之后_F16"),
        pytest.param(BRANCH, "总公司", False, "E1615", id="上级还在审核_F16"),
        pytest.param({"is_branch": True}, None, False, None, id="有独立代码的分支机构_F17"),
        pytest.param({}, "柳江分公司", True, "E1617", id="代码被分公司占了_F18"),
        pytest.param({"credit_code": CODE[:-1] + "B"}, None, False, "E1676", id="校验位错"),
        pytest.param({"parent_code": PARENT}, None, True, "E1676", id="不是分支机构却有上级"),
        pytest.param({"is_branch": True, "parent_code": PARENT}, None, True, "E1676", id="两个代码不同"),
    ],
)
def test_who_may_register(
    changes: dict[str, Any], principal: str | None, parent_approved: bool, code: str | None
) -> None:
    entry = make_entry(**changes)
    if code is None:
        check_registration(entry, principal=principal, parent_approved=parent_approved)
    else:
        with pytest.raises(RuleRefused, match=code):
            check_registration(entry, principal=principal, parent_approved=parent_approved)
