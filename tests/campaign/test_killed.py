"""A run that is killed anywhere and started again ends as if it had never been killed."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from models.database import session
from tests.campaign.files import REGISTRY, registry_row, write_csv
from tests.conftest import empty
from tests.dump import dump

MOMENTS = 10
ROWS = 3000


@pytest.fixture
def big_list(tmp_path: Path) -> Path:
    rows = [
        registry_row("", f"柳州市第{number}机械厂", f"柳江区拉堡镇柳堡路{number}号", 联系电话="")
        for number in range(ROWS)
    ]
    return write_csv(tmp_path / "名册.csv", REGISTRY, rows)


def _ingest(path: Path) -> subprocess.Popen[bytes]:
    command = [
        "-m",
        "deployments.cli",
        "ingest",
        str(path),
        "--kind",
        "registry",
        "--data-date",
        "2024-06-30",
    ]
    return subprocess.Popen(
        [sys.executable, *command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ.copy(),
    )


def _after(engine: Engine) -> dict[str, list[Any]]:
    with session(engine) as db:
        return dump(db)


@pytest.mark.usefixtures("installation")
def test_killed_at_any_moment_and_started_again(big_list: Path, engine: Engine, installation: Path) -> None:
    start = time.monotonic()
    assert _ingest(big_list).wait() == 0
    whole = time.monotonic() - start
    clean = _after(engine)
    assert len(clean["employer"]) == ROWS
    survived = 0
    for moment in range(1, MOMENTS + 1):
        empty(engine)
        run = _ingest(big_list)
        time.sleep(whole * moment / (MOMENTS + 1))
        run.send_signal(signal.SIGKILL)
        survived += run.wait() == 0
        assert _after(engine) in ({**clean}, dict.fromkeys(clean, [])), f"half loaded at {moment}/{MOMENTS}"
        assert _ingest(big_list).wait() == 0
        assert _after(engine) == clean
    assert survived < MOMENTS, "no run was killed"
    assert not [path for path in installation.rglob("*") if path.name.startswith("tmp")] or survived < MOMENTS
