"""Automatic approvals drawn for a second look, until the county has looked: confirmed, or revoked."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.actions.declaration_steps import lock_declaration
from models.errors import RuleRefused
from models.event import Event
from models.filing import DeclarationEvent, Role
from models.rules.review import Actor, role_of
from models.second_look import SecondLook


def draw(db: Session, approval: DeclarationEvent, campaign: str, on: date) -> None:
    number, step = approval.declaration_id, approval.number
    db.add(SecondLook(declaration_id=number, step=step, campaign=campaign, drawn_on=on))
    db.flush()


def confirm(db: Session, number: int, *, actor: Actor, on: date) -> SecondLook:
    """The county looked, and the approval stands. Who finds it wrong revokes it."""
    _, owner = lock_declaration(db, number)
    if role_of(actor, owner.id, owner.reviewer) is not Role.REVIEWER:
        raise RuleRefused("E1607", "自动审核的复看由单位所在县（区）办理。")
    found = find_waiting(db, number)
    _close(found, "confirmed", on=on, by=actor.by)
    detail = {"step": found.step, "on": on.isoformat()}
    db.add(Event(act="second_look.confirmed", subject=f"declaration:{number}", by=actor.by, detail=detail))
    db.flush()
    return found


def close_look_by_revoking(db: Session, number: int, *, on: date, by: str) -> None:
    found = waiting_look(db, number)
    if found is not None:
        _close(found, "revoked", on=on, by=by)
        db.flush()


def find_waiting(db: Session, number: int) -> SecondLook:
    found = waiting_look(db, number)
    if found is None:
        raise RuleRefused("E1710", f"第{number}号申报没有待复看的自动审核。")
    return found


def waiting_look(db: Session, number: int) -> SecondLook | None:
    return db.scalar(
        select(SecondLook).where(SecondLook.declaration_id == number, SecondLook.closing.is_(None))
    )


def _close(one: SecondLook, closing: str, *, on: date, by: str) -> None:
    if on < one.drawn_on:
        raise RuleRefused("E1673", f"日期{on}早于自动审核的{one.drawn_on}，请核对办理日期。")
    one.closing, one.closed_on, one.closed_by, one.closed_at = closing, on, by, func.now()
