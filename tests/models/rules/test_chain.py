"""Every way to tamper with a declaration's events shows."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from models.form.form import content_hash
from models.rules.chain import SEALED, faults, seal

STEPS = [("暂存", None, "暂存"), ("提交", "暂存", "待审核"), ("审核通过", "待审核", "已审核")]
AT = datetime(2024, 9, 2, 1, 2, 3, 4, tzinfo=UTC)
Events = list[dict[str, Any]]


def make_events() -> Events:
    events: Events = []
    for number, (act, before, after) in enumerate(STEPS, 1):
        event: dict[str, Any] = {
            "declaration_id": 1,
            "number": number,
            "act": act,
            "from_state": before,
            "to_state": after,
        }
        event |= {"role": "用人单位", "agency": "1", "by": "韦一", "reason": None, "version": 1}
        event |= {"effective_on": date(2024, 9, 2), "recorded_at": AT, "payload": {"form": "abc"}}
        event |= {"payload_sha256": content_hash({"form": "abc"})}
        event |= {"previous": events[-1]["sha256"] if events else None}
        events.append(event | {"sha256": seal(event)})
    return events


def told(events: Events, *, head: str | None = None) -> list[int]:
    good = make_events()
    return [
        fault.number for fault in faults(events, steps=3, head=head or good[-1]["sha256"], state="已审核")
    ]


def test_an_untouched_chain_holds() -> None:
    assert told(make_events()) == []


@pytest.mark.parametrize("name", [*SEALED, "payload"])
def test_every_field_is_covered(name: str) -> None:
    events = make_events()
    events[1][name] = {"form": "abd"} if name == "payload" else "别的"
    assert told(events)


def reseal(events: Events) -> None:
    """The clever way: change one and seal it anew."""
    events[1]["by"] = "李四"
    events[1]["sha256"] = seal(events[1])


def reseal_all(events: Events) -> None:
    """The cleverest: everything after it, too; only the head in the declaration's own row still tells."""
    reseal(events)
    events[2]["previous"] = events[1]["sha256"]
    events[2]["sha256"] = seal(events[2])


@pytest.mark.parametrize(
    ("tamper", "where"),
    [
        pytest.param(lambda events: events.pop(), 2, id="去掉最后一步"),
        pytest.param(lambda events: events.pop(1), 3, id="去掉中间一步"),
        pytest.param(lambda events: events.reverse(), 3, id="倒过来"),
        pytest.param(lambda events: events.clear(), 0, id="全部去掉"),
        pytest.param(lambda events: events.insert(1, events[0]), 1, id="插入一步"),
        pytest.param(reseal, 3, id="改后重封"),
        pytest.param(reseal_all, 3, id="改后全部重封"),
    ],
)
def test_tampering_shows(tamper: Callable[[Events], Any], where: int) -> None:
    events = make_events()
    tamper(events)
    assert where in told(events)


def test_the_state_must_be_the_last_steps() -> None:
    events = make_events()
    assert faults(events, steps=3, head=events[-1]["sha256"], state="待审核")


def test_a_moment_is_one_in_any_zone() -> None:
    event = make_events()[0]
    shanghai = event | {"recorded_at": AT.astimezone(timezone(timedelta(hours=8)))}
    assert seal(shanghai) == seal(event)
