"""What `yingbao run` says before anything runs."""

from datetime import date
from typing import Any

import pytest

from deployments.catalogue import FLOWS
from deployments.flow_parameters import described, request_for
from models.errors import UsageTrouble

WRONG: list[Any] = [
    pytest.param("find-targets", {"asof": "2024-08-09"}, "asof 没有这个参数", id="mistyped"),
    pytest.param("find-targets", {"as_of": "8月"}, "as_of（截至哪一天.*值“8月”不对", id="no day"),
    pytest.param("ingest_registry", {"place": "x"}, "kind（类别） 必须写明", id="left out"),
    pytest.param(
        "ingest-registry", {"place": "x", "kind": "y"}, "kind（类别） 的值“y”不对", id="no such kind"
    ),
]


@pytest.mark.parametrize(("flow", "given", "told"), WRONG)
def test_a_wrong_parameter_is_named_beside_the_right_ones(
    flow: str, given: dict[str, Any], told: str
) -> None:
    with pytest.raises(UsageTrouble, match=told) as refused:
        request_for(flow, given)
    assert (refused.value.code, refused.value.exit_code) == ("E1048", 2)
    assert "dry_run（只演算不保存" in refused.value.message


def test_right_parameters_come_typed() -> None:
    request: Any = request_for("find-targets", {"as_of": "2024-08-09"})
    assert request.as_of == date(2024, 8, 9)


def test_the_help_lists_every_flow_with_its_parameters() -> None:
    told = described()
    assert all(name.replace("_", "-") in told for name in FLOWS)
    assert "kind（类别，必填）" in told
