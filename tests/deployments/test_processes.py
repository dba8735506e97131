"""Processes are found by their mark wherever they went, and ended; a home is served once."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from deployments.processes import MARK, await_end, end, marked, start
from deployments.sole_service import only_one, refuse_taken_port
from models.errors import EnvironmentTrouble

# a part that starts one of its own in another session, both deaf to being asked
DEAF = "trap '' TERM; setsid sh -c \"trap '' TERM; sleep 60\" & sleep 60"


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    end(lambda: marked(tmp_path), patience=0)


def _begin(home: Path, words: str) -> "subprocess.Popen[bytes]":
    env = {**os.environ, MARK: str(home)}
    return start("part", ["sh", "-c", words], env, home / "logs/part.log").process


def _until(home: Path, count: int) -> set[int]:
    deadline = time.monotonic() + 10
    while len(found := marked(home)) < count and time.monotonic() < deadline:
        time.sleep(0.02)
    return found


def test_what_a_part_started_is_found_and_ended_with_it(home: Path) -> None:
    part = _begin(home, DEAF)
    found = _until(home, 4)
    assert part.pid in found
    assert len({os.getsid(one) for one in found}) == 2
    assert marked(home / "another") == set()
    end(lambda: marked(home), patience=0.3)
    assert marked(home) == set()


def test_one_that_ends_by_itself_is_waited_for(home: Path) -> None:
    part = _begin(home, "sleep 0.3")
    assert await_end(lambda: marked(home), 10)
    assert part.wait() == 0
    _begin(home, "sleep 60")
    assert not await_end(lambda: marked(home), 300, hurried=lambda: True)  # it would be true in a minute


def test_the_words_of_the_time_before_are_kept(home: Path) -> None:
    for words in ("一", "二"):
        _begin(home, f"echo {words}").wait()
    kept = {one.name: one.read_text("utf-8") for one in (home / "logs").iterdir()}
    assert kept == {"part.before.log": "一\n", "part.log": "二\n"}


def test_a_home_is_served_once(home: Path) -> None:
    hold = f"""
from pathlib import Path
from deployments.sole_service import only_one
with only_one(Path({str(home)!r})):
    print("held", flush=True); input()
"""
    with subprocess.Popen(
        [sys.executable, "-c", hold], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        with pytest.raises(EnvironmentTrouble, match="E1441"), only_one(home):
            pass
        other.kill()
    left = _begin(home, "sleep 60")
    with only_one(home):  # the killed one holds it no more, and what it left behind is gone
        assert marked(home) == set()
    assert left.wait() != 0


def test_a_port_in_use_is_refused() -> None:
    import socket

    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(EnvironmentTrouble, match="E1442"):
            refuse_taken_port(other.getsockname()[1])
