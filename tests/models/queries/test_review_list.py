"""M04: the work list of a county, and what city and region see of it."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from models.actions.objections import raise_objection
from models.actions.review import revoke
from models.filing import FiledDeclaration
from models.queries.review_list import ReviewLine, review_list
from models.rules.review import Actor
from tests.make_filings import (
    AT_CITY,
    COUNTY,
    LIUBEI,
    LIUJIANG,
    OTHER_COUNTY,
    employer,
    make_declaration,
    make_registrant,
)
from tests.make_forms import CODE, OTHER, PARENT
from tests.make_targets import campaign_on_file

MONDAY, LATER, AS_OF = date(2024, 9, 2), date(2024, 9, 4), date(2024, 9, 10)
UNITS = {"甲厂": CODE, "乙厂": PARENT, "丙厂": OTHER}


@pytest.fixture
def filed(db: Session) -> dict[str, int]:
    """Three in 柳江区: one waiting since Monday, one approved, one waiting since Wednesday; a draft is nobody's yet."""
    steps = {"甲厂": ((), LATER), "乙厂": (("审核通过",), MONDAY), "丙厂": ((), MONDAY)}
    numbers = {}
    for name, (acts, on) in steps.items():
        owner = make_registrant(db, name=name, credit_code=UNITS[name])
        numbers[name] = make_declaration(db, owner.id, "提交", *acts, on=on, changes={"basics.name": name}).id
    make_declaration(db, make_registrant(db, is_branch=True).id, on=MONDAY)
    return numbers


def seen(db: Session, actor: Actor, county: str | None = None) -> list[ReviewLine]:
    return review_list(db, actor=actor, as_of=AS_OF, calendar=campaign_on_file().calendar, county=county)


def test_a_county_sees_its_own_with_what_it_may_do(db: Session, filed: dict[str, int]) -> None:
    lines = seen(db, COUNTY)
    assert [(line.name, line.state, "·".join(line.operations)) for line in lines] == [
        ("丙厂", "待审核", "查看·审核"),
        ("甲厂", "待审核", "查看·审核"),
        ("乙厂", "已审核", "查看·撤销"),
    ]
    assert {line.declaration for line in lines} == set(filed.values())
    assert {(line.county, line.type) for line in lines} == {(LIUJIANG, "初次申报")}


def test_the_fifth_working_day_is_the_last(db: Session, filed: dict[str, int]) -> None:
    assert [(line.name, line.due_on, line.days_late) for line in seen(db, COUNTY)] == [
        ("丙厂", date(2024, 9, 9), 1),
        ("甲厂", date(2024, 9, 11), 0),
        ("乙厂", None, 0),
    ]
    assert filed


def test_a_revoked_one_waits_from_its_revocation(db: Session, filed: dict[str, int]) -> None:
    """M03: 然后重新审核."""
    revoke(db, filed["乙厂"], "接害人数有误", actor=COUNTY, on=LATER)
    (line,) = (line for line in seen(db, COUNTY) if line.name == "乙厂")
    assert (line.state, line.due_on, line.days_late) == ("待审核", date(2024, 9, 11), 0)


def test_another_county_sees_nothing(db: Session, filed: dict[str, int]) -> None:
    assert filed
    assert seen(db, OTHER_COUNTY) == []
    assert seen(db, AT_CITY, LIUBEI) == []


def test_an_employer_sees_its_own(db: Session, filed: dict[str, int]) -> None:
    own = db.get_one(FiledDeclaration, filed["乙厂"]).registrant_id
    assert [(line.name, line.operations) for line in seen(db, employer(own))] == [("乙厂", ("查看",))]


def test_the_city_looks_and_objects(db: Session, filed: dict[str, int]) -> None:
    due = date(2024, 9, 20)
    raise_objection(db, filed["乙厂"], "人数偏低", actor=AT_CITY, on=AS_OF, due_on=due)
    assert [("·".join(line.operations), line.objection_due_on) for line in seen(db, AT_CITY, LIUJIANG)] == [
        ("查看", None),
        ("查看", None),
        ("查看·提出异议", due),
    ]


def test_what_is_filed_later_is_not_there_yet(db: Session, filed: dict[str, int]) -> None:
    lines = review_list(db, actor=COUNTY, as_of=MONDAY, calendar=campaign_on_file().calendar)
    assert {line.declaration for line in lines} == {filed["乙厂"], filed["丙厂"]}
