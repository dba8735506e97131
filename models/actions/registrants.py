"""A unit's entry in the system: registered, and decided by the county it chose (F16–F18)."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.actions.declaration_steps import lock_registrant
from models.errors import RuleRefused
from models.event import Event
from models.filing import Registrant, Registration, Role, Source
from models.rules.registration import Entry, check_registration
from models.rules.review import Actor, role_of


def register(
    db: Session,
    entry: Entry,
    *,
    by: str,
    on: date,
    employer_id: int | None = None,
    reviewer: str | None = None,
) -> Registrant:
    """Filed with us; waits for the county chosen. `reviewer`: an agency other than the county, set for the unit (Q11)."""
    holder = principal_of(db, entry.credit_code)
    approved = holder is not None and holder.state == Registration.APPROVED
    check_registration(entry, principal=holder.name if holder else None, parent_approved=approved)
    made = Registrant(**entry._asdict(), employer_id=employer_id, reviewer=reviewer or entry.county)
    made.state, made.source, made.by = Registration.PENDING, Source.FILED, by
    db.add(made)
    db.flush()
    _tell(db, "registered", made, by, on, None)
    return made


def decide_registration(
    db: Session, number: int, to: Registration, *, actor: Actor, on: date, reason: str | None = None
) -> Registrant:
    """待审核 → 已审核 or 已退回; an approved one may still be returned (F18, Q14)."""
    found = lock_registrant(db, number)
    if role_of(actor, number, found.reviewer) is not Role.REVIEWER:
        raise RuleRefused("E1607", "注册由单位所选县（区）审核。")
    if found.state == Registration.RETURNED or to in (found.state, Registration.PENDING):
        raise RuleRefused("E1677", f"注册是“{found.state}”，不能改为“{to}”。")
    if to is Registration.RETURNED and not (reason or "").strip():
        raise RuleRefused("E1608", "退回注册须写明原因。")
    found.state = to
    _tell(db, "returned" if to is Registration.RETURNED else "approved", found, actor.by, on, reason)
    return found


def principal_of(db: Session, code: str) -> Registrant | None:
    """Who holds a code as principal, registered with us or imported (F18)."""
    return db.scalar(
        select(Registrant)
        .where(
            Registrant.credit_code == code,
            ~Registrant.is_branch,
            Registrant.state != Registration.RETURNED,
        )
        .order_by(Registrant.source, Registrant.id)
        .limit(1)
    )


def _tell(db: Session, what: str, one: Registrant, by: str, on: date, reason: str | None) -> None:
    detail = {"name": one.name, "code": one.credit_code, "county": one.county, "reason": reason}
    detail |= {"on": on.isoformat()}
    db.add(Event(act=f"registrant.{what}", subject=f"registrant:{one.id}", by=by, detail=detail))
    db.flush()
