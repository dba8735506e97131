"""The catalogue on a real Prefect server: laid once, changed where it changed, cleared of what left it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from deployments.applying import OURS, apply_catalogue, deployed
from deployments.catalogue import DEPLOYMENTS, Collision
from deployments.prefect_api import PrefectApi
from models.errors import EnvironmentTrouble

pytestmark = pytest.mark.prefect
CAMPAIGN = "liuzhou-2024-2025"
DAILY, REST = DEPLOYMENTS[0], DEPLOYMENTS[1:]


@pytest.fixture
def api() -> PrefectApi:
    """The server, without deployments."""
    from prefect.settings import PREFECT_API_URL

    api = PrefectApi(str(PREFECT_API_URL.value()))
    for one in deployed(api):
        api.call("DELETE", f"deployments/{one['id']}")
    return api


def _apply(api: PrefectApi, *catalogue: Any) -> dict[str, tuple[str, tuple[str, ...]]]:
    made = apply_catalogue(api, CAMPAIGN, Path.cwd(), catalogue)
    return {one.name: (one.act, one.parts) for one in made}


def test_applied_twice_nothing_changes(api: PrefectApi) -> None:
    names = {one.name for one in DEPLOYMENTS}
    assert _apply(api, *DEPLOYMENTS) == dict.fromkeys(names, ("新建", ()))
    before = deployed(api)
    assert _apply(api, *DEPLOYMENTS) == dict.fromkeys(names, ("未变", ()))
    assert deployed(api) == before
    daily = next(one for one in before if one["name"] == DAILY.name)
    timing = daily["schedules"][0]["schedule"]
    assert (timing["cron"], timing["timezone"]) == ("30 8 * * *", "Asia/Shanghai")
    assert (daily["global_concurrency_limit"]["limit"], daily["work_pool_name"]) == (1, OURS)
    assert daily["concurrency_options"]["collision_strategy"] == "CANCEL_NEW"


def test_what_left_the_catalogue_disappears_with_its_runs_and_nobody_elses(api: PrefectApi) -> None:
    flow = api.call("POST", "flows/", {"name": "somebody-elses"})
    other = api.call("POST", "deployments/", {"name": "别人的", "flow_id": flow["id"]})
    _apply(api, *DEPLOYMENTS)
    assert _apply(api, *REST)[DAILY.name] == ("删除", ())
    assert {one["name"] for one in deployed(api)} == {one.name for one in REST}
    assert api.call("GET", f"deployments/{other['id']}")["name"] == "别人的"


def test_a_change_is_told_and_what_was_switched_off_stays_off(api: PrefectApi) -> None:
    _apply(api, DAILY)
    (laid,) = deployed(api)
    schedule = laid["schedules"][0]["id"]
    api.call("PATCH", f"deployments/{laid['id']}/schedules/{schedule}", {"active": False})
    assert _apply(api, DAILY) == {DAILY.name: ("未变", ())}
    later = replace(DAILY, cron="0 9 * * *", collision=Collision.WAIT)
    assert _apply(api, later) == {DAILY.name: ("修改", ("时间表", "撞期处理"))}
    (now,) = deployed(api)
    assert now["id"] == laid["id"]
    assert [(one["schedule"]["cron"], one["active"]) for one in now["schedules"]] == [("0 9 * * *", False)]


def test_a_name_given_to_another_flow_becomes_that_flows(api: PrefectApi) -> None:
    counting = next(one for one in DEPLOYMENTS if one.flow == "count_targets")
    _apply(api, counting)
    assert _apply(api, replace(REST[0], name=counting.name)) == {counting.name: ("新建", ())}
    assert [one["entrypoint"] for one in deployed(api)] == [REST[0].entrypoint]


def test_a_schedule_without_what_its_flow_needs_is_never_laid(api: PrefectApi) -> None:
    from models.errors import UsageTrouble

    with pytest.raises(UsageTrouble, match="asof"):
        _apply(api, replace(DAILY, parameters={"asof": "2024-08-09"}))
    assert deployed(api) == []


def test_a_server_that_is_not_there_is_an_environments_trouble() -> None:
    with pytest.raises(EnvironmentTrouble, match="E1444"):
        apply_catalogue(PrefectApi("http://127.0.0.1:9/api"), CAMPAIGN, Path.cwd())
