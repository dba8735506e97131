"""One service a home and a port: two would run every schedule twice."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import fasteners

from deployments import processes
from models.errors import EnvironmentTrouble

HOST = "127.0.0.1"
END_PATIENCE = 10  # seconds a process has to end by itself


@contextmanager
def only_one(home: Path) -> Iterator[None]:
    """Hold the home. What a killed service left behind is ended first."""
    home.mkdir(parents=True, exist_ok=True)
    lock = fasteners.InterProcessLock(home / "serve.lock")
    if not lock.acquire(blocking=False):
        raise EnvironmentTrouble("E1441", f"{home} 的服务已经在运行，不能再启动一个。见 yingbao status。")
    try:
        processes.end(lambda: processes.marked(home), patience=END_PATIENCE)
        yield
    finally:
        lock.release()


def is_taken(port: int) -> bool:
    """Somebody answers there."""
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


def refuse_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as trouble:
            message = f"端口 {port} 已被占用（{trouble.strerror}）。请用 --port 换一个。"
            raise EnvironmentTrouble("E1442", message) from trouble
