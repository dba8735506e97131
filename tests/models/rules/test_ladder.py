"""On which days the rungs of the ladder go out. Every date was worked out by hand from the calendar (1.6)."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.campaign_parts import Calendar, Reminders
from models.obligation import ObligationAct
from models.rules.ladder import SENT_BACK, Planned, Rung, Terms, due_now, planned, repeats, rung_name, steps
from models.rules.obligations import Act, stands
from tests.make_targets import campaign_on_file

SHIPPED = campaign_on_file()
TERMS = Terms(SHIPPED.reminders, SHIPPED.calendar)
EARLY = date(2024, 1, 1)
Table = dict[str, tuple[int, ...]]


def day(text: str) -> date:
    """08-09 lies in 2024, 2025-01-06 where it says."""
    return date.fromisoformat(text if len(text) > 5 else f"2024-{text}")


def climbed(due: str, until: str, *acts: Act, opened: date = EARLY, terms: Terms = TERMS) -> Table:
    """Day → rungs, all courses under one."""
    now = stands(day(due), acts, day(until), inclusive=terms.inclusive)
    return {
        str(one.on).removeprefix("2024-"): tuple(step.rung.days for step in one.steps)
        for one in planned(opened, now, day(until), terms)
    }


def returned(on: str) -> Act:
    return Act(ObligationAct.RETURNED, day(on))


def sent_back(on: str) -> Act:
    return Act(ObligationAct.SENT_BACK, day(on), None, "不全")


def extended(on: str, until: str) -> Act:
    return Act(ObligationAct.EXTENDED, day(on), day(until), "洪灾")


LADDERS: dict[str, tuple[str, str, Table]] = {
    # Friday. +1 is Saturday the 10th and goes to Monday the 12th, where it meets +3
    "2024-08-09 星期五": (
        "08-09",
        "10-11",
        {"07-26": (-14,), "08-02": (-7,), "08-06": (-3,), "08-08": (-1,), "08-09": (0,)}
        | {"08-12": (1, 3), "08-16": (7,), "08-23": (14,), "08-30": (21,), "09-06": (28,), "09-13": (35,)}
        # 10-04 lies in the National Day holidays (1st to 7th)
        | {"09-20": (42,), "09-27": (49,), "10-08": (56,), "10-11": (63,)},
    ),
    # Sunday: -14 and -7 are Sundays as well; -1 (Saturday) and the day itself meet on Friday the 13th
    "2024-12-15 星期日": (
        "12-15",
        "2025-02-10",
        {"11-29": (-14,), "12-06": (-7,), "12-12": (-3,), "12-13": (-1, 0), "12-16": (1,), "12-18": (3,)}
        | {"12-23": (7,), "12-30": (14,), "2025-01-06": (21,), "2025-01-13": (28,), "2025-01-20": (35,)}
        # Sunday 01-26 is worked; 02-02 lies in Spring Festival (01-28 to 02-04)
        | {"2025-01-26": (42,), "2025-02-05": (49,), "2025-02-10": (56,)},
    ),
    # Saturday: -14, -7 on the Fridays before; the day itself meets -1 on Friday the 14th
    "2025-11-15 星期六": (
        "2025-11-15",
        "2025-12-01",
        {"2025-10-31": (-14,), "2025-11-07": (-7,), "2025-11-12": (-3,), "2025-11-14": (-1, 0)}
        | {"2025-11-17": (1,), "2025-11-18": (3,), "2025-11-24": (7,), "2025-12-01": (14,)},
    ),
    # a Saturday that is worked: the day is the day. 09-28 is a Saturday off, 10-05 a holiday
    "2024-10-12 补班的星期六": (
        "10-12",
        "10-21",
        {"09-27": (-14,), "09-30": (-7,), "10-09": (-3,), "10-11": (-1,), "10-12": (0,)}
        | {"10-14": (1,), "10-15": (3,), "10-21": (7,)},
    ),
    # +1 is Saturday 02-08, which is worked; -1 and the day follow the holidays, -7 and -3 go before them
    "2025-02-07 春节以后": (
        "2025-02-07",
        "2025-02-14",
        {"2025-01-24": (-14,), "2025-01-27": (-7, -3), "2025-02-06": (-1,), "2025-02-07": (0,)}
        | {"2025-02-08": (1,), "2025-02-10": (3,), "2025-02-14": (7,)},
    ),
    # in the middle of the holidays: -3, -1 and the day go out together before them, +1, +3, +7 after them
    "2025-01-30 春节当中": (
        "2025-01-30",
        "2025-02-13",
        {"2025-01-16": (-14,), "2025-01-23": (-7,), "2025-01-27": (-3, -1, 0), "2025-02-05": (1, 3)}
        | {"2025-02-06": (7,), "2025-02-13": (14,)},
    ),
}


@pytest.mark.parametrize(("due", "until", "expected"), LADDERS.values(), ids=LADDERS)
def test_ladder_of_a_silent_county(due: str, until: str, expected: Table) -> None:
    assert climbed(due, until) == expected


COURSES: dict[str, tuple[tuple[Act, ...], str, Table]] = {
    "交回以后不再提醒": ((returned("08-07"),), "09-30", {}),
    # -14 (08-06) was before, the day after counts; 08-17 is a Saturday
    "延期到 08-20": (
        (extended("08-08", "08-20"),),
        "08-21",
        {"08-13": (-7,), "08-16": (-3,), "08-19": (-1,), "08-20": (0,), "08-21": (1,)},
    ),
    # +1 and +3 were planned for the day of the send-back itself: only later rungs count
    "08-12 退回": (
        (returned("08-09"), sent_back("08-12")),
        "08-23",
        {"08-13": (SENT_BACK,), "08-16": (7,), "08-23": (14,)},
    ),
    "星期五退回，星期一告知": (
        (returned("08-09"), sent_back("08-23")),
        "08-30",
        {"08-26": (SENT_BACK,), "08-30": (21,)},
    ),
    "退回告知与逾期14天同日": (
        (returned("08-09"), sent_back("08-22")),
        "08-29",
        {"08-23": (14, SENT_BACK)},
    ),
    # the notice belongs to the send-back's own course, the rungs to the extension's; -1 is Sunday the 25th
    "退回当天又延期": (
        (returned("08-09"), sent_back("08-12"), extended("08-12", "08-26")),
        "08-26",
        {"08-13": (SENT_BACK,), "08-19": (-7,), "08-23": (-3, -1), "08-26": (0,)},
    ),
    "退回后又交回": ((returned("08-09"), sent_back("08-12"), returned("08-15")), "09-30", {}),
    "期限以前退回": (
        (returned("08-01"), sent_back("08-05")),
        "08-12",
        {"08-06": (-3, SENT_BACK), "08-08": (-1,), "08-09": (0,), "08-12": (1, 3)},
    ),
}


@pytest.mark.parametrize(("acts", "until", "expected"), COURSES.values(), ids=COURSES)
def test_every_course_begins_the_day_after(acts: tuple[Act, ...], until: str, expected: Table) -> None:
    assert climbed("08-09", until, *acts) == expected


def test_the_notice_of_a_send_back_keeps_its_course() -> None:
    now = stands(
        day("08-09"), [returned("08-09"), sent_back("08-12"), extended("08-13", "08-26")], day("08-14")
    )
    (only,) = planned(EARLY, now, day("08-14"), TERMS)
    assert [step.rung for step in only.steps] == [Rung(1, SENT_BACK)]


@pytest.mark.parametrize(
    ("opened", "first"), [("07-26", "07-26"), ("07-27", "08-02"), ("08-09", "08-09"), ("08-10", "08-12")]
)
def test_no_rung_before_the_obligation_opened(opened: str, first: str) -> None:
    assert next(iter(climbed("08-09", "08-30", opened=day(opened)))) == first


def test_an_exclusive_due_day_shifts_the_whole_ladder() -> None:
    """Q5 read the other way: the 8th is the last day, the 9th is late."""
    expected = {"07-25": (-14,), "08-01": (-7,), "08-05": (-3,), "08-07": (-1,), "08-08": (0,), "08-09": (1,)}
    assert climbed("08-09", "08-09", terms=TERMS._replace(inclusive=False)) == expected


def test_a_campaign_may_have_no_overdue_rungs_but_the_weekly_ones() -> None:
    reminders = Reminders(before=(0,), overdue=(), then_every=7, escalate_from=1)
    terms = Terms(reminders, Calendar())
    assert climbed("08-09", "08-23", terms=terms) == {"08-09": (0,), "08-16": (7,), "08-23": (14,)}


NAMED = {
    "当天与前一天": ("12-15", "12-13", 0),
    "逾期1天与3天": ("08-09", "08-12", 1),
    "错过几天，最近一级": ("08-09", "08-08", -1),
    "错过到期限以后": ("08-09", "08-20", 7),
}


@pytest.mark.parametrize(("due", "on", "name"), NAMED.values(), ids=NAMED)
def test_one_reminder_for_all_that_was_missed(due: str, on: str, name: int) -> None:
    now = stands(day(due), [], day(on))
    found = due_now(steps(EARLY, now, day(on), TERMS))
    assert found is not None
    assert found.rung == Rung(0, name)
    assert {step.rung for step in found.steps} == {
        step.rung for one in planned(EARLY, now, day(on), TERMS) for step in one.steps
    }


@pytest.mark.parametrize(
    ("days", "name"), [(-14, "提前14天"), (0, "期限当日"), (7, "逾期7天"), (SENT_BACK, "退回重报")]
)
def test_rungs_have_names(days: int, name: str) -> None:
    assert rung_name(days) == name


REPEATS = {
    "提出当天不催": ("08-05", "08-02", "08-05", False),
    "次日": ("08-05", "08-05", "08-06", True),
    "已经告知": ("08-05", "08-06", "08-07", False),
    "一周以后": ("08-05", "08-12", "08-13", True),
    "星期五提出，星期一告知": ("08-09", "08-09", "08-12", True),
    "漏了几天补上": ("08-05", "08-05", "08-09", True),
}


@pytest.mark.parametrize(("asked", "after", "until", "expected"), REPEATS.values(), ids=REPEATS)
def test_what_waits_is_told_the_next_day_and_weekly(
    asked: str, after: str, until: str, expected: bool
) -> None:
    assert repeats(day(asked), day(after), day(until), TERMS) is expected


FIRST = date(2024, 7, 20)
OFFSETS = st.integers(0, 120)
HISTORIES = st.lists(
    st.tuples(
        OFFSETS, st.sampled_from([ObligationAct.RETURNED, ObligationAct.SENT_BACK, ObligationAct.EXTENDED])
    ),
    max_size=5,
)


def history(drawn: list[tuple[int, ObligationAct]]) -> list[Act]:
    """Of the acts drawn those that the rules allow one after the other."""
    acts: list[Act] = []
    for offset, act in sorted(drawn):
        on = FIRST + timedelta(days=offset)
        owed = stands(day("08-09"), acts, on).owed
        if owed != (act is ObligationAct.SENT_BACK):
            until = on + timedelta(days=10) if act is ObligationAct.EXTENDED else None
            acts.append(Act(act, on, until, "因"))
    return acts


def run(days: list[int], acts: list[Act]) -> list[Planned]:
    """What ticks on these days send; each sees the acts up to its day."""
    sent: list[Planned] = []
    claimed: set[Rung] = set()
    for on in (FIRST + timedelta(days=offset) for offset in days):
        now = stands(day("08-09"), acts, on)
        if found := due_now(steps(FIRST, now, on, TERMS, claimed)):
            rungs = {step.rung for step in found.steps}
            assert not rungs & claimed
            assert max(step.on for step in found.steps) <= on
            claimed |= rungs
            sent.append(found)
    return sent


@settings(max_examples=150, deadline=None)
@given(st.lists(OFFSETS, min_size=1), HISTORIES)
def test_gaps_and_repeats_end_as_daily_ticks_do(
    days: list[int], drawn: list[tuple[int, ObligationAct]]
) -> None:
    """No rung twice; and what is owed on the last day was told as completely as by daily ticks."""
    acts, days = history(drawn), sorted(days)
    daily = {step.rung for one in run(list(range(days[-1] + 1)), acts) for step in one.steps}
    gaps = {step.rung for one in run(days, acts) for step in one.steps}
    assert gaps <= daily
    now = stands(day("08-09"), acts, FIRST + timedelta(days=days[-1]))
    if now.owed:
        assert {rung for rung in daily if rung.course == now.course} <= gaps
    if not acts:
        assert gaps == daily
