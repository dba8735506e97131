"""When to try a message again, and when to stop (design 4, notes on channels)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from models.outbox import SendState

# far longer than a channel's time-outs: who still sends then is dead, and nobody knows how far it came
LEASE = timedelta(minutes=5)
# what 企业微信, 钉钉 and 飞书 allow one robot
PER_MINUTE = 20
# about a day of hourly tries; a mail relay gives up sooner or later too
MOST_ATTEMPTS = 24
STATE_WORDS = {
    SendState.WAITING: "等待",
    SendState.SENDING: "发送中",
    SendState.SENT: "已发出",
    SendState.REFUSED: "被拒收",
    SendState.UNKNOWN: "未知",
}
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))


class Limit(NamedTuple):
    """How many notices a channel takes."""

    per_minute: int
    per_day: int


@dataclass(frozen=True)
class Pace:
    """What holds for notices now: quiet hours, and the limits of each channel since `day_began`."""

    quiet: bool = False
    limits: Mapping[str, Limit] = field(default_factory=dict)
    day_began: datetime | None = None


def back_off(attempts: int) -> timedelta:
    """How long to wait after `attempts` tries that the other side certainly did not take."""
    return WAITS[min(max(attempts, 1), len(WAITS)) - 1]


def gives_up(attempts: int) -> bool:
    return attempts >= MOST_ATTEMPTS
