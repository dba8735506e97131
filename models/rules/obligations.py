"""Where an obligation stands on a day, by what happened to it until then, and what may happen next (C25, C26, Q5)."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from models.errors import RuleRefused
from models.obligation import ObligationAct, ObligationKind


class State(StrEnum):
    OPEN = "open"
    RETURNED = "returned"
    NOTHING = "nothing"
    ACCEPTED = "accepted"
    SENT_BACK = "sent_back"


OWED = (State.OPEN, State.SENT_BACK)
HANDED_IN = {ObligationAct.RETURNED: State.RETURNED, ObligationAct.NOTHING: State.NOTHING}
NAMES = {
    State.OPEN: "未交",
    State.RETURNED: "已交待受理",
    State.NOTHING: "报无事项",
    State.ACCEPTED: "已受理",
    State.SENT_BACK: "退回重报",
}


class Act(NamedTuple):
    act: ObligationAct
    on: date
    new_due: date | None = None
    reason: str | None = None


class SentBack(NamedTuple):
    """The send-back that an owed obligation stands on: the course it began, its day and its reason."""

    course: int
    on: date
    reason: str | None


class Standing(NamedTuple):
    state: State
    due: date  # in force: the first one or the last extension
    course: int  # send-backs and extensions so far
    course_since: date | None  # the day of the last of them
    sent_back: SentBack | None  # only while it is owed again
    returned_on: date | None  # of what is now handed in: the first day since the last send-back
    late_days: int  # at the return, at an acceptance without one, or so far
    overdue: bool

    @property
    def owed(self) -> bool:
        return self.state in OWED


def last_day(due: date, *, inclusive: bool) -> date:
    """The last day in time: the due day itself, unless the campaign reads 前 without it (Q5)."""
    return due if inclusive else due - timedelta(days=1)


def stands(due: date, acts: Iterable[Act], day: date, *, inclusive: bool = True) -> Standing:
    """`acts` in the order in which they were recorded; later ones than `day` do not count yet."""
    state, course, since, sent_back, returned_on, ended_on = State.OPEN, 0, None, None, None, None
    for act in acts:
        if act.on > day:
            continue
        match act.act:
            case ObligationAct.RETURNED | ObligationAct.NOTHING:
                returned_on = ended_on = returned_on or act.on
                state, sent_back = HANDED_IN[act.act], None
            case ObligationAct.ACCEPTED:
                ended_on = returned_on or act.on
                state, sent_back = State.ACCEPTED, None
            case ObligationAct.SENT_BACK:
                course, since = course + 1, act.on
                sent_back = SentBack(course, act.on, act.reason)
                state, returned_on, ended_on = State.SENT_BACK, None, None
            case ObligationAct.EXTENDED:
                course, since = course + 1, act.on
                due = act.new_due or due
    late = max(0, ((ended_on or day) - last_day(due, inclusive=inclusive)).days)
    return Standing(state, due, course, since, sent_back, returned_on, late, late > 0 and state in OWED)


def check_act(act: Act, now: Standing, last_on: date | None, kind: str) -> None:
    """Refuse what cannot follow. `last_on`: the day of the newest act so far."""
    if last_on is not None and act.on < last_on:
        raise RuleRefused("E1298", f"日期 {act.on} 早于上一次登记的日期 {last_on}，先后次序会乱。")
    if act.act in (ObligationAct.SENT_BACK, ObligationAct.EXTENDED) and not (act.reason or "").strip():
        raise RuleRefused("E1299", "退回和延期都必须写明理由（--reason）。")
    match act.act:
        case ObligationAct.RETURNED | ObligationAct.NOTHING:
            _check_hand_in(act.act, now, kind)
        case ObligationAct.ACCEPTED:
            _check_acceptance(act, now)
        case ObligationAct.SENT_BACK:
            if now.owed:
                said = "刚退回过，还没有重报" if now.sent_back else "还没有交回"
                raise RuleRefused("E1294", f"该事项{said}，不能退回。")
        case ObligationAct.EXTENDED:
            _check_extension(act, now)


def _check_hand_in(act: ObligationAct, now: Standing, kind: str) -> None:
    if now.state is State.ACCEPTED:
        raise RuleRefused("E1295", "该事项已受理；确需重报的，先由市级退回（deadlines send-back）。")
    if act is ObligationAct.NOTHING:
        if kind == ObligationKind.SUMMARY:
            raise RuleRefused("E1297", "总结必须报送，不能报无事项。")
        if now.state is State.RETURNED:
            raise RuleRefused("E1297", "该事项已交回，不能再报无事项；确需更改的，先由市级退回。")


def _check_acceptance(act: Act, now: Standing) -> None:
    if now.state is State.ACCEPTED:
        raise RuleRefused("E1295", "该事项已经受理。")
    if now.owed and not (act.reason or "").strip():
        raise RuleRefused("E1293", "县（区）还没有交回；未交而受理的，必须写明理由（--reason）。")


def _check_extension(act: Act, now: Standing) -> None:
    if not now.owed:
        raise RuleRefused("E1296", f"该事项{NAMES[now.state]}，不需要延期。")
    if act.new_due is None:
        raise RuleRefused("E1296", "延期必须写明新的期限（--until）。")
    if act.new_due <= now.due:
        raise RuleRefused("E1296", f"新期限 {act.new_due} 不晚于现期限 {now.due}。")
    if act.new_due < act.on:
        raise RuleRefused("E1296", f"新期限 {act.new_due} 已经过去（{act.on} 登记）。")
