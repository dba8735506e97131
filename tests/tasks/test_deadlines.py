"""What a tick tells besides the ladder: units that other counties offer, counties without a contact (C30, C31)."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func

from models.actions.contacts import set_contact
from models.database import session, writing
from models.queries.reminders import digests
from models.rules.contacts import Person
from models.verification import Transfer, Verdict
from tasks.contacts import name_contact
from tasks.deadlines import TickReport, tick
from tests.make_targets import campaign_on_file, campaign_with, make_employer

CAMPAIGN = campaign_on_file()
HERE, THERE, CITY = "450206", "450205", "450200"
pytestmark = pytest.mark.usefixtures("installation")


@pytest.fixture
def contacts(installation: object) -> None:  # noqa: ARG001
    with writing() as db:
        for office in (CITY, *(one.code for one in CAMPAIGN.counties)):
            set_contact(db, CAMPAIGN, office, Person("王五"), by="张三")


def offer(on: date, answered: date | None = None) -> None:
    """柳北区 says that a unit is 柳江区's."""
    with session() as db:
        unit = make_employer(db, county=THERE)
        said = Verdict(
            campaign=CAMPAIGN.key, county=THERE, employer_id=unit.id, finding="elsewhere", by="张三"
        )
        said.other_county, said.effective_on = HERE, on
        db.add(said)
        db.flush()
        made = Transfer(campaign=CAMPAIGN.key, employer_id=unit.id, from_county=THERE, to_county=HERE)
        made.verdict_id, made.asked_on = said.id, on
        if answered:
            made.answer, made.answered_on, made.answered_by = "refused", answered, "李四"
            made.answered_at = func.now()
        db.add(made)


def told(first: date, last: date) -> dict[str, list[str]]:
    """Day → who got a digest, by daily ticks."""
    found: dict[str, list[str]] = {}
    for offset in range((last - first).days + 1):
        report = tick(CAMPAIGN, first + timedelta(days=offset))
        if report.digests:
            found[str(report.day)] = sorted(one.office for one in report.digests)
    return found


@pytest.mark.usefixtures("contacts")
def test_an_offered_unit_is_told_the_next_working_day_and_weekly_until_answered() -> None:
    """Offered on Friday 07-05; no rung is due before 07-26."""
    offer(date(2024, 7, 5))
    assert told(date(2024, 7, 5), date(2024, 7, 24)) == {
        "2024-07-08": [HERE],  # Saturday the 6th goes to Monday
        "2024-07-15": [HERE],
        "2024-07-22": [HERE],
    }


@pytest.mark.usefixtures("contacts")
def test_an_answered_offer_is_told_no_more() -> None:
    offer(date(2024, 7, 8), answered=date(2024, 7, 9))
    assert told(date(2024, 7, 8), date(2024, 7, 24)) == {}


@pytest.mark.usefixtures("contacts")
def test_a_rungs_digest_carries_the_open_offers_as_well() -> None:
    tick(CAMPAIGN, date(2024, 7, 25))
    offer(date(2024, 7, 25))
    report = tick(CAMPAIGN, date(2024, 7, 26))
    subjects = {one.office: one.subject for one in report.digests}
    assert subjects[HERE] == "【期限提醒】柳江区：1 项待办、1 家单位待答复（2024-07-26）"
    assert subjects[THERE] == "【期限提醒】柳北区：1 项待办（2024-07-26）"


def test_the_city_hears_of_missing_contacts_when_something_opens_and_not_every_day() -> None:
    assert told(date(2024, 7, 1), date(2024, 7, 25)) == {"2024-07-01": [CITY]}
    with session() as db:
        (only,) = digests(db, CAMPAIGN)
    assert len(only.content["missing"]) == 10
    assert {row["code"] for row in only.content["missing"]} == {"E1291"}


def test_a_day_off_opens_and_tells_nothing_until_work_begins() -> None:
    """2024-09-01 is a Sunday: the monthly obligations open on it, and the city hears of it on Monday."""
    tick(CAMPAIGN, date(2024, 8, 31))
    sunday = tick(CAMPAIGN, date(2024, 9, 1))
    assert (sunday.opened, sunday.working, sunday.digests) == (10, False, ())
    assert str(sunday) == "2024-09-01：新开事项 10 项，提醒 0 项，发出 0 件；休息日不发提醒"
    assert CITY in {one.office for one in tick(CAMPAIGN, date(2024, 9, 2)).digests}


@pytest.mark.usefixtures("contacts")
def test_escalation_begins_where_the_campaign_says() -> None:
    reminders = CAMPAIGN.reminders.model_dump() | {"escalate_from": 7}
    campaign = campaign_with(reminders=reminders)

    def city(day: date) -> bool:
        return CITY in {one.office for one in tick(campaign, day).digests}

    assert not city(date(2024, 8, 9))
    assert not city(date(2024, 8, 12))  # 1 and 3 days overdue
    assert city(date(2024, 8, 16))


@pytest.mark.usefixtures("contacts")
def test_what_the_city_owes_itself_is_in_its_own_digest() -> None:
    own = {"key": "plan", "name": "实施方案", "opens": date(2024, 7, 1), "due": date(2024, 7, 31)}
    campaign = campaign_with(obligations=[own | {"owed_by": "city", "owed_to": "county"}])
    tick(campaign, date(2024, 7, 16))
    report: TickReport = tick(campaign, date(2024, 7, 17))
    (only,) = report.digests
    assert only.subject == "【期限提醒】柳州市：1 项市级事项待办（2024-07-17）"
    assert "实施方案（提前14天）" in only.body


def test_a_new_contact_is_told_from_then_on() -> None:
    tick(CAMPAIGN, date(2024, 7, 26))
    name_contact(CAMPAIGN, HERE, Person("王五", mail="wang@example.com"), by="张三")
    (mine,) = [one for one in tick(CAMPAIGN, date(2024, 8, 2)).digests if one.office == HERE]
    assert mine.to == ('"王五" <wang@example.com>',)
