"""What runs, what ran last and what comes next, as Prefect knows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from deployments.applying import OURS, deployed
from deployments.prefect_api import PrefectApi

UNDER_WAY = ["RUNNING", "PENDING", "CANCELLING"]
LONGEST = 200
MANY = 200
ORPHANED = "上次服务突然中断，这次运行没有结束。请重新运行，重复运行不会造成重复。"
ENDED = ["COMPLETED", "FAILED", "CRASHED", "CANCELLED"]
WORDS = {
    "COMPLETED": "完成",
    "FAILED": "失败",
    "CRASHED": "中断",
    "CANCELLED": "取消",
    "RUNNING": "运行中",
    "PENDING": "正在启动",
    "CANCELLING": "正在取消",
}


@dataclass(frozen=True)
class DeploymentRuns:
    """One deployment's runs. Instants are zone-aware."""

    id: str
    name: str
    running: str | None
    running_since: datetime | None
    last: str | None  # how the last one ended
    last_at: datetime | None
    last_told: str | None  # why, where it did not complete
    next_at: datetime | None
    late: int  # runs that should have begun and have not
    paused: bool


def deployment_runs(api: PrefectApi) -> list[DeploymentRuns]:
    return [_runs_of(api, one) for one in deployed(api)]


def _runs_of(api: PrefectApi, deployment: Mapping[str, Any]) -> DeploymentRuns:
    running = _find(api, deployment, {"type": {"any_": UNDER_WAY}}, "START_TIME_DESC")
    last = _find(api, deployment, {"type": {"any_": ENDED}}, "END_TIME_DESC")
    late = _find(api, deployment, {"name": {"any_": ["Late"]}}, "EXPECTED_START_TIME_ASC", limit=MANY)
    coming = _find(api, deployment, {"name": {"any_": ["Scheduled"]}}, "EXPECTED_START_TIME_ASC")
    ended = last[0]["state_type"] if last else None
    return DeploymentRuns(
        id=deployment["id"],
        name=deployment["name"],
        running=WORDS[running[0]["state_type"]] if running else None,
        running_since=_instant(running, "start_time"),
        last=WORDS[ended] if ended else None,
        last_at=_instant(last, "end_time"),
        last_told=_why(last[0]) if ended and ended != "COMPLETED" else None,
        next_at=_instant(coming, "expected_start_time"),
        late=len(late),
        paused=deployment["paused"] or not all(one["active"] for one in deployment["schedules"]),
    )


def _find(
    api: PrefectApi, deployment: Mapping[str, Any], state: dict[str, Any], sort: str, limit: int = 1
) -> list[dict[str, Any]]:
    wanted = {"deployment_id": {"any_": [deployment["id"]]}, "state": state}
    return api.find("flow_runs", flow_runs=wanted, sort=sort, limit=limit)


def _why(run: Mapping[str, Any]) -> str | None:
    """In a line; all of it is in the run's own record."""
    message = " ".join((run["state"].get("message") or "").split())
    return message[:LONGEST] or None


def _instant(runs: list[dict[str, Any]], part: str) -> datetime | None:
    return datetime.fromisoformat(runs[0][part]) if runs and runs[0][part] else None


def unfinished_runs(api: PrefectApi) -> list[dict[str, Any]]:
    """Runs that have begun and not ended."""
    begun = {"state": {"type": {"any_": UNDER_WAY}}, "tags": {"all_": [OURS]}}
    return api.find("flow_runs", flow_runs=begun, limit=MANY)


def end_orphaned_runs(api: PrefectApi) -> list[dict[str, Any]]:
    """Runs whose worker died with the last `serve` would count as running for ever, and hold up those to come."""
    runs = unfinished_runs(api)
    state = {"type": "CRASHED", "name": "Crashed", "message": ORPHANED}
    for run in runs:
        api.call("POST", f"flow_runs/{run['id']}/set_state", {"state": state, "force": True})
    return runs
