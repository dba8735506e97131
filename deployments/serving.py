"""Everything on one machine: the database, Prefect's server on loopback, a worker, the schedules (decision 0008)."""

import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import FrameType

from deployments import processes
from deployments.applying import OURS, Change, apply_catalogue
from deployments.prefect_api import PrefectApi
from deployments.processes import MARK, Part
from deployments.receipts_listener import token_of
from deployments.running_server import forget_server, note_server
from deployments.runs import ORPHANED, end_orphaned_runs, unfinished_runs
from deployments.sole_service import END_PATIENCE, HOST, is_taken, only_one, refuse_taken_port
from models.database import engine
from models.embedded import forget_killed_users
from models.errors import EnvironmentTrouble, YingbaoError
from models.settings import Settings
from tasks.operator import tell_operator

SERVER_PATIENCE = 120  # seconds; a new database takes Prefect half a minute on a busy machine
WORKER_PATIENCE = 60
Tell = Callable[[str], None]


class Stop:
    """How often somebody asked us to stop. Once: in good order. Twice: at once."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, _signal: int, _frame: FrameType | None) -> None:
        self.asked += 1


class Stopped(Exception):
    """Asked to stop while still starting."""


@dataclass
class Serving:
    """What runs, and how to end it."""

    home: Path
    port: int
    grace: float  # seconds that runs under way are given to end by themselves
    tell: Tell
    stop: Stop
    parts: list[Part] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def api(self) -> PrefectApi:
        return PrefectApi(f"{self.address}/api")

    def start(self, settings: Settings) -> list[Change]:
        """Server first: while it gets ready, so does the campaign's database."""
        self._begin("server", ["prefect", "server", "start", "--host", HOST, "--port", str(self.port)], {})
        database = engine().url.render_as_string(hide_password=False)
        self._await("Prefect 服务", self.api.is_up, SERVER_PATIENCE)
        changes = apply_catalogue(self.api, settings.campaign, Path.cwd())
        for run in end_orphaned_runs(self.api):
            tell_operator(f"应报：运行 {run['name']} 中断", ORPHANED, key=run["id"])
        self._set_paused(False)
        name = f"serve-{os.getpid()}"
        worker = ["prefect", "worker", "start", "--pool", OURS, "--type", "process", "--name", name]
        self._begin("worker", worker, {"YINGBAO_DATABASE_URL": database})
        self._await("执行器", lambda: self._worker_online(name), WORKER_PATIENCE)
        if port := settings.receipts_port:
            listen = ["deployments.cli", "notices", "listen", "--port", str(port)]
            self._begin("receipts", listen, {"YINGBAO_DATABASE_URL": database})
            self._await("短信回执", lambda: is_taken(port), WORKER_PATIENCE)
        note_server(self.home, self.api.url)
        return changes

    def watch(self) -> None:
        """Until somebody asks us to stop. A part that ends by itself ends the rest: half of it is of no use."""
        while not self.stop.asked:
            self._refuse_dead_parts()
            time.sleep(processes.LOOK)

    def end(self) -> None:
        """Runs under way first, with time to finish; then the worker, which tells how they ended; the server last."""
        forget_server(self.home)
        with suppress(YingbaoError):
            self._set_paused(True)  # nothing new meanwhile; it stays due
        if self._runs():
            self.tell(f"还有流程在运行，最多等 {self.grace:.0f} 秒（再按一次立即结束）……")
            processes.await_end(self._runs, self.grace, lambda: self.stop.asked > 1)
            processes.end(self._runs, patience=END_PATIENCE)
            with suppress(YingbaoError):
                self._await_told()
        for part in reversed(self.parts):
            processes.end(partial(_living, part), patience=END_PATIENCE)
        processes.end(lambda: processes.marked(self.home), patience=END_PATIENCE)
        if self.home.joinpath("postgres").exists():  # ends with us, its last user
            forget_killed_users(self.home)

    def _begin(self, name: str, module: list[str], more: Mapping[str, str]) -> None:
        env = {**os.environ, **surroundings(self.home, self.api.url), **more}
        command = [sys.executable, "-m", *module]
        self.parts.append(processes.start(name, command, env, self.home / "logs" / f"{name}.log"))

    def _await(self, what: str, ready: Callable[[], bool], patience: float) -> None:
        until = time.monotonic() + patience
        while not ready():
            self._refuse_dead_parts()
            if self.stop.asked:
                raise Stopped
            if time.monotonic() > until:
                log = self.parts[-1].log
                raise EnvironmentTrouble("E1443", f"{what}{patience:.0f} 秒内没有就绪，详见 {log}。")
            time.sleep(processes.LOOK)

    def _refuse_dead_parts(self) -> None:
        for part in self.parts:
            if part.process.poll() is not None:
                message = f"{part.name} 自行退出（{part.process.returncode}），详见 {part.log}。"
                raise EnvironmentTrouble("E1447", message)

    def _set_paused(self, paused: bool) -> None:
        self.api.call("PATCH", f"work_pools/{OURS}", {"is_paused": paused})

    def _worker_online(self, name: str) -> bool:
        workers = self.api.find(f"work_pools/{OURS}/workers")
        return any(one["name"] == name and one["status"] == "ONLINE" for one in workers)

    def _runs(self) -> set[int]:
        return processes.marked(self.home) - {part.process.pid for part in self.parts}

    def _await_told(self) -> None:
        """The worker has noted how the runs ended, and told the operator."""
        until = time.monotonic() + END_PATIENCE
        while unfinished_runs(self.api) and time.monotonic() < until and not _any_dead(self.parts):
            time.sleep(processes.LOOK)


def surroundings(home: Path, api: str) -> dict[str, str]:
    """What the parts find in their environment beside ours."""
    nearby = ",".join(filter(None, [os.environ.get("NO_PROXY"), HOST, "localhost"]))
    return {
        MARK: str(home),
        "YINGBAO_HOME": str(home),
        "PREFECT_API_URL": api,
        "NO_PROXY": nearby,
        "no_proxy": nearby,
        # without a login, no page in somebody's browser may command the server
        "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": api.removesuffix("/api"),
        "PREFECT_WORKER_QUERY_SECONDS": "2",
    }


def serve(settings: Settings, port: int, grace: float, tell: Tell, ready: Callable[[Serving], None]) -> None:
    """Start everything, say so, and end everything when asked to (SIGINT, SIGTERM, SIGHUP)."""
    stop = Stop()
    for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(one, stop)
    home = settings.home.resolve()
    with only_one(home):
        refuse_taken_port(port)
        if settings.receipts_port:
            token_of(settings)
            refuse_taken_port(settings.receipts_port)
        serving = Serving(home, port, grace, tell, stop)
        try:
            serving.start(settings)
            ready(serving)
            serving.watch()
        except Stopped:
            tell("还没有就绪就被要求停止。")
        finally:
            tell("正在停止……")
            serving.end()
    tell("已停止。")


def _living(part: Part) -> set[int]:
    return {part.process.pid} if part.process.poll() is None else set()


def _any_dead(parts: list[Part]) -> bool:
    return any(part.process.poll() is not None for part in parts)
