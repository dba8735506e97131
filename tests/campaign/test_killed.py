"""A run that is killed anywhere and started again ends as if it had never been killed."""

import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from models.database import session
from models.inbound import Kind
from tasks.campaigns import open_campaign
from tasks.intake import ingest
from tasks.order import Order
from tests.campaign.files import REGISTRY, registry_row, write_csv
from tests.conftest import empty
from tests.dump import dump

MOMENTS = 8
CAMPAIGN = open_campaign("liuzhou-2024-2025")
ROWS = 3000


@pytest.fixture
def big_list(tmp_path: Path) -> Path:
    rows = [
        registry_row("", f"柳州市第{number}机械厂", f"柳江区拉堡镇柳堡路{number}号", 联系电话="")
        for number in range(ROWS)
    ]
    return write_csv(tmp_path / "名册.csv", REGISTRY, rows)


def _ready(path: Path) -> subprocess.Popen[str]:
    """A process that has loaded everything and waits for the word."""
    pipe = subprocess.PIPE
    run = subprocess.Popen(
        [sys.executable, "-m", "tests.campaign.killed_child", str(path)], stdin=pipe, stdout=pipe, text=True
    )
    assert run.stdout
    assert run.stdout.readline() == "ready\n"
    return run


def _start(run: subprocess.Popen[str]) -> float:
    assert run.stdin
    run.stdin.write("go\n")
    run.stdin.flush()
    return time.monotonic()


def _after(engine: Engine) -> dict[str, list[Any]]:
    with session(engine) as db:
        # one moment for all tables: a commit may arrive between two of them
        db.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        return dump(db)


@pytest.mark.usefixtures("installation")
def test_killed_at_any_moment_and_started_again(big_list: Path, engine: Engine) -> None:
    run = _ready(big_list)
    started = _start(run)
    assert run.wait() == 0
    whole = time.monotonic() - started
    clean = _after(engine)
    assert len(clean["employer"]) == ROWS
    nothing: dict[str, list[Any]] = {noun: [] for noun in clean}
    killed = 0
    for moment in range(1, MOMENTS + 1):
        empty(engine)
        run = _ready(big_list)
        _start(run)
        time.sleep(whole * moment / (MOMENTS + 1))
        run.send_signal(signal.SIGKILL)
        killed += run.wait() != 0
        assert _after(engine) in (clean, nothing), f"half loaded at {moment}/{MOMENTS}"
        started = time.monotonic()
        ingest(Order(big_list, Kind.REGISTRY, "test", data_date=date(2024, 6, 30)), CAMPAIGN)
        # the first run may have had a busy machine: the moments are to lie within a run, not behind it
        whole = min(whole, time.monotonic() - started)
        assert _after(engine) == clean
    assert killed >= MOMENTS // 4
