"""`yingbao serve` as an operator starts it: a process of its own on a free port, ended by a signal."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Engine, create_engine

from deployments.prefect_api import PrefectApi
from deployments.processes import marked

PATIENCE = 120


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(what: Callable[[], Any], patience: float = PATIENCE) -> Any:
    """What it answers once it answers something."""
    end = time.monotonic() + patience
    while not (found := what()):
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.3)
    return found


class Served:
    """One home, served or not."""

    def __init__(self, home: Path) -> None:
        self.home, self.port = home, free_port()
        self.folder = home.parent / "work"
        self.folder.mkdir(exist_ok=True)
        self.env = {name: value for name, value in os.environ.items() if not _foreign(name)}
        self.env["YINGBAO_HOME"] = str(home)

    def start(self) -> None:
        self.log = self.home.parent / "serve.txt"
        with self.log.open("wb") as words:
            self.process = subprocess.Popen(
                self._command("--grace", "2"), stdout=words, stderr=words, **self._at()
            )
        until(lambda: "已就绪" in self.said or self.process.poll() is not None)
        assert self.process.poll() is None, self.said

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(how)
        return self.process.wait(PATIENCE)

    def run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "deployments.cli", *words]
        return subprocess.run(
            command, capture_output=True, text=True, timeout=PATIENCE, check=False, **self._at()
        )

    @property
    def said(self) -> str:
        return self.log.read_text("utf-8")

    @property
    def api(self) -> PrefectApi:
        return PrefectApi(f"http://127.0.0.1:{self.port}/api")

    def deployment(self, flow: str, name: str) -> dict[str, Any]:
        found: dict[str, Any] = self.api.call("GET", f"deployments/name/{flow}/{quote(name)}")
        return found

    def begin(self, flow: str, name: str, **request: Any) -> str:
        """A run started by plain HTTP, as README says."""
        body = {"parameters": {"request": request}}
        path = f"deployments/{self.deployment(flow, name)['id']}/create_flow_run"
        return str(self.api.call("POST", path, body)["id"])

    def ended(self, run: str) -> str:
        """The kind of state a run ends in."""
        final = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")

        def state() -> str | None:
            now: str = self.api.call("GET", f"flow_runs/{run}")["state_type"]
            return now if now in final else None

        return str(until(state))

    def living(self) -> set[int]:
        """Every process of ours, the database's included; a zombie that nobody collects does not live."""
        servers = set()
        for one in Path("/proc").iterdir():
            try:
                if one.name.isdigit() and str(self.home).encode() in (one / "cmdline").read_bytes():
                    servers.add(int(one.name))
            except OSError:
                continue
        return marked(self.home) | servers

    def database(self) -> Engine:
        """The running embedded server, without counting as one of its users."""
        socket_folder = (self.home / "postgres/postmaster.pid").read_text().splitlines()[4]
        return create_engine(f"postgresql+psycopg://postgres@/yingbao?host={quote(socket_folder, safe='/')}")

    def messages(self) -> list[Path]:
        """Those to the operator."""
        return list((self.home / "outbox").rglob("operator/*.eml"))

    def _command(self, *more: str) -> list[str]:
        return [sys.executable, "-m", "deployments.cli", "serve", "--port", str(self.port), *more]

    def _at(self) -> dict[str, Any]:
        return {"env": self.env, "cwd": self.folder}


def _foreign(name: str) -> bool:
    return name.startswith(("PREFECT", "YINGBAO"))
