"""When a declaration may be approved without a person: never where one has anything to judge."""

from collections.abc import Collection
from typing import NamedTuple

from models.filing import Act

SENT_BACK = frozenset({Act.REJECT, Act.REVOKE})


class Held(NamedTuple):
    """What is known of a declaration before it is checked."""

    waits: bool
    switched_on: bool  # by the county that decides on it
    registered: bool  # its registration is approved
    unit_known: bool  # else there is nothing in the database to hold it against
    acts: Collection[str]  # everything that was done with it so far


def why_not(held: Held) -> str | None:
    """The first reason to leave it to a person."""
    reasons = {
        "已由人处理": not held.waits,
        "县（区）没有打开自动审核": not held.switched_on,
        "注册尚未审核": not held.registered,
        "数据库中没有对应单位": not held.unit_known,
        "曾被驳回或撤销": not SENT_BACK.isdisjoint(held.acts),
    }
    return next((reason for reason, holds in reasons.items() if holds), None)
