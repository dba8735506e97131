"""Wall time and peak memory of a step, the database server's share included."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import psutil

from models.settings import get_settings

MIB = 1 << 20


@dataclass
class Measured:
    name: str
    seconds: float = 0.0
    peak_mib: float = 0.0
    part_seconds: float = 0.0  # the share of a named part, where the caller timed one
    _stop: threading.Event = field(default_factory=threading.Event)

    def line(self) -> str:
        part = f"  (of it {self.part_seconds:.2f} s settling units)" if self.part_seconds else ""
        return f"{self.name:<44}{self.seconds:>9.2f} s{self.peak_mib:>9.0f} MiB{part}"


@contextmanager
def measured(name: str) -> Iterator[Measured]:
    """Time the block and watch the memory of this process, its children and the embedded server's processes.

    Memory is proportional set size (shared pages counted once), sampled five times a second.
    """
    result = Measured(name)
    watcher = threading.Thread(target=_watch, args=(result,), daemon=True)
    watcher.start()
    start = time.perf_counter()
    try:
        yield result
    finally:
        result.seconds = time.perf_counter() - start
        result._stop.set()
        watcher.join()


def _watch(result: Measured) -> None:
    while not result._stop.wait(0.2):
        result.peak_mib = max(result.peak_mib, sum(map(_proportional, _processes())) / MIB)


def _processes() -> list[psutil.Process]:
    mine = psutil.Process()
    return [mine, *mine.children(recursive=True), *_server()]


def _server() -> list[psutil.Process]:
    """The embedded server of this installation, and its processes."""
    started = get_settings().home.resolve() / "postgres" / "postmaster.pid"
    try:
        postmaster = psutil.Process(int(started.read_text().split()[0]))
        return [postmaster, *postmaster.children(recursive=True)]
    except (OSError, psutil.Error, IndexError):
        return []


def _proportional(process: psutil.Process) -> int:
    try:
        return int(process.memory_full_info().pss)
    except psutil.Error:
        return 0
