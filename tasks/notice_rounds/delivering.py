"""Let the outbox send while it may: a limit a minute is waited for, quiet hours and a full day are not (issue 4)."""

import time
from collections.abc import Callable, Iterator

from models.database import session
from models.outbox import ChannelKind
from models.queries.outbox import FULL_MINUTE, shut_to_notices, waiting_notices
from models.settings import get_settings
from tasks.notice_pace import pace_now
from tasks.outbox import DeliveryReport, deliver_waiting

TOGETHER = 50  # messages between two words of progress
BREATH = 5.0  # seconds


def deliver_all(*, pause: Callable[[float], None] = time.sleep) -> Iterator[DeliveryReport]:
    """Reports as they come. Ends when nothing may go any more, or a channel is in trouble."""
    while True:
        report = deliver_waiting(limit=TOGETHER)
        yield report
        if report.troubles:
            return
        if len(report.lines) >= TOGETHER:
            continue
        if not _room_soon():
            return
        pause(BREATH)


def _room_soon() -> bool:
    """Something waits only because its channel is full for this minute."""
    pace = pace_now(get_settings())
    if pace is None:
        return False
    with session() as db:
        waiting, shut = waiting_notices(db), shut_to_notices(db, pace)
    full = {channel for channel, why in shut.items() if why == FULL_MINUTE}
    return bool(full & (set(waiting) - {ChannelKind.FOLDER}))
