"""Events sealed one to the next: whoever changes, drops or inserts one shows it (1.5)."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from models.form.form import content_hash

# what the seal covers, beside the declaration's own number and the seal before
SEALED = (
    "declaration_id",
    "number",
    "act",
    "from_state",
    "to_state",
    "role",
    "agency",
    "by",
    "reason",
    "version",
    "effective_on",
    "recorded_at",
    "payload_sha256",
    "previous",
)
Event = Mapping[str, Any]


class Fault(NamedTuple):
    """Where a chain does not hold."""

    number: int
    message: str


def seal(event: Event) -> str:
    return content_hash({name: _plain(event[name]) for name in SEALED})


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def faults(events: Sequence[Event], *, steps: int, head: str, state: str) -> list[Fault]:
    """What is wrong with the events of one declaration, in their order; `steps`, `head`, `state` are its own row's."""
    found = [fault for at, event in enumerate(events) for fault in _faults_of(at, event, events)]
    last = events[-1] if events else None
    if len(events) != steps or last is None or last["sha256"] != head:
        found.append(Fault(len(events), f"应有{steps}步，现有{len(events)}步，或最后一步不是原来的"))
    elif last["to_state"] != state:
        found.append(Fault(len(events), f"最后一步到“{last['to_state']}”，记录却是“{state}”"))
    return found


def _faults_of(at: int, event: Event, events: Sequence[Event]) -> list[Fault]:
    before = events[at - 1] if at else None
    number = event["number"]
    checks = {
        f"顺序号应为{at + 1}": number == at + 1,
        "内容与其校验值不符": content_hash(event["payload"]) == event["payload_sha256"],
        "被改动过": seal(event) == event["sha256"],
        "与上一步接不上": event["previous"] == (before["sha256"] if before else None)
        and event["from_state"] == (before["to_state"] if before else None),
    }
    return [Fault(number, message) for message, holds in checks.items() if not holds]
