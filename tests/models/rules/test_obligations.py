"""Where an obligation stands, and what may not happen to it (C25, C26, Q5)."""

from datetime import date

import pytest

from models.errors import RuleRefused
from models.obligation import ObligationAct, ObligationKind
from models.rules.obligations import Act, State, check_act, stands

DUE = date(2024, 8, 9)
R, N, A, B, X = (
    ObligationAct.RETURNED,
    ObligationAct.NOTHING,
    ObligationAct.ACCEPTED,
    ObligationAct.SENT_BACK,
    ObligationAct.EXTENDED,
)


def act(kind: ObligationAct, on: str, until: str | None = None, reason: str | None = "因") -> Act:
    return Act(kind, day(on), day(until) if until else None, reason)


def day(text: str) -> date:
    return date.fromisoformat(f"2024-{text}")


STANDS: dict[str, tuple[list[Act], str, State, int, bool]] = {
    # acts, day → state, days late, overdue
    "期限当天还不算逾期": ([], "08-09", State.OPEN, 0, False),
    "次日逾期1天": ([], "08-10", State.OPEN, 1, True),
    "当天交回按时": ([act(R, "08-09")], "09-30", State.RETURNED, 0, False),
    "次日交回迟1天": ([act(R, "08-10")], "09-30", State.RETURNED, 1, False),
    "交回的前一天还没交": ([act(R, "08-12")], "08-11", State.OPEN, 2, True),
    "无事项也是回音": ([act(N, "08-08")], "08-20", State.NOTHING, 0, False),
    "受理不改迟交天数": ([act(R, "08-12"), act(A, "08-20")], "09-30", State.ACCEPTED, 3, False),
    "未交而受理，算到受理那天": ([act(A, "08-14")], "09-30", State.ACCEPTED, 5, False),
    "补交不改第一次的日期": ([act(R, "08-08"), act(R, "08-15")], "08-20", State.RETURNED, 0, False),
    "退回后重新计": ([act(R, "08-08"), act(B, "08-12")], "08-13", State.SENT_BACK, 4, True),
    "期限以前退回": ([act(R, "08-01"), act(B, "08-05")], "08-06", State.SENT_BACK, 0, False),
    "重报按重报的日子": (
        [act(R, "08-08"), act(B, "08-12"), act(R, "08-15")],
        "09-30",
        State.RETURNED,
        6,
        False,
    ),
    "延期以后按新期限": ([act(X, "08-08", "08-20")], "08-20", State.OPEN, 0, False),
    "新期限过后逾期": ([act(X, "08-08", "08-20")], "08-21", State.OPEN, 1, True),
    "延期以前看还是旧期限": ([act(X, "08-12", "08-20")], "08-11", State.OPEN, 2, True),
    "延期以后交回": ([act(X, "08-08", "08-20"), act(R, "08-19")], "09-30", State.RETURNED, 0, False),
}


@pytest.mark.parametrize(("acts", "on", "state", "late", "overdue"), STANDS.values(), ids=STANDS)
def test_state_of_a_day(acts: list[Act], on: str, state: State, late: int, overdue: bool) -> None:
    now = stands(DUE, acts, day(on))
    assert (now.state, now.late_days, now.overdue) == (state, late, overdue)
    assert now.owed == (state in (State.OPEN, State.SENT_BACK))


def test_an_exclusive_due_day_is_late_itself() -> None:
    assert stands(DUE, [], DUE, inclusive=False).late_days == 1
    assert stands(DUE, [], day("08-08"), inclusive=False).late_days == 0


def test_courses_count_send_backs_and_extensions() -> None:
    acts = [act(R, "08-08"), act(B, "08-12", reason="不全"), act(X, "08-13", "08-20")]
    now = stands(DUE, acts, day("08-14"))
    assert (now.course, now.course_since, now.due) == (2, day("08-13"), day("08-20"))
    assert now.sent_back is not None
    assert (now.sent_back.course, now.sent_back.on, now.sent_back.reason) == (1, day("08-12"), "不全")


REFUSED: dict[str, tuple[list[Act], Act, str]] = {
    "未交而受理没有理由": ([], act(A, "08-08", reason=None), "E1293"),
    "未交而受理，理由是空格": ([], act(A, "08-08", reason="  "), "E1293"),
    "没有交回就退回": ([], act(B, "08-08"), "E1294"),
    "退回两次": ([act(R, "08-08"), act(B, "08-09")], act(B, "08-10"), "E1294"),
    "受理以后又交": ([act(R, "08-08"), act(A, "08-09")], act(R, "08-10"), "E1295"),
    "受理以后报无事项": ([act(R, "08-08"), act(A, "08-09")], act(N, "08-10"), "E1295"),
    "受理两次": ([act(R, "08-08"), act(A, "08-09")], act(A, "08-10"), "E1295"),
    "延到更早": ([], act(X, "08-01", "08-08"), "E1296"),
    "延到原来的期限": ([], act(X, "08-01", "08-09"), "E1296"),
    "延到已经过去的日子": ([], act(X, "08-20", "08-15"), "E1296"),
    "已交的延期": ([act(R, "08-08")], act(X, "08-09", "08-20"), "E1296"),
    "已受理的延期": ([act(R, "08-08"), act(A, "08-08")], act(X, "08-09", "08-20"), "E1296"),
    "延期没有日期": ([], act(X, "08-01"), "E1296"),
    "已交的改报无事项": ([act(R, "08-08")], act(N, "08-09"), "E1297"),
    "早于上一次的日期": ([act(R, "08-08")], act(A, "08-07"), "E1298"),
    "退回没有理由": ([act(R, "08-08")], act(B, "08-09", reason=" "), "E1299"),
    "延期没有理由": ([], act(X, "08-01", "08-20", reason=None), "E1299"),
}


def check(acts: list[Act], new: Act, kind: str = ObligationKind.MONTHLY) -> None:
    check_act(new, stands(DUE, acts, new.on), acts[-1].on if acts else None, kind)


@pytest.mark.parametrize(("acts", "new", "code"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_follow(acts: list[Act], new: Act, code: str) -> None:
    with pytest.raises(RuleRefused, match=code):
        check(acts, new)


ALLOWED: dict[str, tuple[list[Act], Act]] = {
    "交回": ([], act(R, "08-08", reason=None)),
    "补交": ([act(R, "08-08")], act(R, "08-09", reason=None)),
    "报无事项以后又交": ([act(N, "08-08")], act(R, "08-09", reason=None)),
    "受理": ([act(R, "08-08")], act(A, "08-08", reason=None)),
    "未交而受理，写明理由": ([], act(A, "08-20")),
    "受理以后退回": ([act(R, "08-08"), act(A, "08-09")], act(B, "08-10")),
    "退回以后交": ([act(R, "08-08"), act(B, "08-09")], act(R, "08-10", reason=None)),
    "退回以后延期": ([act(R, "08-08"), act(B, "08-09")], act(X, "08-09", "08-10")),
    "逾期以后延期": ([], act(X, "08-20", "08-20")),
}


@pytest.mark.parametrize(("acts", "new"), ALLOWED.values(), ids=ALLOWED)
def test_what_may_follow(acts: list[Act], new: Act) -> None:
    check(acts, new)


def test_a_summary_is_never_nothing() -> None:
    with pytest.raises(RuleRefused, match="E1297"):
        check([], act(N, "08-08"), ObligationKind.SUMMARY)
