"""`yingbao serve`: everything on one machine, until it is stopped."""

import sys
from typing import Annotated

import typer

from deployments.cli.output import say
from deployments.engine import prepare_engine
from deployments.serving import Serving
from deployments.serving import serve as run_services
from models.settings import get_settings

Port = Annotated[int, typer.Option(min=1, max=65535, help="Prefect 服务的端口，只在本机开放")]
Grace = Annotated[float, typer.Option(min=0, help="停止时给正在运行的流程多少秒")]


def serve(port: Port = 4200, grace: Grace = 30) -> None:
    """Database, Prefect server, worker and schedules. Ctrl+C or SIGTERM stops them all."""
    settings = get_settings()
    prepare_engine(settings)
    _say(f"正在启动（数据在 {settings.home.resolve()}）……")
    run_services(settings, port, grace, _say, _ready)


def _ready(serving: Serving) -> None:
    _say(f"已就绪：网页 {serving.address} ，接口 {serving.api.url} ，日志在 {serving.home / 'logs'}")
    _say("按 Ctrl+C 停止；另开窗口用 yingbao status 看运行情况。")


def _say(message: str) -> None:
    say(message)
    sys.stdout.flush()  # whoever waits for it may read it through a pipe
