"""The processes of one `yingbao serve`: each in a session of its own, all known by a mark in their environment.

The mark is inherited by whatever they start, so that nothing of theirs can be overlooked when it is time to end.
"""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

MARK = "YINGBAO_SERVED_FROM"
PROCESSES = Path("/proc")
LOOK = 0.2  # seconds between two looks


@dataclass(frozen=True)
class Part:
    """One process that has to run as long as we do."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path


def start(name: str, command: list[str], env: Mapping[str, str], log: Path) -> Part:
    """Start a part whose words go to `log`; those of the time before are kept beside it."""
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists():
        log.replace(log.with_suffix(".before.log"))
    with log.open("wb") as words:
        process = subprocess.Popen(
            command,
            env=dict(env),
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # an interrupt typed at the terminal reaches us alone
        )
    return Part(name, process, log)


def marked(home: Path) -> set[int]:
    """Every living process that a `serve` of this home, or one of its processes, started."""
    mark = f"{MARK}={home}".encode()
    return {int(one.name) for one in PROCESSES.iterdir() if one.name.isdigit() and mark in _environment(one)}


def _environment(process: Path) -> list[bytes]:
    try:
        return (process / "environ").read_bytes().split(b"\0")
    except OSError:  # gone meanwhile, or somebody else's
        return []


def end(which: Callable[[], Collection[int]], *, patience: float) -> None:
    """Ask the processes to end, and make those end that have not after `patience` seconds."""
    _tell(which(), signal.SIGTERM)
    if not await_end(which, patience):
        _tell(which(), signal.SIGKILL)
        await_end(which, patience)


def await_end(
    which: Callable[[], Collection[int]], patience: float, hurried: Callable[[], bool] = lambda: False
) -> bool:
    """Whether all of them ended by themselves in time."""
    until = time.monotonic() + patience
    while which():
        if time.monotonic() > until or hurried():
            return False
        time.sleep(LOOK)
    return True


def _tell(processes: Collection[int], what: signal.Signals) -> None:
    for process in processes:
        try:
            os.kill(process, what)
        except ProcessLookupError:
            continue
