"""M07: city and region do not decide; they ask the county to look again, by a day."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.actions.declaration_steps import lock_declaration
from models.declaration import DeclarationState
from models.errors import RuleRefused
from models.event import Event
from models.filing import DeclarationEvent, FiledDeclaration, ReviewObjection, Source
from models.rules.objections import check_objection
from models.rules.review import Actor, role_of


def raise_objection(
    db: Session, number: int, reason: str, *, actor: Actor, on: date, due_on: date
) -> ReviewObjection:
    declaration, owner = lock_declaration(db, number)
    role = role_of(actor, owner.id, owner.reviewer)
    check_objection(role, declaration.state, reason, on=on, due_on=due_on)
    if open_objection(db, number, actor.code) is not None:
        raise RuleRefused("E1675", "对这一条已提出审核异议，县（区）尚未处理。")
    made = ReviewObjection(declaration_id=number, county=owner.reviewer, raised_by=actor.code)
    made.reason, made.raised_on, made.due_on, made.by = reason.strip(), on, due_on, actor.by
    db.add(made)
    db.flush()
    _tell(db, "raised", made, actor.by, on)
    return made


def withdraw_objection(db: Session, number: int, *, actor: Actor, on: date) -> ReviewObjection:
    lock_declaration(db, number)
    found = open_objection(db, number, actor.code)
    if found is None:
        raise RuleRefused("E1675", "没有本机关提出的、尚未处理的审核异议。")
    _close(db, found, "withdrawn", on=on, by=actor.by)
    return found


def open_objection(db: Session, number: int, agency: str) -> ReviewObjection | None:
    return db.scalar(
        select(ReviewObjection).where(
            ReviewObjection.declaration_id == number,
            ReviewObjection.raised_by == agency,
            ReviewObjection.closing.is_(None),
        )
    )


def close_by_revoking(db: Session, number: int, *, on: date, by: str) -> None:
    waiting = select(ReviewObjection).where(
        ReviewObjection.declaration_id == number, ReviewObjection.closing.is_(None)
    )
    for one in db.scalars(waiting):
        _close(db, one, "revoked", on=on, by=by)


def close_by_platform(db: Session, *, by: str) -> int:
    """What is reviewed on the platform is answered there: a later export shows it no longer approved."""
    answered = db.execute(
        select(ReviewObjection, DeclarationEvent.effective_on)
        .join(FiledDeclaration, FiledDeclaration.id == ReviewObjection.declaration_id)
        .join(
            DeclarationEvent,
            (DeclarationEvent.declaration_id == FiledDeclaration.id)
            & (DeclarationEvent.number == FiledDeclaration.steps),
        )
        .where(
            ReviewObjection.closing.is_(None),
            FiledDeclaration.source == Source.PLATFORM,
            FiledDeclaration.state != DeclarationState.APPROVED,
        )
        .order_by(ReviewObjection.id)
    ).all()
    for one, shown_on in answered:
        _close(db, one, "revoked", on=max(shown_on, one.raised_on), by=by)
    return len(answered)


def _close(db: Session, one: ReviewObjection, closing: str, *, on: date, by: str) -> None:
    one.closing, one.closed_on, one.closed_by, one.closed_at = closing, on, by, func.now()
    db.flush()
    _tell(db, closing, one, by, on)


def _tell(db: Session, what: str, one: ReviewObjection, by: str, on: date) -> None:
    detail = {"objection": one.id, "from": one.raised_by, "county": one.county, "reason": one.reason}
    detail |= {"due": one.due_on.isoformat(), "on": on.isoformat()}
    db.add(Event(act=f"objection.{what}", subject=f"declaration:{one.declaration_id}", by=by, detail=detail))
    db.flush()
