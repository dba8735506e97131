"""What happened to a unit after the baseline, in a person's words (Q2, 1.7)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Protocol

from models.campaign import Campaign

MOVED_IN = "moved_in"  # the key a campaign file gives the addition of a unit that another county gave up

REVOKED = "revoked"  # and of a unit that lost the approval it had on the baseline's day


class Change(Protocol):
    """One county's addition or removal of the unit, as it holds on the day."""

    @property
    def county(self) -> str: ...
    @property
    def removed(self) -> bool: ...
    @property
    def added_on(self) -> date | None: ...
    @property
    def added_reason(self) -> str | None: ...
    @property
    def removed_on(self) -> date | None: ...
    @property
    def removed_reason(self) -> str | None: ...


def change_text(changes: Iterable[Change], campaign: Campaign) -> str:
    """2024-09-01 核销（无危害因素） · 2024-09-01 由柳江区划入柳北区 · 2024-09-01 新增到柳江区（新发现）"""
    changes = list(changes)
    names = campaign.county_names | {campaign.city.code: "县区不明"}
    left = [one for one in changes if one.removed]
    joined = [one for one in changes if not one.removed]
    if joined:
        return _joined(joined[0], left, campaign, names)
    if left:
        last = max(left, key=lambda one: one.removed_on or date.min)
        why = removal_name(last.removed_reason, campaign)
        return f"{last.removed_on} 从{names.get(last.county, last.county)}核销（{why}）"
    return ""


def _joined(into: Change, left: list[Change], campaign: Campaign, names: Mapping[str, str]) -> str:
    county = names.get(into.county, into.county)
    if into.added_reason == MOVED_IN:
        givers = "、".join(names.get(one.county, one.county) for one in left)
        return f"{into.added_on} {f'由{givers}' if givers else ''}划入{county}"
    if into.added_on is None:
        return f"{addition_name(REVOKED, campaign)}，计入{county}新增"
    return f"{into.added_on} 新增到{county}（{addition_name(into.added_reason, campaign)}）"


def removal_name(key: str | None, campaign: Campaign) -> str:
    return next((one.name for one in campaign.removal_reasons if one.key == key), key or "")


def addition_name(key: str | None, campaign: Campaign) -> str:
    return next((one.name for one in campaign.addition_reasons if one.key == key), key or "")
