"""What may happen to a list after its baseline (Q2, 1.7)."""

from collections.abc import Callable
from datetime import date

import pytest

from models.campaign_parts import Reason
from models.errors import RuleRefused
from models.rules.membership import (
    Place,
    check_addition,
    check_baseline,
    check_move,
    check_reason,
    check_removal,
    member_of,
)

REASONS = [Reason(key="deregistered", name="注销"), Reason(key="other", name="其他", needs_note=True)]
HERE, GONE_HERE = Place(1, "450206", removed=False), Place(1, "450206", removed=True)
THERE = Place(1, "450205", removed=False)
DAY = date(2024, 9, 1)


@pytest.mark.parametrize(
    ("act", "code"),
    [
        pytest.param(lambda: check_reason(REASONS, "不想做", None), "E1231", id="没有原因代码"),
        pytest.param(lambda: check_reason(REASONS, "其他", " "), "E1232", id="其他而不写明"),
        pytest.param(lambda: check_baseline("柳江区", None, DAY), "E1233", id="基线前"),
        pytest.param(lambda: check_baseline("柳江区", date(2024, 9, 2), DAY), "E1234", id="早于基线日"),
        pytest.param(lambda: check_removal([]), "E1235", id="不在目标里"),
        pytest.param(lambda: check_removal([GONE_HERE]), "E1235", id="已核销"),
        pytest.param(
            lambda: check_addition([HERE], "450206", in_r=True, declared=False), "E1236", id="已在目标里"
        ),
        pytest.param(
            lambda: check_addition([GONE_HERE], "450206", in_r=True, declared=False),
            "E1237",
            id="恢复不是新增",
        ),
        pytest.param(
            lambda: check_addition([], "450206", in_r=False, declared=False), "E1238", id="不属应申报"
        ),
        pytest.param(lambda: check_addition([], "450206", in_r=True, declared=True), "E1239", id="已申报"),
        pytest.param(lambda: check_move([GONE_HERE], "450205"), "E1240", id="划转已核销的"),
        pytest.param(lambda: check_move([HERE], "450206"), "E1241", id="划给自己"),
    ],
)
def test_refused(act: Callable[[], object], code: str) -> None:
    with pytest.raises(RuleRefused) as refused:
        act()
    assert refused.value.code == code


def test_allowed() -> None:
    assert check_reason(REASONS, "注销", None).key == "deregistered"
    assert check_reason(REASONS, "other", "已拆迁").key == "other"
    check_baseline("柳江区", DAY, DAY)
    assert check_removal([GONE_HERE, THERE]) == THERE
    check_addition([GONE_HERE], "450205", in_r=True, declared=False)
    assert check_move([HERE], "450205") == HERE
    assert member_of([GONE_HERE]) is None
