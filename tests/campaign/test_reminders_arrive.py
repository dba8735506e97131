"""Acceptance 3 from the clock to the relay: what a real SMTP server counts after ticks and senders at the same moment.

Each county's reminder arrives once or is listed as unknown; none is missing from both.
"""

import subprocess
from collections import Counter
from datetime import date, timedelta

import pytest

from models.rules.contacts import Person
from tasks.campaigns import open_campaign
from tasks.contacts import name_contact
from tasks.deadlines import tick
from tests.campaign.test_outbox_killed import go, heard, run_until_nothing_waits, worker
from tests.campaign.test_ticks import FIRST, child
from tests.mail_server import Post
from tests.make_messages import message_ids

CAMPAIGN = open_campaign("liuzhou-2024-2025")
COUNTIES = [county.code for county in CAMPAIGN.counties]
pytestmark = pytest.mark.usefixtures("installation")


@pytest.fixture
def named(post: Post) -> Post:
    """Every county and the city has somebody who answers for it, by mail."""
    for office in (CAMPAIGN.city.code, *COUNTIES):
        name_contact(CAMPAIGN, office, Person("经办人", mail=f"wjj-{office}@example.cn"), by="张三")
    return post


def received(post: Post) -> Counter[str]:
    return Counter(str(message["To"]).partition("wjj-")[2][:6] for message in post.received)


def at_once(*runs: subprocess.Popen[str]) -> None:
    for run in runs:
        go(run)
    assert [run.wait(timeout=180) for run in runs] == [0] * len(runs)


def test_two_ticks_and_two_senders_at_the_same_moment(named: Post) -> None:
    at_once(child(), child())
    at_once(worker("none"), worker("none"))
    assert received(named) == Counter(COUNTIES)
    assert sorted(named.ids()) == sorted(message_ids("sent"))


def test_a_tick_killed_and_a_sender_killed(named: Post) -> None:
    """The tick dies with everything laid ready, the sender between the relay's 250 and our note of it."""
    dying = child("put_message")
    go(dying)
    assert dying.wait(timeout=180) == -9
    at_once(child())
    sender = worker("after send")
    go(sender)
    assert heard(sender) == "stopped"
    sender.kill()
    sender.wait()
    run_until_nothing_waits()
    arrived, unknown = set(named.ids()), set(message_ids("unknown"))
    assert max(received(named).values()) == 1
    assert arrived | unknown == set(message_ids())
    assert len(message_ids()) == len(COUNTIES)
    assert unknown <= arrived, "this one had arrived: a person finds out by asking"
    assert len(unknown) == 1


def test_a_clock_that_jumps_a_week(named: Post) -> None:
    tick(CAMPAIGN, FIRST)
    run_until_nothing_waits()
    tick(CAMPAIGN, FIRST + timedelta(days=7))
    run_until_nothing_waits()
    late = date(2024, 8, 16)
    for _ in range(2):
        tick(CAMPAIGN, late)
        run_until_nothing_waits()
    told = received(named)
    assert {county: told[county] for county in COUNTIES} == dict.fromkeys(COUNTIES, 3)
    assert told[CAMPAIGN.city.code] == 1, "overdue: the city hears of it once"
    assert sorted(named.ids()) == sorted(message_ids("sent"))
