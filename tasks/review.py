"""Declarations filed with us, from 暂存 to the county's decision: each act one transaction with its event (1.5)."""

from collections.abc import Collection
from datetime import date

from sqlalchemy.orm import Session

from models.actions import objections, registrants, review
from models.actions.declaration_steps import lock_declaration
from models.database import session, writing
from models.filing import FiledDeclaration, Registrant, Registration
from models.form.basics import Basics
from models.form.form import Form
from models.queries.filings import chain_faults, find_declaration, find_registrant, form_of
from models.queries.review_case import case_of, snapshot_of, unit_of
from models.rules.chain import Fault
from models.rules.checking import Finding
from models.rules.checks import run_checks
from models.rules.registration import Entry
from models.rules.review import Actor
from tasks.code_lists import code_lists


def register(entry: Entry, *, by: str, on: date, unit: int | None = None, reviewer: str | None = None) -> int:
    with writing() as db:
        return registrants.register(db, entry, by=by, on=on, employer_id=unit, reviewer=reviewer).id


def decide_registration(
    registrant: int, to: Registration, *, actor: Actor, on: date, reason: str | None = None
) -> None:
    with writing() as db:
        registrants.decide_registration(db, registrant, to, actor=actor, on=on, reason=reason)


def save(registrant: int, form: Form, *, actor: Actor, on: date) -> int:
    """暂存. Returns the declaration's number."""
    with writing() as db:
        known = snapshot_of(unit_of(db, find_registrant(db, registrant)))
        return review.save(db, registrant, form, actor=actor, on=on, unit_facts=known).id


def edit(declaration: int, form: Form, *, actor: Actor, on: date) -> None:
    with writing() as db:
        known = snapshot_of(unit_of(db, _owner(db, declaration)))
        review.edit(db, declaration, form, actor=actor, on=on, unit_facts=known)


def edit_basics(registrant: int, basics: Basics, *, actor: Actor, on: date) -> int:
    """F08. Returns the number of the declaration that took the change."""
    with writing() as db:
        known = snapshot_of(unit_of(db, find_registrant(db, registrant)))
        return review.edit_basics(db, registrant, basics, actor=actor, on=on, unit_facts=known).id


def check(declaration: int, on: date) -> tuple[Finding, ...]:
    """What submitting it on that day would find, at once."""
    with session() as db:
        return _check(db, find_declaration(db, declaration), on)


def submit(declaration: int, *, actor: Actor, on: date) -> tuple[Finding, ...]:
    """提交: refused while something must be put right; what only has to be looked at goes to the county with it."""
    with writing() as db:
        held, _ = lock_declaration(db, declaration)
        findings = _check(db, held, on)
        review.submit(db, declaration, findings, versions=code_lists().versions, actor=actor, on=on)
        return findings


def approve(declaration: int, *, actor: Actor, on: date) -> int | None:
    """Returns the number of the unit's entry where that still waits: until it is approved no branch can register (F16)."""
    with writing() as db:
        review.approve(db, declaration, actor=actor, on=on)
        owner = _owner(db, declaration)
        return owner.id if owner.state == Registration.PENDING else None


def reject(declaration: int, reasons: Collection[str], *, actor: Actor, on: date) -> None:
    with writing() as db:
        review.reject(db, declaration, reasons, actor=actor, on=on)


def revoke(declaration: int, reason: str, *, actor: Actor, on: date) -> None:
    with writing() as db:
        review.revoke(db, declaration, reason, actor=actor, on=on)


def raise_objection(declaration: int, reason: str, *, actor: Actor, on: date, due_on: date) -> int:
    with writing() as db:
        return objections.raise_objection(db, declaration, reason, actor=actor, on=on, due_on=due_on).id


def withdraw_objection(declaration: int, *, actor: Actor, on: date) -> None:
    with writing() as db:
        objections.withdraw_objection(db, declaration, actor=actor, on=on)


def verify_chains() -> dict[int, list[Fault]]:
    """Declarations whose history was tampered with; empty when every chain holds."""
    with session() as db:
        return chain_faults(db)


def _check(db: Session, declaration: FiledDeclaration, on: date) -> tuple[Finding, ...]:
    case = case_of(
        db,
        find_registrant(db, declaration.registrant_id),
        form_of(db, declaration),
        on,
        lists=code_lists(),
        declaration=declaration.id,
    )
    return run_checks(case)


def _owner(db: Session, declaration: int) -> Registrant:
    return find_registrant(db, find_declaration(db, declaration).registrant_id)
