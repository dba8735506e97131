"""M07: city and region cannot lead a declaration anywhere; they object, and the county's revocation answers."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.actions.objections import open_objection, raise_objection, withdraw_objection
from models.errors import RuleRefused
from models.event import Event
from models.filing import FiledDeclaration
from models.rules.review import Actor
from tests.make_filings import (
    AT_CITY,
    AT_REGION,
    CITY,
    COUNTY,
    OTHER_COUNTY,
    do,
    make_declaration,
    make_registrant,
)
from tests.make_forms import DAY

DUE = date(2024, 9, 9)


@pytest.fixture
def approved(db: Session) -> FiledDeclaration:
    return make_declaration(db, make_registrant(db).id, "提交", "审核通过")


def raised(db: Session, declaration: FiledDeclaration, actor: Actor = AT_CITY, **changes: Any) -> Any:
    given = {"reason": "接害人数明显偏低", "on": DAY, "due_on": DUE} | changes
    return raise_objection(db, declaration.id, actor=actor, **given)


@pytest.mark.parametrize("actor", [AT_CITY, AT_REGION], ids=["市级", "自治区"])
def test_an_objection_goes_to_the_county_and_changes_no_state(
    db: Session, approved: FiledDeclaration, actor: Actor
) -> None:
    made = raised(db, approved, actor)
    assert (made.county, made.raised_by, made.due_on, made.closing) == ("450206", actor.code, DUE, None)
    assert (approved.state, approved.steps) == ("已审核", 3)


def test_the_countys_revocation_answers_all_of_them(db: Session, approved: FiledDeclaration) -> None:
    both = [raised(db, approved), raised(db, approved, AT_REGION)]
    do(db, approved, "撤销", on=DUE)
    assert [(one.closing, one.closed_on, one.closed_by) for one in both] == [("revoked", DUE, COUNTY.by)] * 2
    acts = db.scalars(select(Event.act).where(Event.act.like("objection%")).order_by(Event.id))
    assert list(acts) == ["objection.raised"] * 2 + ["objection.revoked"] * 2


def test_who_raised_it_may_withdraw_it_and_raise_another(db: Session, approved: FiledDeclaration) -> None:
    raised(db, approved)
    with pytest.raises(RuleRefused, match="E1675"):
        raised(db, approved)
    with pytest.raises(RuleRefused, match="E1675"):
        withdraw_objection(db, approved.id, actor=AT_REGION, on=DAY)
    assert withdraw_objection(db, approved.id, actor=AT_CITY, on=DAY).closing == "withdrawn"
    assert open_objection(db, approved.id, CITY) is None
    raised(db, approved)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        pytest.param({"actor": COUNTY}, "E1674", id="本县区直接撤销"),
        pytest.param({"actor": OTHER_COUNTY}, "E1674", id="别县区"),
        pytest.param({"reason": " "}, "E1608", id="没有原因"),
        pytest.param({"due_on": date(2024, 9, 1)}, "E1674", id="期限早于提出"),
    ],
)
def test_refused_objections(
    db: Session, approved: FiledDeclaration, changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(RuleRefused, match=code):
        raised(db, approved, **changes)


def test_only_an_approval_is_objected_to(db: Session) -> None:
    waiting = make_declaration(db, make_registrant(db).id, "提交")
    with pytest.raises(RuleRefused, match="只对已审核的"):
        raised(db, waiting)
