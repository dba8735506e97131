"""The catalogue of deployments: whole, bound to its flows, each flow's failure told."""

from datetime import date
from importlib import import_module
from typing import Any

import pytest

from deployments.catalogue import DEPLOYMENTS, FLOWS, Deployment, find_flow
from deployments.flow_parameters import request_for

SCHEDULED = [one for one in DEPLOYMENTS if one.cron]


def _named(deployment: Deployment) -> str:
    return deployment.name


@pytest.mark.parametrize("deployment", SCHEDULED, ids=_named)
def test_a_schedules_parameters_are_all_that_its_flow_needs(deployment: Deployment) -> None:
    request = request_for(deployment.flow, deployment.parameters)
    given = request.model_dump(mode="json", include=set(deployment.parameters))
    assert given == dict(deployment.parameters)


@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=_named)
def test_a_deployment_fits_its_flow(deployment: Deployment) -> None:
    form = import_module(f"flows.{deployment.flow}").Request
    assert {"campaign", *deployment.parameters} <= set(form.model_fields)
    module, _, name = deployment.entrypoint.rpartition(".")
    flow: Any = getattr(import_module(module), name)
    assert flow.name == deployment.flow_name


def test_the_catalogue_is_whole() -> None:
    assert {one.flow for one in DEPLOYMENTS} == set(FLOWS)
    assert len({one.name for one in DEPLOYMENTS}) == len(DEPLOYMENTS)
    crons = {"申报审核": "0 8 * * *", "月度通报": "0 9 * * *"}
    crons |= {"每日跟踪": "30 8 * * *", "发出消息": "*/10 8-19 * * *", "月度目标": "0 7 1 * *"}
    assert {one.name: one.cron for one in SCHEDULED} == crons


@pytest.mark.parametrize("name", FLOWS)
def test_the_failure_of_every_flow_is_told(name: str) -> None:
    from flows.failure_notice import tell_failure

    flow = find_flow(name)
    assert (flow.on_failure_hooks, flow.on_crashed_hooks) == ([tell_failure], [tell_failure])


DAYS: list[Any] = [
    pytest.param({"month_end": True}, date(2024, 9, 1), date(2024, 8, 31), id="the month before"),
    pytest.param({"month_end": True}, date(2025, 1, 1), date(2024, 12, 31), id="the year before"),
    pytest.param({"month_end": True}, date(2024, 3, 5), date(2024, 2, 29), id="a run that is late"),
    pytest.param({"month_end": True, "as_of": "2024-08-09"}, date(2024, 9, 1), date(2024, 8, 9), id="said"),
    pytest.param({}, date(2024, 9, 1), date(2024, 9, 1), id="today"),
]


@pytest.mark.parametrize(("given", "today", "day"), DAYS)
def test_a_month_is_counted_as_it_ended(
    given: dict[str, Any], today: date, day: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    request: Any = request_for("find-targets", given)
    monkeypatch.setattr(import_module("flows.find_targets"), "today", lambda: today)
    assert request.day() == day
