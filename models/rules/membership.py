"""What may happen to a county's list after the baseline (Q2, 1.7): removal X, addition A, cancellation, move."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from models.campaign_parts import Reason
from models.errors import RuleRefused


class Place(NamedTuple):
    """A county in which a unit is, or was, a member of N, and by which of its numbers (it may be merged since)."""

    employer_id: int
    county: str
    removed: bool  # an open removal takes it out of N


def member_of(places: Iterable[Place]) -> Place | None:
    """Where N holds the unit now; a unit is in one county's N at a time."""
    return next((place for place in places if not place.removed), None)


def check_reason(reasons: Iterable[Reason], key: str, note: str | None) -> Reason:
    """The reason with that key or name; a county cannot reach 100 % by deleting without one (Q2)."""
    known = {word: reason for reason in reasons for word in (reason.key, reason.name)}
    if key not in known:
        choices = "、".join(dict.fromkeys(f"{one.key}（{one.name}）" for one in known.values()))
        raise RuleRefused("E1231", f"原因“{key}”不在行动文件里。可用：{choices}。")
    if known[key].needs_note and not (note or "").strip():
        raise RuleRefused("E1232", f"原因“{known[key].name}”必须写明情况（--note）。")
    return known[key]


def check_baseline(county: str, baseline_on: date | None, on: date) -> None:
    if baseline_on is None:
        raise RuleRefused("E1233", f"{county}的基线还没有冻结，现在的变化属于核对结果，不是核销或新增。")
    if on < baseline_on:
        raise RuleRefused("E1234", f"日期 {on} 早于{county}的基线日 {baseline_on}。")


def check_day(on: date, today: date) -> None:
    """Nothing is removed, added or moved ahead of time: N of a day is what was known to hold on it."""
    if on > today:
        raise RuleRefused("E1261", f"日期 {on} 在今天（{today}）之后，变动只能自今天或以前某天起。")


def check_removal(places: Iterable[Place]) -> Place:
    """Where to remove it from. A declared unit may be removed as well; it then leaves N and D."""
    places = list(places)
    held = member_of(places)
    if held is None:
        said = "已经核销" if places else "不在任何县（区）的扩面目标里"
        raise RuleRefused("E1235", f"该单位{said}，不能核销。")
    return held


def check_addition(places: Iterable[Place], county: str, *, in_r: bool, declared: bool) -> None:
    """A resumption is no addition; a unit declared all along belongs to R, not to N."""
    places = list(places)
    if member_of(places) is not None:
        raise RuleRefused("E1236", "该单位已在扩面目标里；从别的县（区）划入请用 targets move。")
    if any(place.county == county for place in places):
        raise RuleRefused("E1237", "该单位在本县（区）核销过；恢复的请用 targets cancel 撤回核销，不算新增。")
    if not in_r:
        raise RuleRefused("E1238", "该单位按规则不属应申报单位，先用 targets explain 查看原因。")
    if declared:
        raise RuleRefused("E1239", "该单位已申报，属应申报 R，不进入扩面目标 N。")


def check_move(places: Iterable[Place], to: str) -> Place:
    """The giver. X at the giver and A at the taker on one day: zero for the city."""
    giver = member_of(places)
    if giver is None:
        raise RuleRefused("E1240", "该单位现在不在任何县（区）的扩面目标里，不能划转。")
    if giver.county == to:
        raise RuleRefused("E1241", "该单位已经在这个县（区）。")
    return giver
