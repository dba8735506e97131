"""Acceptance 3: two workers at once, a worker killed at every step. Received once, or listed as unknown."""

import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from models.outbox import ChannelKind
from tasks.outbox import deliver_waiting, reconcile
from tests.mail_server import SLOW_SECONDS, Post
from tests.make_messages import message_ids, put, states

MESSAGES, MANY, MOMENTS = 4, 50, 5
AT_ONCE = timedelta(0)
STEPS = {
    "before claim": 0,
    "after claim": 0,  # in the open transaction: it is taken back
    "before send": 1,  # claimed and committed, nothing sent: nobody can know
    "after send": 1,  # the server has it, our word on it is missing
    "after finish": 1,  # in the open transaction: taken back, as if not written
}


def worker(step: str) -> subprocess.Popen[str]:
    """A process that is ready to send and waits for the word."""
    pipe = subprocess.PIPE
    run = subprocess.Popen(
        [sys.executable, "-m", "tests.campaign.outbox_child", step], stdin=pipe, stdout=pipe, text=True
    )
    assert heard(run) == "ready"
    return run


def go(run: subprocess.Popen[str]) -> None:
    assert run.stdin
    run.stdin.write("go\n")
    run.stdin.flush()


def heard(run: subprocess.Popen[str]) -> str:
    assert run.stdout
    return run.stdout.readline().strip()


def run_until_nothing_waits() -> None:
    """The server may need a moment to notice that the killed worker's transaction is gone."""
    until = time.monotonic() + 5
    while time.monotonic() < until:
        deliver_waiting(lease=AT_ONCE)
        if not {"waiting", "sending"} & set(states().values()):
            return
        time.sleep(0.05)


@pytest.mark.usefixtures("installation")
def test_two_workers_send_each_message_once(post: Post) -> None:
    for number in range(MANY):
        put(str(number))
    workers = [worker("none"), worker("none")]
    for run in workers:
        go(run)
    handled = [int(heard(run)) for run in workers]
    assert [run.wait() for run in workers] == [0, 0]
    assert sorted(post.ids()) == sorted(message_ids())
    assert len(post.ids()) == MANY == sum(handled)
    assert all(handled), "one of them had nothing to do: they did not run at the same moment"
    assert set(states().values()) == {"sent"}


@pytest.mark.parametrize("step", STEPS)
def test_killed_and_run_again(post: Post, step: str) -> None:
    for number in range(MESSAGES):
        put(str(number))
    run = worker(step)
    go(run)
    assert heard(run) == "stopped"
    run.kill()
    assert run.wait() != 0
    run_until_nothing_waits()
    unknown, received = message_ids("unknown"), post.ids()
    assert len(received) == len(set(received)), "sent twice"
    assert set(received) | set(unknown) == set(message_ids()), "missing from both"
    assert len(unknown) == STEPS[step]
    assert sorted(states().values()) == sorted(
        ["unknown"] * len(unknown) + ["sent"] * (MESSAGES - len(unknown))
    )


@pytest.mark.parametrize("moment", range(1, MOMENTS + 1))
def test_killed_anywhere_in_the_dialogue(post: Post, moment: int) -> None:
    """The steps above are ours; these moments are nobody's."""
    for number in range(MESSAGES):
        put(str(number), addressee="slow@liubei.example.cn")
    run = worker("none")
    go(run)
    time.sleep(SLOW_SECONDS * 2 * moment / (MOMENTS + 1))
    run.kill()
    run.wait()
    run_until_nothing_waits()
    unknown, received = message_ids("unknown"), post.ids()
    assert len(received) == len(set(received)), "sent twice"
    assert set(received) | set(unknown) == set(message_ids()), "missing from both"


def test_reconciled_after_the_kill(post: Post) -> None:
    """Killed before it sent: a person says again, and it goes out exactly once."""
    put("甲")
    put("乙")
    run = worker("before send")
    go(run)
    assert heard(run) == "stopped"
    run.kill()
    run.wait()
    run_until_nothing_waits()
    assert states() == {"甲": "sent", "乙": "unknown"}
    reconcile(2, sent=False, by="张三", reason="电话问过，没有收到")
    for _ in range(3):
        deliver_waiting(lease=AT_ONCE)
    assert sorted(post.ids()) == sorted(message_ids())
    assert set(states().values()) == {"sent"}


@pytest.mark.parametrize("step", ["before send", "after send", "after finish"])
def test_the_folder_proves_what_it_did(installation: Path, step: str) -> None:
    """Nothing is unknown there: the file is there or it is not."""
    for number in range(MESSAGES):
        put(str(number), channel=ChannelKind.FOLDER)
    run = worker(step)
    go(run)
    assert heard(run) == "stopped"
    run.kill()
    run.wait()
    run_until_nothing_waits()
    assert set(states().values()) == {"sent"}
    files = {f"<{path.stem}@yingbao.internal>" for path in (installation / "outbox").rglob("*.eml")}
    assert files == set(message_ids())
