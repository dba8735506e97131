"""F25: a skeleton from the old system, imported once, and not submitted before it is filled in."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.actions import review
from models.actions.legacy_import import Imported, import_skeleton
from models.filing import DeclarationEvent, FiledDeclaration, Registrant
from models.form.form import Form
from models.queries.filings import chain_faults, form_of
from models.rules.checking import Case
from models.rules.checks import run_checks
from tests.make_filings import employer, make_declaration, make_registrant
from tests.make_forms import DAY, lists, make_form


@pytest.fixture
def owner(db: Session) -> Registrant:
    return make_registrant(db)


def taken(db: Session, owner: Registrant, key: str = "AJ-1") -> Imported:
    return import_skeleton(db, owner.id, key, make_form().basics, year=2024, by="导入员", on=DAY)


def the_one(db: Session) -> FiledDeclaration:
    return db.scalars(select(FiledDeclaration)).one()


def checked(form: Form) -> list[tuple[str, str]]:
    return [(found.code, found.path) for found in run_checks(Case(form=form, on=DAY, lists=lists()))]


def test_a_skeleton_has_its_basics_and_nothing_else(db: Session, owner: Registrant) -> None:
    assert taken(db, owner) is Imported.NEW
    made = the_one(db)
    form = form_of(db, made)
    assert (made.state, form.type, form.reason) == ("暂存", "变更申报", "系统更新")
    assert form.basics == make_form().basics
    assert (form.products, form.hazards, form.monitoring, form.surveillance) == (None,) * 4


def test_it_is_not_submitted_until_filled_in(db: Session, owner: Registrant) -> None:
    taken(db, owner)
    made = the_one(db)
    findings = run_checks(Case(form=form_of(db, made), on=DAY, lists=lists()))
    assert checked(form_of(db, made)) == [
        ("E1620", section) for section in ("products", "hazards", "monitoring", "surveillance")
    ]
    with pytest.raises(review.ChecksRefused, match="老系统"):
        review.submit(db, made.id, findings, versions={}, actor=employer(owner.id), on=DAY)
    filled = make_form({"type": "变更申报", "reason": "系统更新"})
    review.edit(db, made.id, filled, actor=employer(owner.id), on=DAY)
    assert checked(form_of(db, made)) == []
    review.submit(db, made.id, (), versions={}, actor=employer(owner.id), on=DAY)
    assert made.state == "待审核"
    assert chain_faults(db) == {}


def test_the_same_again_changes_nothing(db: Session, owner: Registrant) -> None:
    taken(db, owner)
    review.edit(db, the_one(db).id, make_form({"type": "变更申报"}), actor=employer(owner.id), on=DAY)
    assert taken(db, owner) is Imported.KNOWN
    assert the_one(db).version == 2
    assert list(db.scalars(select(DeclarationEvent.act).order_by(DeclarationEvent.id))) == ["导入", "修改"]


@pytest.mark.parametrize(
    ("acts", "outcome"),
    [((), Imported.BLOCKED), (("提交",), Imported.BLOCKED), (("提交", "审核通过"), Imported.NEW)],
    ids=["暂存", "待审核", "已审核"],
)
def test_it_waits_while_another_is_open(
    db: Session, owner: Registrant, acts: tuple[str, ...], outcome: Imported
) -> None:
    make_declaration(db, owner.id, *acts)
    assert taken(db, owner) is outcome
