"""Reviews and objections in the daily digests: told to the county, late ones to the city, one digest a day (C30, M07)."""

from datetime import date, timedelta

import pytest

from models.actions.contacts import set_contact
from models.database import session, writing
from models.queries.reminders import digests
from models.queries.review_waiting import open_objections, waiting_reviews
from models.rules.contacts import Person
from tasks import review
from tasks.deadlines import TickReport, tick
from tests.make_filings import AT_CITY, COUNTY, make_declaration, make_registrant
from tests.make_targets import campaign_on_file

CAMPAIGN = campaign_on_file()
HERE, THERE, CITY = "450206", "450205", "450200"
# no rung of the file's obligations lies in these days, so every digest is about declarations
FIRST = date(2024, 10, 14)
pytestmark = pytest.mark.usefixtures("contacts")


@pytest.fixture
def contacts(installation: object) -> None:  # noqa: ARG001
    with writing() as db:
        for office in (CITY, *(one.code for one in CAMPAIGN.counties)):
            set_contact(db, CAMPAIGN, office, Person("王五"), by="张三")


def filed(*acts: str, on: date = FIRST) -> int:
    with session() as db:
        return make_declaration(db, make_registrant(db).id, "提交", *acts, on=on).id


def ticked(last: date, first: date = FIRST) -> list[TickReport]:
    """Every day's tick; what the counties owe beside is said to be handed in."""
    campaign = CAMPAIGN.model_copy(
        update={"obligations": (), "monthly": CAMPAIGN.monthly.model_copy(update={"first_month": "2025-11"})}
    )
    return [tick(campaign, first + timedelta(days=n)) for n in range((last - first).days + 1)]


def told(reports: list[TickReport]) -> dict[str, list[str]]:
    return {
        f"{one.day:%m-%d}": sorted(letter.office for letter in one.digests) for one in reports if one.digests
    }


def test_a_declaration_that_waits_is_told_on_its_day_and_then_to_the_city_as_well() -> None:
    number = filed()
    reports = ticked(date(2024, 11, 4))
    assert told(reports) == {
        "10-21": [HERE],  # the fifth working day
        "10-22": [CITY, HERE],
        "10-24": [CITY, HERE],
        "10-28": [CITY, HERE],
        "11-04": [CITY, HERE],
    }
    first, second, *_ = [{letter.office: letter for letter in one.digests} for one in reports if one.digests]
    assert first[HERE].subject == "【期限提醒】柳江区：1 件申报待审核（2024-10-21）"
    assert (
        f"【申报待审核】共 1 件：\n1. 第 {number} 号　柳州市鑫鸿铸造有限公司，2024-10-14 起待审核，"
        "应于 2024-10-21 前（含当日）审核\n"
    ) in first[HERE].body
    assert "其中 1 件已逾期" in second[HERE].body
    assert "已逾期 1 天" in second[HERE].body
    assert "柳江区　申报审核 1 件逾期，最早一件，期限 2024-10-21，逾期 1 天" in second[CITY].body
    assert second[CITY].subject == "【期限提醒】柳州市：1 项县（区）事项逾期（2024-10-22）"


@pytest.mark.parametrize("act", ["审核通过", "审核不通过"])
def test_what_is_decided_is_told_no_more(act: str) -> None:
    number = filed()
    ticked(date(2024, 10, 21))
    decide = {"审核通过": review.approve, "审核不通过": lambda *a, **k: review.reject(*a, ["人数不符"], **k)}[
        act
    ]
    decide(number, actor=COUNTY, on=date(2024, 10, 22))
    assert told(ticked(date(2024, 11, 8), date(2024, 10, 22))) == {}


def test_an_objection_is_told_until_the_county_revokes() -> None:
    number = filed("审核通过")
    review.raise_objection(number, "人数偏低", actor=AT_CITY, on=FIRST, due_on=date(2024, 10, 18))
    reports = ticked(date(2024, 10, 21))
    assert told(reports) == {
        "10-15": [HERE],  # raised the day before; its rung of three days before
        "10-17": [HERE],
        "10-18": [HERE],
        "10-21": [CITY, HERE],  # late since Saturday the 19th
    }
    (county,), last = reports[1].digests, {one.office: one for one in reports[-1].digests}
    assert county.subject == "【期限提醒】柳江区：1 件审核异议（2024-10-15）"
    assert "柳州市 2024-10-14 提出：人数偏低。请于 2024-10-18 前（含当日）处理\n" in county.body
    assert "柳江区　审核异议 1 件逾期，最早一件，期限 2024-10-18，逾期 3 天" in last[CITY].body
    review.revoke(number, "经核实偏低", actor=COUNTY, on=date(2024, 10, 22))
    with session() as db:
        assert open_objections(db, date(2024, 10, 21))[HERE][0].declaration == number
        assert open_objections(db, date(2024, 10, 22)) == {}
        # the revoked approval waits for a new decision from that day on
        (waits,) = waiting_reviews(db, date(2024, 10, 22), CAMPAIGN.calendar)[HERE]
    assert (waits.opened_on, waits.due_on) == (date(2024, 10, 22), date(2024, 10, 29))
    assert told(ticked(date(2024, 10, 28), date(2024, 10, 22))) == {}


def test_one_digest_holds_everything_and_a_second_tick_says_nothing() -> None:
    """C30: the rung of an obligation, a review that is due and an objection, in one."""
    filed(on=date(2024, 8, 2))  # due on Friday the 9th, as is the verification
    with session() as db:
        other = make_registrant(db, credit_code="914403001922038216")
        number = make_declaration(db, other.id, "提交", "审核通过", on=date(2024, 8, 1)).id
    review.raise_objection(number, "人数偏低", actor=AT_CITY, on=date(2024, 8, 8), due_on=date(2024, 8, 30))
    tick(CAMPAIGN, date(2024, 8, 8))
    report = tick(CAMPAIGN, date(2024, 8, 9))
    (mine,) = [one for one in report.digests if one.office == HERE]
    assert mine.subject == "【期限提醒】柳江区：1 项待办、1 件申报待审核、1 件审核异议（2024-08-09）"
    assert [(one.key, one.told) for one in report.reminders if one.county == HERE] == [
        ("verification", "期限当日"),
        ("review", "期限当日"),
        ("objection", "新提出或待答复"),
    ]
    assert tick(CAMPAIGN, date(2024, 8, 9)).skipped
    with session() as db:
        held = [one for one in digests(db, CAMPAIGN, office=HERE) if one.day == date(2024, 8, 9)]
    assert len(held) == 1


def test_a_draft_waits_for_nobody() -> None:
    with session() as db:
        make_declaration(db, make_registrant(db).id, on=FIRST)
        assert waiting_reviews(db, date(2024, 12, 31), CAMPAIGN.calendar) == {}


def test_as_of_an_earlier_day_it_waits_as_it_did() -> None:
    number = filed()
    review.approve(number, actor=COUNTY, on=date(2024, 10, 16))
    with session() as db:
        days = {
            day: bool(waiting_reviews(db, date(2024, 10, day), CAMPAIGN.calendar)) for day in (13, 14, 15, 16)
        }
    assert days == {13: False, 14: True, 15: True, 16: False}
