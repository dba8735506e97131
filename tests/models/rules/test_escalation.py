"""The ladder: every rung from every standing, and what acts alone prove (C18, Q17)."""

from datetime import date

import pytest

from models.errors import RuleRefused
from models.fieldwork import Rung
from models.rules.escalation import Climb, Owing, Step, check_climb, steps_shown

TOLD, TRAINED, VISITED, REFERRED = Rung


def day(number: int) -> date:
    return date(2024, 9, number)


OWES = Owing(target=True, declared=False, pending=False, unsure=False, served=day(1))


def held(*rungs: Rung) -> list[Step]:
    """Rung 1 on the 1st, rung 2 on the 2nd …"""
    return [Step(rung, day(rung)) for rung in rungs]


def word(steps: list[Step], climb: Climb, owing: Owing = OWES) -> str:
    try:
        return "new" if check_climb(steps, climb, owing) else "same"
    except RuleRefused as wrong:
        return wrong.code


# from (rungs held) → the word on each rung 1–4, without a reason and with one, signed
MATRIX = {
    "还没有": ((), ("new", "E1581", "E1581", "E1581"), ("new", "new", "new", "new")),
    "已告知": ((TOLD,), ("E1582", "new", "E1581", "E1581"), ("E1582", "new", "new", "new")),
    "已培训": ((TOLD, TRAINED), ("E1582", "E1582", "new", "E1581"), ("E1582", "E1582", "new", "new")),
    "已入户": ((TOLD, TRAINED, VISITED), ("E1582",) * 3 + ("E1583",), ("E1582",) * 3 + ("new",)),
    "越级入户": ((TOLD, VISITED), ("E1582", "E1582", "E1582", "E1583"), ("E1582", "E1582", "E1582", "new")),
    "已移送": (tuple(Rung), ("E1582",) * 4, ("E1582",) * 4),
}


@pytest.mark.parametrize(("rungs", "bare", "signed"), MATRIX.values(), ids=MATRIX)
def test_the_ladder(rungs: tuple[Rung, ...], bare: tuple[str, ...], signed: tuple[str, ...]) -> None:
    steps = held(*rungs)
    assert tuple(word(steps, Climb(rung, day(20))) for rung in Rung) == bare
    assert tuple(word(steps, Climb(rung, day(20), "屡次不改", "赵队长")) for rung in Rung) == signed


@pytest.mark.parametrize("rung", Rung)
def test_the_same_step_again_is_none(rung: Rung) -> None:
    assert word(held(*Rung), Climb(rung, day(rung))) == "same"


@pytest.mark.parametrize(
    ("reason", "by"),
    [(None, "赵队长"), ("屡次不改", None), ("", "赵队长"), ("屡次不改", "系统"), ("屡次不改", "Yingbao")],
)
def test_only_a_named_person_with_a_reason_refers(reason: str | None, by: str | None) -> None:
    assert word(held(TOLD, TRAINED, VISITED), Climb(REFERRED, day(20), reason, by)) == "E1583"


@pytest.mark.parametrize(("on", "said"), [(1, "E1584"), (2, "new"), (3, "new")])
def test_a_step_is_not_before_the_last(on: int, said: str) -> None:
    steps = [Step(TOLD, day(2))]
    assert word(steps, Climb(TRAINED, day(on))) == said


@pytest.mark.parametrize(
    ("served", "said"),
    [(None, "E1860"), (day(21), "E1860"), (day(20), "new"), (day(1), "new")],
    ids=["从未送达", "移送以后才送达", "当天送达", "早已送达"],
)
@pytest.mark.parametrize("rungs", [(), (TOLD, TRAINED, VISITED)], ids=["越级", "逐级"])
def test_nobody_is_referred_whose_notice_was_not_served(
    rungs: tuple[Rung, ...], served: date | None, said: str
) -> None:
    """A 送达回证 is wanted from the enforcement rung on, and only there (Q20)."""
    owing = OWES._replace(served=served)
    assert word(held(*rungs), Climb(REFERRED, day(20), "屡次不改", "赵队长"), owing) == said
    assert word(held(TOLD, TRAINED), Climb(VISITED, day(20)), owing) == "new"


STANDINGS = {
    "已申报": (Owing(True, True, False, False), ("E1585", "E1585")),
    "不在范围": (Owing(False, False, False, False), ("E1585", "E1585")),
    "待人工核对": (Owing(True, False, False, True), ("new", "E1585")),
    "待审核": (Owing(True, False, True, False), ("new", "E1585")),
}


@pytest.mark.parametrize(("owing", "said"), STANDINGS.values(), ids=STANDINGS)
def test_who_can_be_escalated(owing: Owing, said: tuple[str, str]) -> None:
    """As far as a visit where a declaration may yet turn up; not to enforcement."""
    visited = word(held(TOLD, TRAINED), Climb(VISITED, day(20)), owing)
    referred = word(held(TOLD, TRAINED, VISITED), Climb(REFERRED, day(20), "屡次不改", "赵队长"), owing)
    assert (visited, referred) == said


PROVED = {
    "一样也没有": ((), {}, ()),
    "逐级": ((), {TOLD: [1], TRAINED: [5], VISITED: [9]}, ((TOLD, 1), (TRAINED, 5), (VISITED, 9))),
    "同一天": ((), {TOLD: [5], TRAINED: [5]}, ((TOLD, 5), (TRAINED, 5))),
    "没有告知": ((), {TRAINED: [5], VISITED: [9]}, ()),
    "告知前的培训不算": ((), {TOLD: [6], TRAINED: [5]}, ((TOLD, 6),)),
    "告知后的那次算": ((), {TOLD: [6], TRAINED: [5, 8, 7]}, ((TOLD, 6), (TRAINED, 7))),
    "没有培训的入户": ((), {TOLD: [1], VISITED: [9]}, ((TOLD, 1),)),
    "接着登记过的": ((TOLD,), {TOLD: [3], TRAINED: [5]}, ((TRAINED, 5),)),
    "已入户不再上": ((TOLD, TRAINED, VISITED), {VISITED: [9]}, ()),
    "已移送": (tuple(Rung), {TOLD: [9]}, ()),
}


@pytest.mark.parametrize(("rungs", "acts", "steps"), PROVED.values(), ids=PROVED)
def test_what_acts_prove(
    rungs: tuple[Rung, ...], acts: dict[Rung, list[int]], steps: tuple[tuple[Rung, int], ...]
) -> None:
    days = {rung: [day(number) for number in numbers] for rung, numbers in acts.items()}
    before = held(*rungs)
    found = steps_shown(before, days)
    assert [(step.rung, step.on.day) for step in found] == list(steps)
    assert steps_shown(before + found, days) == []
