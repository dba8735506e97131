"""`yingbao status`: what runs, what ran last, what comes next, and what is silent."""

from dataclasses import asdict
from datetime import date, time, timedelta
from typing import Any

from deployments.cli.options import AsJson, AsOf, CampaignKey, day_or_today
from deployments.cli.output import say, say_json, show
from deployments.running_server import running_server
from deployments.runs import DeploymentRuns, deployment_runs
from models.clock import SHANGHAI, now
from models.settings import get_settings
from tasks.campaigns import open_campaign
from tasks.silence import Silence, silences

TICK_DUE = time(9)  # half an hour after its schedule a tick that has not run is missed
RUNS = {"name": "部署", "running": "现在", "last": "上次", "next": "下次（北京时间）", "told": "说明"}


def status(campaign: CampaignKey, as_of: AsOf = None, as_json: AsJson = False) -> None:
    """Runs come from Prefect, everything else from the campaign's own database; either may be asked without the other."""
    api = running_server(get_settings().home)
    runs = deployment_runs(api) if api else []
    day = day_or_today(as_of)
    found = silences(open_campaign(campaign), day, _tick_until(as_of))
    if as_json:
        say_json(_document(api.url if api else None, runs, found))
        return
    if api:
        show([_row(one) for one in runs], columns=RUNS, title=f"Prefect 服务：{api.url}")
    else:
        say("Prefect 服务没有运行：定时任务不会执行。用 yingbao serve 启动。")
    _say_silences(found, day)


def _tick_until(as_of: date | None) -> date:
    """Of today's tick nothing is missed before its time."""
    if as_of:
        return as_of
    moment = now()
    return moment.date() if moment.time() >= TICK_DUE else moment.date() - timedelta(days=1)


def _row(runs: DeploymentRuns) -> dict[str, Any]:
    return {
        "name": runs.name,
        "running": _told(runs.running, runs.running_since),
        "last": _told(runs.last, runs.last_at),
        "next": "已停用" if runs.paused and not runs.next_at else _clock(runs.next_at),
        "told": "；".join(filter(None, [_late(runs.late), runs.last_told])) or None,
    }


def _late(number: int) -> str | None:
    return f"{number} 次到时未启动" if number else None


def _told(word: str | None, moment: Any) -> str | None:
    return f"{word}（{_clock(moment)}）" if word else None


def _clock(moment: Any) -> str | None:
    return moment.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M") if moment else None


def _say_silences(found: list[Silence], day: date) -> None:
    if not found:
        say(f"截至 {day}，没有需要过问的事项。")
        return
    show([asdict(one) for one in found], columns={"message": f"需要过问（截至 {day}）"})


def _document(url: str | None, runs: list[DeploymentRuns], found: list[Silence]) -> dict[str, Any]:
    return {
        "server": url,
        "deployments": [
            asdict(one)
            | {part: _local(getattr(one, part)) for part in ("running_since", "last_at", "next_at")}
            for one in runs
        ],
        "silent": [asdict(one) for one in found],
    }


def _local(moment: Any) -> Any:
    return moment.astimezone(SHANGHAI) if moment else None
