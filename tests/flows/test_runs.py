"""What `yingbao status` and `serve` read of a real Prefect server's runs."""

from pathlib import Path
from typing import Any

import pytest

from deployments.applying import apply_catalogue, deployed
from deployments.catalogue import DEPLOYMENTS
from deployments.prefect_api import PrefectApi
from deployments.runs import DeploymentRuns, deployment_runs, end_orphaned_runs

pytestmark = pytest.mark.prefect
NAME = "查询"


@pytest.fixture
def api() -> PrefectApi:
    """The server with one deployment that never ran."""
    from prefect.settings import PREFECT_API_URL

    api = PrefectApi(str(PREFECT_API_URL.value()))
    for one in deployed(api):
        api.call("DELETE", f"deployments/{one['id']}")
    for run in api.find("flow_runs"):
        api.call("DELETE", f"flow_runs/{run['id']}")
    apply_catalogue(api, "liuzhou-2024-2025", Path.cwd(), [one for one in DEPLOYMENTS if one.name == NAME])
    return api


def _run(api: PrefectApi, *states: dict[str, Any]) -> str:
    (deployment,) = deployed(api)
    run = str(api.call("POST", f"deployments/{deployment['id']}/create_flow_run", {})["id"])
    for state in states:
        api.call("POST", f"flow_runs/{run}/set_state", {"state": state, "force": True})
    return run


def _state(kind: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "name": kind.capitalize(), **more}


def _seen(api: PrefectApi) -> DeploymentRuns:
    (seen,) = deployment_runs(api)
    return seen


def test_one_that_never_ran(api: PrefectApi) -> None:
    seen = _seen(api)
    assert (seen.name, seen.running, seen.last, seen.next_at, seen.late) == (NAME, None, None, None, 0)
    assert not seen.paused


def test_what_runs_and_how_the_last_one_ended(api: PrefectApi) -> None:
    _run(api, _state("RUNNING"), _state("COMPLETED"))
    assert (_seen(api).last, _seen(api).last_told) == ("完成", None)
    _run(api, _state("RUNNING"), _state("FAILED", message="第一行\n第二行"))
    _run(api, _state("RUNNING"))
    seen = _seen(api)
    assert (seen.running, seen.last, seen.last_told) == ("运行中", "失败", "第一行 第二行")
    assert seen.running_since
    assert seen.last_at


def test_one_that_is_due_and_nobody_takes(api: PrefectApi) -> None:
    _run(
        api,
        {"type": "SCHEDULED", "name": "Late", "state_details": {"scheduled_time": "2024-08-09T00:30:00Z"}},
    )
    assert _seen(api).late == 1


def test_runs_without_a_worker_are_closed(api: PrefectApi) -> None:
    orphan, done = _run(api, _state("RUNNING")), _run(api, _state("RUNNING"), _state("COMPLETED"))
    assert [run["id"] for run in end_orphaned_runs(api)] == [orphan]
    states = {run: api.call("GET", f"flow_runs/{run}")["state_type"] for run in (orphan, done)}
    assert states == {orphan: "CRASHED", done: "COMPLETED"}
    assert end_orphaned_runs(api) == []
