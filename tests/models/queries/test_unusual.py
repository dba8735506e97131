"""What the city's annex finds in the events around a cut (issue 6)."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from models.actions import review
from models.queries.unusual import quick_approvals, removals_of, taken_back_after
from models.target import MembershipChange
from tests.make_filings import COUNTY, LIUJIANG, do, make_declaration, make_registrant
from tests.make_forms import DAY
from tests.make_targets import campaign_on_file, declare, make_employer

CUT, FIRST = date(2024, 8, 31), date(2024, 8, 1)
UNTIL = date(2024, 9, 6)


def remove(db: Session, on: date, **changes: object) -> None:
    given = {"campaign": campaign_on_file().key, "employer_id": 7, "county": LIUJIANG, "change": "removed"}
    given |= {"reason_code": "no_hazard", "effective_on": on, "by": "李四"}
    db.add(MembershipChange(**given | changes))
    db.flush()


def now(db: Session) -> datetime:
    return db.execute(select(func.now())).scalar_one()


def test_removals_of_the_month_as_they_hold(db: Session) -> None:
    remove(db, CUT)
    remove(db, date(2024, 7, 31), employer_id=8)
    remove(db, CUT, employer_id=9, change="added")
    gone = {"cancelled_at": now(db), "cancelled_by": "李四", "cancelled_on": CUT}
    remove(db, CUT, employer_id=10, **gone)
    found = removals_of(db, campaign_on_file(), FIRST, CUT, now(db))
    assert [(one.employer_id, one.removed_on) for one in found] == [(7, CUT)]


@pytest.mark.parametrize(
    ("seconds", "quick"), [pytest.param(60, True, id="a minute"), pytest.param(61, False, id="a second more")]
)
def test_an_approval_within_a_minute(db: Session, seconds: int, quick: bool) -> None:
    made = make_declaration(db, make_registrant(db).id, "提交", "审核通过")
    db.execute(text("ALTER TABLE declaration_event DISABLE TRIGGER USER"))
    recorded = (
        "UPDATE declaration_event SET recorded_at = now() + make_interval(secs => :s) WHERE number = :n"
    )
    db.execute(text(recorded), [{"s": 0, "n": 2}, {"s": seconds, "n": 3}])
    found = quick_approvals(db, DAY, DAY, now(db) + timedelta(hours=1))
    assert [(one["declaration"], one["seconds"]) for one in found] == ([(made.id, 60)] if quick else [])


def test_what_the_machine_approved_is_no_hurry(db: Session) -> None:
    made = make_declaration(db, make_registrant(db).id, "提交")
    review.approve(db, made.id, actor=COUNTY, on=DAY, detail={"automatic": True})
    assert quick_approvals(db, DAY, DAY, now(db)) == []


def test_approvals_taken_back_just_after_the_cut(db: Session) -> None:
    unit = make_employer(db)
    declare(db, unit, from_on=date(2024, 8, 20), to_on=date(2024, 9, 3))
    declare(db, make_employer(db), from_on=date(2024, 8, 20), to_on=CUT)  # not counted at the cut
    declare(db, make_employer(db), from_on=date(2024, 8, 20), to_on=date(2024, 9, 7))  # later
    declare(db, make_employer(db), from_on=date(2024, 8, 20))
    ours = make_employer(db)
    made = make_declaration(
        db, make_registrant(db, unit=ours.id).id, "提交", "审核通过", on=date(2024, 8, 20)
    )
    do(db, made, "撤销", on=date(2024, 9, 2))
    found = {(one["employer_id"], one["day"], one["where"]) for one in taken_back_after(db, CUT, UNTIL)}
    assert found == {(unit.id, date(2024, 9, 3), "平台"), (ours.id, date(2024, 9, 2), "本系统")}
