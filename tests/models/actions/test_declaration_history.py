"""What counted on which day, and that nobody can change what was recorded without its showing (1.5, M03)."""

from datetime import date

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from models.declaration import DeclarationState
from models.errors import RuleRefused
from models.filing import Act, DeclarationEvent, FiledDeclaration, Registrant
from models.queries.filings import approved_as_of, chain_faults, state_of
from tests.make_filings import do, make_declaration, make_registrant

APPROVED = ("提交", "审核通过")
D1, D2, D3, D4 = (date(2024, 9, day) for day in (2, 5, 10, 20))


@pytest.fixture
def owner(db: Session) -> Registrant:
    return make_registrant(db)


def events(db: Session, declaration: FiledDeclaration) -> list[DeclarationEvent]:
    mine = DeclarationEvent.declaration_id == declaration.id
    return list(db.scalars(select(DeclarationEvent).where(mine).order_by(DeclarationEvent.number)))


def test_a_revoked_approval_stops_counting_and_earlier_days_stay(db: Session, owner: Registrant) -> None:
    """M03."""
    made = make_declaration(db, owner.id, "提交", on=D1)
    do(db, made, "审核通过", on=D2)
    before = db.execute(approved_as_of(D3)).all()
    do(db, made, "撤销", on=D4)
    assert before == [(owner.id, made.id, D2)] == db.execute(approved_as_of(D3)).all()
    assert db.execute(approved_as_of(D4)).all() == []
    days = [date(2024, 9, 1), D1, D2, date(2024, 9, 19), D4]
    assert [state_of(db, made.id, day) for day in days] == [None, "待审核", "已审核", "已审核", "待审核"]


def test_what_was_known_before_the_revocation(db: Session, owner: Registrant) -> None:
    made = make_declaration(db, owner.id, *APPROVED, on=D1)
    known = events(db, made)[-1].recorded_at
    do(db, made, "撤销", on=D1)
    assert state_of(db, made.id, D4, known_at=known) is DeclarationState.APPROVED
    assert state_of(db, made.id, D4) is DeclarationState.SUBMITTED


def test_no_step_is_dated_before_the_last(db: Session, owner: Registrant) -> None:
    made = make_declaration(db, owner.id, "提交", on=D2)
    with pytest.raises(RuleRefused, match="E1673"):
        do(db, made, "审核通过", on=D1)


@pytest.mark.parametrize("table", ["declaration_event", "declaration_version"])
@pytest.mark.parametrize("change", ["UPDATE {} SET by = '别人'", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_what_was_recorded_cannot_be_changed(db: Session, owner: Registrant, table: str, change: str) -> None:
    make_declaration(db, owner.id)
    with pytest.raises(DBAPIError, match="frozen"), db.begin_nested():
        db.execute(text(change.format(table)))


@pytest.mark.parametrize(
    "change",
    [
        pytest.param("UPDATE declaration_event SET by = '别人' WHERE number = 2", id="换人"),
        pytest.param(
            "UPDATE declaration_event SET effective_on = '2024-08-01' WHERE number = 3", id="改日期"
        ),
        pytest.param("UPDATE declaration_event SET payload = '{}' WHERE number = 2", id="改附记"),
        pytest.param("DELETE FROM declaration_event WHERE number = 3", id="删最后一步"),
        pytest.param(
            "UPDATE declaration_version SET form = jsonb_set(form, '{basics,exposed}', '5')",
            id="改申报表",
        ),
        pytest.param("UPDATE filed_declaration SET state = '已驳回'", id="改状态"),
    ],
)
def test_a_change_past_the_trigger_shows(db: Session, owner: Registrant, change: str) -> None:
    made = make_declaration(db, owner.id, *APPROVED)
    other = make_declaration(db, make_registrant(db, credit_code="91110000802100433B").id)
    frozen = ("declaration_event", "declaration_version")
    for table in frozen:
        db.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
    db.execute(text(change + (" AND " if "WHERE" in change else " WHERE ") + _of(change, made.id)))
    db.expire_all()
    assert set(chain_faults(db)) == {made.id}
    assert chain_faults(db, [other.id]) == {}


@pytest.mark.parametrize(
    ("act", "before", "after"),
    [
        (Act.APPROVE, "已驳回", "已审核"),
        (Act.REJECT, "已审核", "已驳回"),
        (Act.SUBMIT, None, "待审核"),
        (Act.EDIT, "待审核", "待审核"),
        (Act.SAVE, None, "已审核"),
    ],
)
def test_the_database_knows_no_other_edge(
    db: Session, owner: Registrant, act: str, before: str | None, after: str
) -> None:
    made = make_declaration(db, owner.id)
    first = events(db, made)[0]
    row = {column.name: getattr(first, column.name) for column in DeclarationEvent.__table__.columns}
    row |= {"id": None, "number": 2 if before else 1, "previous": "x" if before else None}
    row |= {"act": act, "from_state": before, "to_state": after, "reason": "x"}
    del row["id"]
    with pytest.raises(IntegrityError, match="ck_declaration_event_edge"), db.begin_nested():
        db.execute(insert(DeclarationEvent).values(**row))


def _of(change: str, number: int) -> str:
    return f"id = {number}" if "filed_declaration" in change else f"declaration_id = {number}"
