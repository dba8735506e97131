"""Versions of a declaration: each kept whole, and facts changed only where they may be (F08)."""

import pytest
from sqlalchemy.orm import Session

from models.actions import review
from models.errors import RuleRefused
from models.filing import Registrant
from models.queries.filings import form_of
from tests.make_filings import employer, make_declaration, make_registrant
from tests.make_forms import DAY, make_form

APPROVED = ("提交", "审核通过")


@pytest.fixture
def owner(db: Session) -> Registrant:
    return make_registrant(db)


def test_each_version_is_kept_whole(db: Session, owner: Registrant) -> None:
    made = make_declaration(db, owner.id)
    review.edit(db, made.id, make_form({"basics.exposed": 25}), actor=employer(owner.id), on=DAY)
    assert [form_of(db, made, number).basics.exposed for number in (1, 2)] == [20, 25]
    assert form_of(db, made).basics.exposed == 25


def test_saving_the_same_again_changes_nothing(db: Session, owner: Registrant) -> None:
    made = make_declaration(db, owner.id)
    review.edit(db, made.id, make_form(), actor=employer(owner.id), on=DAY)
    assert (made.version, made.steps) == (1, 1)


@pytest.mark.parametrize("acts", [("提交",), APPROVED])
def test_what_is_submitted_is_not_edited(db: Session, owner: Registrant, acts: tuple[str, ...]) -> None:
    made = make_declaration(db, owner.id, *acts)
    with pytest.raises(RuleRefused, match="E1671"):
        review.edit(db, made.id, make_form({"basics.exposed": 25}), actor=employer(owner.id), on=DAY)


def test_facts_change_in_the_draft_and_the_approved_one_keeps_its_own(db: Session, owner: Registrant) -> None:
    """F08."""
    approved = make_declaration(db, owner.id, *APPROVED)
    basics = make_form({"basics.headcount": 40}).basics
    with pytest.raises(RuleRefused, match="请先添加暂存数据"):
        review.edit_basics(db, owner.id, basics, actor=employer(owner.id), on=DAY)
    draft = make_declaration(db, owner.id, changes={"type": "变更申报"})
    review.edit_basics(db, owner.id, basics, actor=employer(owner.id), on=DAY)
    assert [form_of(db, one).basics.headcount for one in (approved, draft)] == [25, 40]
    assert form_of(db, draft).hazards == make_form().hazards
