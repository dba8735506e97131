"""One declaration as a reviewer looks at it: its history, its entry in the system, and what is open on it."""

from datetime import date
from typing import Any

from sqlalchemy import func, literal, select, union_all
from sqlalchemy.orm import Session

from models.code_correction import CodeCorrection
from models.errors import RuleRefused
from models.event import Event
from models.filing import DeclarationEvent, FiledDeclaration, ReviewObjection
from models.second_look import SecondLook


def steps_until(db: Session, declaration: int, as_of: date) -> list[DeclarationEvent]:
    """The steps of a declaration up to the end of a day; there is one at least."""
    found = db.scalars(
        select(DeclarationEvent)
        .where(DeclarationEvent.declaration_id == declaration, DeclarationEvent.effective_on <= as_of)
        .order_by(DeclarationEvent.number)
    ).all()
    if not found:
        raise RuleRefused("E1711", f"截至{as_of}还没有第{declaration}号申报。")
    return list(found)


def objections_to(db: Session, declaration: int) -> list[ReviewObjection]:
    raised = select(ReviewObjection).where(ReviewObjection.declaration_id == declaration)
    return list(db.scalars(raised.order_by(ReviewObjection.id)))


def second_looks_at(db: Session, declaration: int) -> list[SecondLook]:
    drawn = select(SecondLook).where(SecondLook.declaration_id == declaration)
    return list(db.scalars(drawn.order_by(SecondLook.id)))


def entry_history(db: Session, registrant: int) -> list[dict[str, Any]]:
    """What became of a registration: registered, decided, code corrected, handed over, in the order of recording."""
    told = select(
        Event.recorded_at, Event.act, Event.by, Event.detail["reason"].astext.label("reason"), Event.detail
    ).where(Event.subject == f"registrant:{registrant}")
    fact = CodeCorrection
    corrected = select(
        fact.recorded_at,
        literal("registrant.code_corrected").label("act"),
        fact.by,
        fact.reason,
        func.jsonb_build_object("before", fact.before, "after", fact.after).label("detail"),
    ).where(fact.registrant_id == registrant)
    every = union_all(told, corrected).subquery()
    return [dict(row._mapping) for row in db.execute(select(every).order_by(every.c.recorded_at))]


def declarations_of(db: Session, registrant: int) -> list[FiledDeclaration]:
    held = select(FiledDeclaration).where(FiledDeclaration.registrant_id == registrant)
    return list(db.scalars(held.order_by(FiledDeclaration.id)))
