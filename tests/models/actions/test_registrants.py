"""Registration: one principal to a code, decided by the county chosen, every act told (F16–F18)."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.actions.registrants import decide_registration
from models.errors import RuleRefused
from models.event import Event
from models.filing import Registrant, Registration
from models.rules.review import Actor
from tests.make_filings import AT_CITY, COUNTY, OTHER_COUNTY, employer, make_registrant
from tests.make_forms import CODE, DAY

BRANCH = {"is_branch": True, "parent_code": CODE, "name": "鑫鸿柳江分公司"}


def told(db: Session, registrant: Registrant) -> list[str]:
    about = Event.subject == f"registrant:{registrant.id}"
    return list(db.scalars(select(Event.act).where(about).order_by(Event.id)))


def test_a_branch_comes_after_its_superior(db: Session) -> None:
    """F16."""
    with pytest.raises(RuleRefused, match="E1615"):
        make_registrant(db, **BRANCH)
    superior = make_registrant(db, approved=False)
    with pytest.raises(RuleRefused, match="E1615"):
        make_registrant(db, **BRANCH)
    decide_registration(db, superior.id, Registration.APPROVED, actor=COUNTY, on=DAY)
    assert make_registrant(db, **BRANCH).state == "已审核"


def test_a_returned_registration_frees_the_code_and_stays(db: Session) -> None:
    """F18, Q14."""
    branch = make_registrant(db, name="鑫鸿柳江分公司")
    with pytest.raises(RuleRefused, match="鑫鸿柳江分公司"):
        make_registrant(db)
    decide_registration(db, branch.id, Registration.RETURNED, actor=COUNTY, on=DAY, reason="误用总公司代码")
    assert make_registrant(db).id != branch.id
    assert told(db, branch) == ["registrant.registered", "registrant.approved", "registrant.returned"]


def test_the_database_forbids_a_second_principal(db: Session) -> None:
    first = make_registrant(db)
    row = {"name": "别家", "credit_code": first.credit_code, "is_branch": False, "county": "450206"}
    second = Registrant(**row, reviewer="450206", state="待审核", source="filed", by="x")
    db.add(second)
    with pytest.raises(IntegrityError, match="uq_registrant_principal"):
        db.flush()


@pytest.mark.parametrize("actor", [OTHER_COUNTY, AT_CITY], ids=["别县区", "市级"])
def test_only_the_county_chosen_decides(db: Session, actor: Actor) -> None:
    made = make_registrant(db, approved=False)
    with pytest.raises(RuleRefused, match="E1607"):
        decide_registration(db, made.id, Registration.APPROVED, actor=actor, on=DAY)
    with pytest.raises(RuleRefused, match="E1607"):
        decide_registration(db, made.id, Registration.APPROVED, actor=employer(made.id), on=DAY)


@pytest.mark.parametrize(
    ("to", "reason", "code"),
    [
        (Registration.APPROVED, None, "E1677"),
        (Registration.PENDING, None, "E1677"),
        (Registration.RETURNED, " ", "E1608"),
    ],
)
def test_what_an_approved_registration_does_not_become(
    db: Session, to: Registration, reason: str | None, code: str
) -> None:
    made = make_registrant(db)
    with pytest.raises(RuleRefused, match=code):
        decide_registration(db, made.id, to, actor=COUNTY, on=DAY, reason=reason)
