"""`yingbao deploy`: bring a Prefect server to what the catalogue says."""

from pathlib import Path
from typing import Annotated, Any

import typer

from deployments.applying import Change, apply_catalogue
from deployments.catalogue import DEPLOYMENTS
from deployments.cli.options import AsJson
from deployments.cli.output import show
from deployments.engine import prepare_engine
from deployments.prefect_api import PrefectApi
from deployments.running_server import known_server
from models.errors import EnvironmentTrouble
from models.settings import get_settings

URL = Annotated[
    str | None,
    typer.Option("--url", help="Prefect 服务地址，如 http://127.0.0.1:4200/api；默认本机正在运行的服务"),
]


def deploy(url: URL = None, as_json: AsJson = False) -> None:
    """Apply the catalogue of flows and schedules. Runs will start in the folder this is called in."""
    settings = get_settings()
    prepare_engine(settings)
    address = known_server(settings.home, url)
    if address is None:
        message = (
            "没有正在运行的 Prefect 服务。先运行 yingbao serve，或用 --url（或 PREFECT_API_URL）写明地址。"
        )
        raise EnvironmentTrouble("E1444", message)
    changes = apply_catalogue(PrefectApi(address), settings.campaign, Path.cwd())
    columns = {"name": "部署", "act": "结果", "parts": "改了什么", "cron": "时间表（北京时间）"}
    show([_row(one) for one in changes], columns=columns, as_json=as_json, title="部署")


def _row(change: Change) -> dict[str, Any]:
    cron = {one.name: one.cron for one in DEPLOYMENTS}.get(change.name)
    return {"name": change.name, "act": change.act, "parts": change.parts or None, "cron": cron}
