"""580 real ticks for ten counties, three of them checked line by line against a list made by hand (C30, 1.6)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

import pytest

from models.actions.contacts import set_contact
from models.actions.obligations import record_act
from models.database import session, writing
from models.obligation import ObligationAct
from models.queries.reminders import digests, sent_reminders
from models.rules.contacts import Person
from models.rules.duties import duties
from models.rules.ladder import SENT_BACK
from tasks.deadlines import tick
from tests.campaign.expected_reminders import LAST, LATE, ON_TIME, Line, silent
from tests.make_targets import campaign_on_file

FIRST = date(2024, 7, 1)
CAMPAIGN = campaign_on_file()
PUNCTUAL, TARDY, SILENT = "450202", "450206", "450222"
R, N, A, B, X = (
    ObligationAct.RETURNED,
    ObligationAct.NOTHING,
    ObligationAct.ACCEPTED,
    ObligationAct.SENT_BACK,
    ObligationAct.EXTENDED,
)


class Done(NamedTuple):
    """Something that happens in the course of a day, after the morning's tick."""

    county: str
    key: str
    act: ObligationAct
    until: date | None = None


# the working day before each due day of the months, and the working day after it, by hand
ANSWERED = {
    "2024-08": ("2024-09-03", "2024-09-05"),
    "2024-09": ("2024-10-09", "2024-10-11"),
    "2024-10": ("2024-11-04", "2024-11-06"),
    "2024-11": ("2024-12-03", "2024-12-05"),
    "2024-12": ("2025-01-03", "2025-01-07"),
    "2025-01": ("2025-02-06", "2025-02-08"),
    "2025-02": ("2025-03-04", "2025-03-06"),
    "2025-03": ("2025-04-02", "2025-04-07"),
    "2025-04": ("2025-05-07", "2025-05-09"),
    "2025-05": ("2025-06-04", "2025-06-06"),
    "2025-06": ("2025-07-02", "2025-07-04"),
    "2025-07": ("2025-08-04", "2025-08-06"),
    "2025-08": ("2025-09-02", "2025-09-04"),
    "2025-09": ("2025-10-10", "2025-10-13"),
    "2025-10": ("2025-11-04", "2025-11-06"),
    "2025-11": ("2025-12-02", "2025-12-04"),
    "2025-12": ("2026-01-05", "2026-01-07"),
}
DONE: dict[str, list[Done]] = {
    "2024-08-08": [Done(PUNCTUAL, "verification", R)],
    "2024-08-12": [Done(PUNCTUAL, "verification", A)],
    "2024-08-14": [Done(TARDY, "verification", R)],
    "2024-08-15": [Done(TARDY, "verification", B)],
    "2024-08-19": [Done(TARDY, "verification", X, date(2024, 8, 30))],
    "2024-08-29": [Done(TARDY, "verification", R)],
    "2024-09-02": [Done(TARDY, "verification", A)],
    "2024-12-13": [Done(PUNCTUAL, "summary-2024", R)],
    "2024-12-20": [Done(TARDY, "summary-2024", R)],
    "2025-01-24": [Done(TARDY, "summary-2024", B)],
    "2025-02-06": [Done(TARDY, "summary-2024", R)],
    "2025-02-10": [Done(TARDY, "summary-2024", A)],
    "2025-11-10": [Done(PUNCTUAL, "summary-2025", R)],
    "2025-11-12": [Done(TARDY, "summary-2025", X, date(2025, 11, 22))],
    "2025-11-24": [Done(TARDY, "summary-2025", R)],
}


def days() -> Iterator[date]:
    day = FIRST
    while day <= LAST:
        yield day
        day += timedelta(days=1)


@pytest.fixture
def played(installation: object) -> None:  # noqa: ARG001
    """The whole campaign, day by day. The seven counties nobody looks at had handed in everything beforehand."""
    done = defaultdict(list, {day: list(acts) for day, acts in DONE.items()})
    for month, (before, after) in ANSWERED.items():
        done[before].append(Done(PUNCTUAL, f"monthly-{month}", N))
        done[after].append(Done(TARDY, f"monthly-{month}", R))
    with writing() as db:
        for office in (CAMPAIGN.city.code, *(county.code for county in CAMPAIGN.counties)):
            set_contact(db, CAMPAIGN, office, Person("王五", mail=f"{office}@example.com"), by="张三")
        for county in {one.code for one in CAMPAIGN.counties} - {PUNCTUAL, TARDY, SILENT}:
            for duty in duties(CAMPAIGN):
                record_act(db, CAMPAIGN, county, duty.key, R, on=FIRST, by="张三")
    for day in days():
        tick(CAMPAIGN, day)
        for one in done.pop(str(day), []):
            with writing() as db:
                reason = "因洪灾" if one.act in (B, X) else None
                record_act(
                    db,
                    CAMPAIGN,
                    one.county,
                    one.key,
                    one.act,
                    on=day,
                    by="张三",
                    reason=reason,
                    new_due=one.until,
                )
    assert not done


@pytest.mark.usefixtures("played")
def test_every_reminder_is_as_worked_out_by_hand() -> None:
    with session() as db:
        sent = sent_reminders(db, CAMPAIGN)
        told = digests(db, CAMPAIGN)
    expected: dict[str, list[Line]] = {PUNCTUAL: ON_TIME, TARDY: LATE, SILENT: silent()}
    for county, lines in expected.items():
        found = [(str(one.day), one.key, one.rungs) for one in sent if one.county == county]
        assert sorted(found) == sorted(lines), county
    assert {one.county for one in sent} == set(expected)
    _check_digests({(one.office, str(one.day)) for one in told}, len(told), expected)


def _check_digests(found: set[tuple[str, str]], count: int, expected: dict[str, list[Line]]) -> None:
    """One a county and day that has a reminder; the city hears of every day with an overdue rung, and of no other."""
    counties = {(county, day) for county, lines in expected.items() for day, _, _ in lines}
    late = {
        (CAMPAIGN.city.code, day)
        for lines in expected.values()
        for day, _, rungs in lines
        if any(0 < rung < SENT_BACK for rung in rungs)
    }
    assert found == counties | late
    assert count == len(found)
