"""Two ticks at once, a tick killed behind every step, days missed and repeated: nothing twice, nothing lost (C30)."""

import subprocess
import sys
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from models.actions.contacts import set_contact
from models.actions.obligations import record_act
from models.database import session, writing
from models.obligation import ObligationAct
from models.queries.reminders import sent_reminders
from models.rules.contacts import Person
from tasks.campaigns import open_campaign
from tasks.deadlines import PASSED, TICKED, tick
from tests.conftest import empty

CAMPAIGN = open_campaign("liuzhou-2024-2025")
FIRST = date(2024, 7, 26)  # -14 of 2024-08-09: every county is told
TABLES = ("tick", "obligation", "digest", "reminder", "message")
STEPS = (
    "tick_days",
    "begin_tick",
    "open_obligations",
    "obligation_standings",
    "write_digests",
    "claim_rungs",
    "put_message",
)
pytestmark = pytest.mark.usefixtures("installation")


def child(*words: str) -> subprocess.Popen[str]:
    """A process that has loaded everything and waits for the word."""
    pipe = subprocess.PIPE
    run = subprocess.Popen(
        [sys.executable, "-m", "tests.campaign.ticking_child", str(FIRST), *words],
        stdin=pipe,
        stdout=pipe,
        text=True,
    )
    assert run.stdout
    assert run.stdout.readline() == "ready\n"
    return run


def go(run: subprocess.Popen[str]) -> None:
    assert run.stdin
    run.stdin.write("go\n")
    run.stdin.flush()


def counts(engine: Engine) -> dict[str, int]:
    with session(engine) as db:
        return {table: db.scalar(text(f"SELECT count(*) FROM {table}")) or 0 for table in TABLES}


ONCE = {
    "tick": 1,
    "obligation": 10,
    "digest": 11,
    "reminder": 10,
    "message": 11,
}  # ten counties, and the city


def test_two_processes_at_the_same_moment_make_one(engine: Engine) -> None:
    runs = [child(), child()]
    for run in runs:
        go(run)
    assert [run.wait(timeout=180) for run in runs] == [0, 0]
    assert counts(engine) == ONCE


def test_killed_behind_any_step_it_never_ran(engine: Engine) -> None:
    """The children load while the first one dies; then the day is ticked as if nothing had happened."""
    runs = {step: child(step) for step in STEPS}
    for step, run in runs.items():
        go(run)
        assert run.wait(timeout=180) == -9, step
        assert set(counts(engine).values()) == {0}, step
    tick(CAMPAIGN, FIRST)
    assert counts(engine) == ONCE


def test_the_same_day_again_and_a_day_before_do_nothing(engine: Engine) -> None:
    tick(CAMPAIGN, FIRST)
    assert tick(CAMPAIGN, FIRST).skipped == TICKED
    assert tick(CAMPAIGN, FIRST - timedelta(days=1)).skipped == PASSED
    assert counts(engine) == ONCE


def test_a_dry_run_says_everything_and_does_nothing(engine: Engine) -> None:
    report = tick(CAMPAIGN, FIRST, rehearse=True)
    assert (report.opened, len(report.reminders), len(report.digests), report.messages) == (10, 10, 11, 11)
    assert set(counts(engine).values()) == {0}
    assert tick(CAMPAIGN, FIRST) == report


def test_a_clock_that_jumps_a_week_sends_one_digest_for_all_that_was_missed() -> None:
    """From 08-01 to 08-16: -7, -3, -1, the day, +1 and +3 go with +7, which names the reminder."""
    tick(CAMPAIGN, date(2024, 8, 1))
    report = tick(CAMPAIGN, date(2024, 8, 16))
    assert {one.told for one in report.reminders} == {"逾期7天"}
    with session() as db:
        (late,) = [one for one in sent_reminders(db, CAMPAIGN, county="450202") if one.day.day == 16]
    assert late.rungs == (-7, -3, -1, 0, 1, 3, 7)
    assert late.words == "逾期7天（补上漏掉的 6 级）"


def test_a_missed_friday_is_caught_up_on_monday_and_not_on_the_day_off() -> None:
    tick(CAMPAIGN, date(2024, 8, 1))
    saturday = tick(CAMPAIGN, date(2024, 8, 3))  # -7 was planned for Friday the 2nd
    assert (saturday.working, saturday.reminders) == (False, ())
    assert {one.rungs for one in tick(CAMPAIGN, date(2024, 8, 5)).reminders} == {("提前7天",)}


def test_rungs_that_meet_are_named_by_the_one_nearest_the_due_day() -> None:
    """Monday 08-12: a day overdue was Saturday, three days is today."""
    for day in (date(2024, 8, 9), date(2024, 8, 12)):
        tick(CAMPAIGN, day)
    with session() as db:
        (met,) = [one for one in sent_reminders(db, CAMPAIGN, county="450202") if one.day.day == 12]
    assert (met.named, met.rungs, met.words) == (1, (1, 3), "逾期1天（逾期3天）")


def sent(days: Iterable[int]) -> dict[tuple[str, str], set[int]]:
    """(county, obligation) → rungs that ticks on these days claimed, one county having been sent back at first."""
    with writing() as db:
        for act in (ObligationAct.RETURNED, ObligationAct.SENT_BACK):
            record_act(db, CAMPAIGN, "450202", "verification", act, on=FIRST, by="张三", reason="不全")
    for offset in days:
        tick(CAMPAIGN, FIRST + timedelta(days=offset))
    with session() as db:
        rungs: dict[tuple[str, str], set[int]] = {}
        for one in sent_reminders(db, CAMPAIGN):
            held = rungs.setdefault((one.county, one.key), set())
            assert held.isdisjoint(one.rungs)
            held |= set(one.rungs)
    return rungs


def test_any_days_in_any_order_end_as_daily_ticks_do(engine: Engine) -> None:
    """The last day (09-09, a Monday) is ticked in both. In between: gaps, repeats, steps back."""
    last = 45
    daily = sent(range(last + 1))

    @settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.integers(0, last), min_size=1, max_size=12))
    def same(days: list[int]) -> None:
        empty(engine)
        assert sent([*days, last]) == daily

    same()


def told_to(office: str, engine: Engine) -> Any:
    with session(engine) as db:
        return db.execute(
            text("SELECT addressee, subject FROM message WHERE office = :office"), {"office": office}
        ).one()


def test_a_county_without_a_contact_is_told_through_the_city(engine: Engine) -> None:
    with writing() as db:
        set_contact(db, CAMPAIGN, CAMPAIGN.city.code, Person("李主任", mail="city@example.com"), by="张三")
        set_contact(db, CAMPAIGN, "450202", Person("王五", mail="county@example.com"), by="张三")
    report = tick(CAMPAIGN, FIRST)
    assert "450202" not in report.without_contact
    assert len(report.without_contact) == 9
    assert told_to("450202", engine).addressee == '"王五" <county@example.com>'
    assert told_to("450203", engine).addressee == '"李主任" <city@example.com>'
    (city,) = [one for one in report.digests if one.office == CAMPAIGN.city.code]
    assert city.body.count("[E1291]") == 9
    (passed_on,) = [one for one in report.digests if one.office == "450203"]
    assert "还没有登记联系人" in passed_on.body
