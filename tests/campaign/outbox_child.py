"""A worker that sends what waits: says when it is ready, starts when told, and stops dead at the step asked for."""

import sys
from collections.abc import Callable
from typing import Any

from models.actions import outbox
from models.database import engine
from notices.channels.folder import FolderChannel
from notices.channels.mail import MailChannel
from notices.channels.sms import SmsChannel
from tasks.outbox import deliver_waiting

# the message at which it stops: others lie before and behind it
WHICH = 2


def say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def stopping(work: Callable[..., Any], *, before: bool, at: int = WHICH) -> Callable[..., Any]:
    """`work`, but at its call number `at` it waits for ever before or after doing it."""
    calls = 0

    def work_or_stop(*words: Any, **more: Any) -> Any:
        nonlocal calls
        calls += 1
        if before and calls == at:
            stop()
        done = work(*words, **more)
        if not before and calls == at:
            stop()
        return done

    return work_or_stop


def stop() -> None:
    say("stopped")
    sys.stdin.readline()


def stop_at(step: str) -> None:
    moment, _, what = step.partition(" ")
    before = moment == "before"
    if what == "claim":
        outbox.claim_next = stopping(outbox.claim_next, before=before)
    if what == "send":
        for channel in (MailChannel, FolderChannel, SmsChannel):
            channel.send = stopping(channel.send, before=before)  # type: ignore[method-assign]
    if what == "finish":
        outbox.finish = stopping(outbox.finish, before=before)


if __name__ == "__main__":
    stop_at(sys.argv[1])
    engine().connect().close()
    say("ready")
    sys.stdin.readline()
    say(str(len(deliver_waiting().lines)))
