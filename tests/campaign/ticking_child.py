"""A process that ticks one day: says when it is ready, starts when told, and can die behind any step of the tick."""

import os
import signal
import sys
from collections.abc import Callable
from datetime import date
from typing import Any

from models.database import engine
from tasks import deadlines
from tasks.campaigns import open_campaign


def dying(step: Callable[..., Any]) -> Callable[..., Any]:
    """Does its step, and nothing after it."""

    def done_and_dead(*given: Any, **named: Any) -> Any:
        step(*given, **named)
        os.kill(os.getpid(), signal.SIGKILL)

    return done_and_dead


if __name__ == "__main__":
    day, last_step = date.fromisoformat(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None
    campaign = open_campaign("liuzhou-2024-2025")
    if last_step:
        setattr(deadlines, last_step, dying(getattr(deadlines, last_step)))
    engine().connect().close()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    deadlines.tick(campaign, day)
