"""What employers and counties do with a declaration: each act one step, with everything that follows from it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from models.actions.declaration_steps import add_version, lock_declaration, lock_registrant, take_step
from models.actions.objections import close_by_revoking
from models.actions.second_looks import close_look_by_revoking
from models.declaration import DeclarationState
from models.errors import RuleRefused
from models.filing import Act, DeclarationEvent, FiledDeclaration, Source
from models.form.basics import Basics
from models.form.form import Form, content_hash, stored
from models.queries.filings import form_of, held_by
from models.rules.checking import Finding
from models.rules.open_declaration import check_may_add, check_may_edit, check_may_submit, to_be_edited
from models.rules.registration import check_may_declare
from models.rules.review import Actor

Facts = Mapping[str, Any]


class ChecksRefused(RuleRefused):
    """Something has to be put right first; `findings` says all of it."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        listed = "；".join(f"{finding.field}：{finding.message}" for finding in findings if finding.must_fix)
        count = sum(finding.must_fix for finding in findings)
        super().__init__("E1609", f"有{count}处必须改正，改正后再提交。{listed}")
        self.findings = tuple(findings)


def save(
    db: Session, registrant: int, form: Form, *, actor: Actor, on: date, unit_facts: Facts | None = None
) -> FiledDeclaration:
    """(none) → 暂存. Refused while another one is open (F13)."""
    owner = lock_registrant(db, registrant)
    check_may_declare(owner.state, owner.handed_to)
    check_may_add(held_by(db, registrant))
    made = FiledDeclaration(registrant_id=registrant, source=Source.FILED, state=DeclarationState.DRAFT)
    made.version, made.steps, made.head = 1, 0, ""
    db.add(made)
    db.flush()
    add_version(db, made, form, by=actor.by, unit_facts=unit_facts)
    take_step(db, made, owner, Act.SAVE, actor=actor, on=on)
    return made


def edit(
    db: Session, number: int, form: Form, *, actor: Actor, on: date, unit_facts: Facts | None = None
) -> FiledDeclaration:
    """A new version of 暂存 or 已驳回; the same content again changes nothing."""
    declaration, owner = lock_declaration(db, number)
    check_may_edit(DeclarationState(declaration.state))
    if content_hash(stored(form)) != content_hash(stored(form_of(db, declaration))):
        declaration.version += 1
        add_version(db, declaration, form, by=actor.by, unit_facts=unit_facts)
        take_step(db, declaration, owner, Act.EDIT, actor=actor, on=on)
    return declaration


def edit_basics(
    db: Session, registrant: int, basics: Basics, *, actor: Actor, on: date, unit_facts: Facts | None = None
) -> FiledDeclaration:
    """F08: a change of 基本信息 goes into the declaration that can be edited; the approved one keeps its own."""
    lock_registrant(db, registrant)
    number = to_be_edited(held_by(db, registrant)).id
    declaration, _ = lock_declaration(db, number)
    changed = form_of(db, declaration).model_copy(update={"basics": basics})
    return edit(db, number, changed, actor=actor, on=on, unit_facts=unit_facts)


def submit(
    db: Session, number: int, findings: Sequence[Finding], *, versions: Facts, actor: Actor, on: date
) -> DeclarationEvent:
    """暂存 or 已驳回 → 待审核. `findings` are those of the version in force, `versions` the lists they rest on."""
    declaration, owner = lock_declaration(db, number)
    check_may_declare(owner.state, owner.handed_to)
    check_may_submit(held_by(db, owner.id), number)
    if any(finding.must_fix for finding in findings):
        raise ChecksRefused(findings)
    told = [{"code": finding.code, "path": finding.path} for finding in findings]
    detail = {"findings": told, "lists": dict(versions)}
    return take_step(db, declaration, owner, Act.SUBMIT, actor=actor, on=on, detail=detail)


def approve(
    db: Session, number: int, *, actor: Actor, on: date, detail: Facts | None = None
) -> DeclarationEvent:
    """待审核 → 已审核. `detail`: what the event keeps of an approval that no person gave."""
    declaration, owner = lock_declaration(db, number)
    return take_step(db, declaration, owner, Act.APPROVE, actor=actor, on=on, detail=detail)


def reject(db: Session, number: int, reasons: Collection[str], *, actor: Actor, on: date) -> DeclarationEvent:
    """待审核 → 已驳回, with every reason at once: the employer comes back a single time."""
    declaration, owner = lock_declaration(db, number)
    given = [reason.strip() for reason in reasons if reason.strip()]
    return take_step(
        db,
        declaration,
        owner,
        Act.REJECT,
        actor=actor,
        on=on,
        reason="；".join(given) or None,
        detail={"reasons": given},
    )


def revoke(db: Session, number: int, reason: str, *, actor: Actor, on: date) -> DeclarationEvent:
    """已审核 → 待审核 (M03). It stops counting from that day; an objection of city or region is answered by it."""
    declaration, owner = lock_declaration(db, number)
    made = take_step(db, declaration, owner, Act.REVOKE, actor=actor, on=on, reason=reason.strip() or None)
    close_by_revoking(db, number, on=on, by=actor.by)
    close_look_by_revoking(db, number, on=on, by=actor.by)
    return made
