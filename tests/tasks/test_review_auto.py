"""Automatic approval: never unless a county asked for it, never with anything found, and marked as such."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, text

from models.campaign import Campaign
from models.database import session
from models.errors import RuleRefused
from models.filing import DeclarationEvent, Registration
from models.second_look import SecondLook
from tasks import review, review_auto, review_desk
from tasks.review_auto import AutoReport, approve_clean
from tests.make_filings import COUNTY, LIUBEI, LIUJIANG, OTHER_COUNTY, employer, make_entry
from tests.make_forms import CODE, DAY, OTHER, PARENT, make_form
from tests.make_targets import campaign_with, make_known

pytestmark = pytest.mark.usefixtures("installation")
ON, LATER = date(2024, 9, 3), date(2024, 9, 20)
CODES = (CODE, PARENT, OTHER)


def campaign(*counties: str, share: float = 0.0) -> Campaign:
    return campaign_with(review={"automatic": counties, "second_look": share})


def submitted(
    code: str = CODE, county: str = LIUJIANG, *, unit: bool = True, approved: bool = True, **changes: Any
) -> int:
    """A declaration that was really checked when it was submitted."""
    name = f"柳州市{code[-4:]}铸造有限公司"
    facts = {"name": name, "credit_code": code, "industry": "3391", "headcount": 25, "size": "小"}
    with session() as db:
        number = make_known(db, **facts).id if unit else None
    entry = make_entry(name=name, credit_code=code, county=county)
    owner = review.register(entry, by="韦一", on=DAY, unit=number)
    if approved:
        actor = COUNTY if county == LIUJIANG else OTHER_COUNTY
        review.decide_registration(owner, Registration.APPROVED, actor=actor, on=DAY)
    town = {} if county == LIUJIANG else {"basics.town": None}
    form = make_form(
        {"basics.name": name, "basics.credit_code": code, "basics.county": county, **town, **changes}
    )
    declaration = review.save(owner, form, actor=employer(owner), on=DAY)
    review.submit(declaration, actor=employer(owner), on=DAY)
    return declaration


def run(terms: Campaign, on: date = ON) -> AutoReport:
    return approve_clean(terms, on, "定时任务")


def last_event(number: int) -> DeclarationEvent:
    chosen = select(DeclarationEvent).where(DeclarationEvent.declaration_id == number)
    with session() as db:
        return db.scalars(chosen.order_by(DeclarationEvent.number.desc()).limit(1)).one()


def test_nothing_happens_unless_a_county_asked() -> None:
    submitted()
    assert run(campaign()) == AutoReport(0, (), (), {})
    assert run(campaign(LIUBEI)) == AutoReport(0, (), (), {})


def test_a_clean_one_is_approved_and_says_who_did_it() -> None:
    number, other = submitted(), submitted(PARENT, LIUBEI)
    assert run(campaign(LIUJIANG)) == AutoReport(1, (number,), (), {})
    event = last_event(number)
    assert (event.act, event.agency, event.by) == ("审核通过", LIUJIANG, "系统自动审核（定时任务）")
    assert event.payload["automatic"] is True
    assert event.payload["campaign"] == "liuzhou-2024-2025"
    assert last_event(other).act == "提交"
    assert review.verify_chains() == {}
    assert run(campaign(LIUJIANG)) == AutoReport(0, (), (), {})


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        pytest.param({"basics.headcount": 90}, "检查有发现", id="请核实的也不行"),
        pytest.param({"unit": False}, "数据库中没有对应单位", id="无从对照"),
        pytest.param({"approved": False}, "注册尚未审核", id="注册未审核"),
    ],
)
def test_what_is_left_to_a_person(changes: dict[str, Any], reason: str) -> None:
    number = submitted(**changes)
    assert run(campaign(LIUJIANG)) == AutoReport(1, (), (), {reason: 1})
    assert last_event(number).act == "提交"


def test_what_was_found_at_submission_is_not_forgotten() -> None:
    """The database was corrected since: nobody has looked all the same."""
    submitted(**{"basics.headcount": 90})
    with session() as db:
        db.execute(text("UPDATE employer SET headcount = 90"))
    assert run(campaign(LIUJIANG)).left == {"检查有发现": 1}


def test_what_is_found_only_now_stops_it() -> None:
    submitted()
    with session() as db:
        db.execute(text("UPDATE employer SET headcount = 900"))
    assert run(campaign(LIUJIANG)).left == {"检查有发现": 1}


@pytest.mark.parametrize("acts", [("驳回",), ("通过", "撤销")], ids=["曾驳回", "曾撤销"])
def test_what_a_person_sent_back_is_a_persons(acts: tuple[str, ...]) -> None:
    number = submitted()
    for act in acts:
        if act == "驳回":
            review.reject(number, ["人数不符"], actor=COUNTY, on=ON)
            review.submit(number, actor=employer(1), on=ON)
        elif act == "通过":
            review.approve(number, actor=COUNTY, on=ON)
        else:
            review.revoke(number, "有误", actor=COUNTY, on=ON)
    assert run(campaign(LIUJIANG)).left == {"曾被驳回或撤销": 1}


def test_filed_later_than_the_day_is_not_seen() -> None:
    submitted()
    assert run(campaign(LIUJIANG), date(2024, 9, 1)).looked_at == 0


def test_stopped_half_way_the_next_run_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = tuple(submitted(code) for code in CODES)
    terms = campaign(LIUJIANG, share=1.0)
    real, seen = review_auto.draw, []

    def broken(*given: Any) -> None:
        seen.append(given)
        if len(seen) == 2:
            raise OSError("cut off")
        real(*given)

    monkeypatch.setattr(review_auto, "draw", broken)
    with pytest.raises(OSError, match="cut off"):
        run(terms)
    assert [last_event(number).act for number in numbers] == ["审核通过", "提交", "提交"]
    monkeypatch.setattr(review_auto, "draw", real)
    assert run(terms).approved == numbers[1:]
    with session() as db:
        drawn = db.scalars(select(SecondLook.declaration_id).order_by(SecondLook.id)).all()
    assert tuple(drawn) == numbers


def waiting_looks(day: date = LATER) -> list[int]:
    lines = review_desk.work_list(campaign(), COUNTY, day)
    assert all("复看" in line.operations for line in lines)
    return [line.declaration for line in lines]


def test_a_drawn_one_stands_in_the_list_until_somebody_looked() -> None:
    first, second = submitted(), submitted(PARENT)
    assert run(campaign(LIUJIANG, share=1.0)).second_look == (first, second)
    assert waiting_looks() == [first, second]
    with pytest.raises(RuleRefused, match="E1607"):
        review_desk.confirm_second_look(first, actor=OTHER_COUNTY, on=LATER)
    review_desk.confirm_second_look(first, actor=COUNTY, on=LATER)
    assert waiting_looks() == [second]
    review_desk.revoke_at_second_look(second, "人数有误", actor=COUNTY, on=LATER)
    assert [(line.declaration, line.state) for line in review_desk.work_list(campaign(), COUNTY, LATER)] == [
        (second, "待审核")
    ]
    for number in (first, second):
        with pytest.raises(RuleRefused, match="E1710"):
            review_desk.confirm_second_look(number, actor=COUNTY, on=LATER)
    assert run(campaign(LIUJIANG, share=1.0), LATER).left == {"曾被驳回或撤销": 1}


def test_an_ordinary_revocation_closes_the_second_look() -> None:
    number = submitted()
    run(campaign(LIUJIANG, share=1.0))
    review.revoke(number, "有误", actor=COUNTY, on=LATER)
    with session() as db:
        (look,) = db.scalars(select(SecondLook)).all()
    assert (look.step, look.closing, look.closed_on, look.closed_by) == (3, "revoked", LATER, COUNTY.by)


def test_a_look_before_the_approval_is_refused() -> None:
    number = submitted()
    run(campaign(LIUJIANG, share=1.0))
    with pytest.raises(RuleRefused, match="E1673"):
        review_desk.confirm_second_look(number, actor=COUNTY, on=DAY)
