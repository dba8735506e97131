"""The ladder 告知 → 培训/宣讲 → 入户指导 → 移送监督执法: who may go up, and how far acts alone lead (C18, Q17)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from models.errors import RuleRefused
from models.fieldwork import RUNGS, Rung

SKIPPED, STANDS, BY_PERSON, TOO_EARLY, NOT_OWED = "E1581", "E1582", "E1583", "E1584", "E1585"
NOT_SERVED = "E1860"
# names under which programs write; a decision signed by one of them is nobody's
NOBODY = frozenset(["系统", "自动", "规则", "模型", "system", "yingbao"])


class Step(NamedTuple):
    rung: Rung
    on: date


class Climb(NamedTuple):
    """A rung somebody wants to record."""

    rung: Rung
    on: date
    reason: str | None = None
    decided_by: str | None = None


class Owing(NamedTuple):
    """How the unit stands on the day of entry."""

    target: bool  # in R, or in a county's N
    declared: bool
    pending: bool
    unsure: bool
    served: date | None = None  # when its notice was, as a kept 送达回证 says (Q20)


def check_climb(steps: Sequence[Step], climb: Climb, owing: Owing) -> bool:
    """False: it is recorded already, and a repeated run does not climb twice."""
    held = {step.rung: step.on for step in steps}
    if climb.rung in held:
        if held[climb.rung] == climb.on:
            return False
        raise RuleRefused(STANDS, f"“{climb.rung.words}”已于 {held[climb.rung]} 登记，不重复登记。")
    _check_owing(climb.rung, owing)
    last = max(steps, default=None)
    _check_order(last, climb)
    _check_skipped(last, climb)
    _check_person(climb)
    _check_served(climb, owing)
    return True


def _check_owing(rung: Rung, owing: Owing) -> None:
    if owing.declared:
        raise RuleRefused(NOT_OWED, "该单位已申报，不再推进。")
    if not owing.target:
        raise RuleRefused(NOT_OWED, "该单位不在应申报范围，用 targets explain 查看原因。")
    if rung is Rung.REFERRED and owing.unsure:
        raise RuleRefused(NOT_OWED, "该单位有疑似申报待人工核对，核对以前不能移送。")
    if rung is Rung.REFERRED and owing.pending:
        raise RuleRefused(NOT_OWED, "该单位的申报正在审核，不能移送。")


def _check_order(last: Step | None, climb: Climb) -> None:
    if last is None:
        return
    if climb.rung < last.rung:
        raise RuleRefused(STANDS, f"该单位已到“{last.rung.words}”（{last.on}），不能再登记前面的措施。")
    if climb.on < last.on:
        raise RuleRefused(TOO_EARLY, f"{climb.on} 早于上一步“{last.rung.words}”的日期 {last.on}。")


def _check_skipped(last: Step | None, climb: Climb) -> None:
    first = last.rung + 1 if last else Rung.TOLD
    skipped = [RUNGS[Rung(rung)] for rung in range(first, climb.rung)]
    if skipped and not climb.reason:
        raise RuleRefused(SKIPPED, f"还没有“{'”“'.join(skipped)}”，越级必须写明理由。")


def _check_person(climb: Climb) -> None:
    if climb.rung is not Rung.REFERRED:
        return
    if not climb.reason or not climb.decided_by or climb.decided_by.lower() in NOBODY:
        raise RuleRefused(BY_PERSON, "移送监督执法由人决定，必须写明决定人姓名和理由。")


def _check_served(climb: Climb, owing: Owing) -> None:
    """A 送达回证 is optional below the enforcement rung and required there (Q20); no reason stands in for it."""
    if climb.rung is not Rung.REFERRED or (owing.served is not None and owing.served <= climb.on):
        return
    said = f"送达日期 {owing.served} 在移送之后" if owing.served else "没有登记过送达回证"
    raise RuleRefused(
        NOT_SERVED, f"移送监督执法以前，告知单要有送达回证；该单位{said}。请先用 notices delivered 登记。"
    )


def steps_shown(steps: Sequence[Step], acts: Mapping[Rung, Sequence[date]]) -> list[Step]:
    """The further steps that recorded acts prove, one after the other; never a skipped one, never the last (Q17)."""
    found: list[Step] = []
    last = max(steps, default=None)
    while last is None or last.rung < Rung.VISITED:
        rung = Rung(last.rung + 1) if last else Rung.TOLD
        since = last.on if last else date.min
        day = min((day for day in acts.get(rung, ()) if day >= since), default=None)
        if day is None:
            break
        last = Step(rung, day)
        found.append(last)
    return found
