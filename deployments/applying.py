"""Bring a Prefect server to what the catalogue says: made, changed, taken away; what is right is left alone."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deployments.catalogue import DEPLOYMENTS, Deployment, find_flow
from deployments.flow_parameters import request_for
from deployments.prefect_api import PrefectApi

OURS = "yingbao"  # the tag by which our deployments are known, and the name of their work pool
TIMEZONE = "Asia/Shanghai"
RUNS_AT_ONCE = 2
PAGE = 200


@dataclass(frozen=True)
class Change:
    """What was done about one deployment, and to which of its parts."""

    name: str
    act: str  # 新建 修改 删除 未变
    parts: tuple[str, ...] = ()


def apply_catalogue(
    api: PrefectApi, campaign: str, folder: Path, catalogue: Iterable[Deployment] = DEPLOYMENTS
) -> list[Change]:
    """Applied twice, nothing changes. Runs start in `folder`; what an operator paused stays paused."""
    ensure_pool(api)
    found = {one["name"]: one for one in deployed(api)}
    changes = []
    for wanted in catalogue:
        changes.append(_settle(api, _payload(wanted, campaign, folder), wanted, found.pop(wanted.name, None)))
    for name, stray in found.items():
        api.call("DELETE", f"deployments/{stray['id']}")
        changes.append(Change(name, "删除"))
    return changes


def deployed(api: PrefectApi) -> list[dict[str, Any]]:
    return api.find("deployments", deployments={"tags": {"all_": [OURS]}}, limit=PAGE, sort="NAME_ASC")


def ensure_pool(api: PrefectApi) -> None:
    if api.find("work_pools", work_pools={"name": {"any_": [OURS]}}):
        return
    from prefect.workers.process import ProcessWorker

    template = ProcessWorker.get_default_base_job_template()
    pool = {"name": OURS, "type": "process", "base_job_template": template, "concurrency_limit": RUNS_AT_ONCE}
    api.call("POST", "work_pools/", pool)


def _settle(
    api: PrefectApi, payload: dict[str, Any], wanted: Deployment, found: Mapping[str, Any] | None
) -> Change:
    flow_id = api.call("POST", "flows/", {"name": wanted.flow_name})["id"]
    if found and found["flow_id"] != flow_id:  # the same name for another flow: a deployment of its own
        api.call("DELETE", f"deployments/{found['id']}")
        found = None
    parts = tuple(_differing(payload, found)) if found else ()
    if found and not parts:
        return Change(wanted.name, "未变")
    # schedules are laid anew with every change: one that was switched off stays off
    active = all(one["active"] for one in found["schedules"]) if found else True
    schedules = [one | {"active": active} for one in payload["schedules"]]
    api.call("POST", "deployments/", payload | {"flow_id": flow_id, "schedules": schedules})
    return Change(wanted.name, "修改" if found else "新建", parts)


def _payload(wanted: Deployment, campaign: str, folder: Path) -> dict[str, Any]:
    """A deployment as Prefect is told of it."""
    given = {"campaign": campaign, **wanted.parameters}
    if wanted.cron:  # nobody is there to fill in the rest
        request_for(wanted.flow, given)
    timing = {"cron": wanted.cron, "timezone": TIMEZONE, "day_or": True}
    return {
        "name": wanted.name,
        "description": wanted.what,
        "entrypoint": wanted.entrypoint,
        "tags": sorted([OURS, *wanted.tags]),
        "parameters": {"request": given},
        "parameter_openapi_schema": find_flow(wanted.flow).parameters.model_dump(
            mode="json", exclude_unset=True
        ),
        "enforce_parameter_schema": True,
        "schedules": [{"schedule": timing, "active": True}] if wanted.cron else [],
        "concurrency_limit": wanted.at_once,
        "concurrency_options": {"collision_strategy": wanted.collision.value},
        "work_pool_name": OURS,
        "job_variables": {"working_dir": str(folder.resolve())},
        "pull_steps": [],
    }


PARTS = {
    "description": "说明",
    "entrypoint": "程序入口",
    "tags": "标签",
    "parameters": "参数",
    "parameter_openapi_schema": "参数格式",
    "enforce_parameter_schema": "参数检查",
    "schedules": "时间表",
    "concurrency_limit": "同时运行数",
    "concurrency_options": "撞期处理",
    "work_pool_name": "工作池",
    "job_variables": "工作文件夹",
}


def _differing(wanted: Mapping[str, Any], found: Mapping[str, Any]) -> Iterator[str]:
    now = dict(found)
    now["tags"] = sorted(found["tags"])
    now["schedules"] = [{"schedule": _timing(one["schedule"]), "active": True} for one in found["schedules"]]
    now["concurrency_limit"] = (found.get("global_concurrency_limit") or {}).get("limit")
    now["concurrency_options"] = {
        "collision_strategy": (found.get("concurrency_options") or {}).get("collision_strategy")
    }
    yield from (title for part, title in PARTS.items() if now.get(part) != wanted[part])


def _timing(schedule: Mapping[str, Any]) -> dict[str, Any]:
    return {part: schedule.get(part) for part in ("cron", "timezone", "day_or")}
