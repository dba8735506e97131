"""What a review workbook needs besides the work list: objections in words, what was done to a declaration since."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.event import Event
from models.filing import DeclarationEvent, FiledDeclaration, Registrant, ReviewObjection, Source

KEPT = "objection.kept"


def objection_words(db: Session, declaration: int) -> str:
    """Every objection the county has still to answer."""
    waiting = (
        select(ReviewObjection)
        .where(ReviewObjection.declaration_id == declaration, ReviewObjection.closing.is_(None))
        .order_by(ReviewObjection.due_on, ReviewObjection.id)
    )
    told = (f"{one.reason}（{one.by}，{one.raised_on}提出，期限{one.due_on}）" for one in db.scalars(waiting))
    return "；".join(told)


def step_after(db: Session, declaration: int, steps: int) -> DeclarationEvent | None:
    """The first step taken since a workbook showed `steps` of them."""
    wanted = DeclarationEvent.declaration_id == declaration, DeclarationEvent.number == steps + 1
    return db.scalar(select(DeclarationEvent).where(*wanted))


def last_step(db: Session, declaration: FiledDeclaration) -> DeclarationEvent:
    wanted = DeclarationEvent.declaration_id == declaration.id, DeclarationEvent.number == declaration.steps
    return db.scalars(select(DeclarationEvent).where(*wanted)).one()


def kept_for(db: Session, declaration: int, seal: str) -> list[str]:
    """The reasons for which the county has said that this approval stands."""
    wanted = Event.act == KEPT, Event.subject == f"declaration:{declaration}"
    said = db.scalars(select(Event.detail).where(*wanted).order_by(Event.id))
    return [str(one["reason"]) for one in said if one["seal"] == seal]


class Reviewed(NamedTuple):
    declaration: int
    reviewer: str


def reviewers(db: Session, declarations: Sequence[int]) -> list[Reviewed]:
    """Which agency decides on each of those that go through our review."""
    found = db.execute(
        select(FiledDeclaration.id, Registrant.reviewer)
        .join(Registrant, Registrant.id == FiledDeclaration.registrant_id)
        .where(FiledDeclaration.id.in_(declarations), FiledDeclaration.source != Source.PLATFORM)
    )
    return [Reviewed(*row) for row in found]
