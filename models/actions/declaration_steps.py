"""One step of a declaration: judged, sealed to the step before, and the declaration led on (1.5)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.declaration import DeclarationState
from models.errors import RuleRefused
from models.filing import Act, DeclarationEvent, DeclarationVersion, FiledDeclaration, Registrant, Source
from models.form.form import Form, content_hash, stored
from models.queries.filings import UNKNOWN
from models.rules.chain import seal
from models.rules.review import Actor, check_reason, led_to, role_of


def lock_registrant(db: Session, number: int) -> Registrant:
    """Whoever acts on a registrant's declarations holds its row, so that two acts come one after the other."""
    found = db.scalar(
        select(Registrant)
        .where(Registrant.id == number)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise RuleRefused(UNKNOWN, f"没有第{number}号注册单位。")
    return found


def lock_declaration(db: Session, number: int) -> tuple[FiledDeclaration, Registrant]:
    """The declaration as it stands once nobody else is at it."""
    owner = db.scalar(select(FiledDeclaration.registrant_id).where(FiledDeclaration.id == number))
    if owner is None:
        raise RuleRefused(UNKNOWN, f"没有第{number}号申报。")
    registrant = lock_registrant(db, owner)
    return db.get_one(FiledDeclaration, number, populate_existing=True), registrant


def take_step(
    db: Session,
    declaration: FiledDeclaration,
    registrant: Registrant,
    act: Act,
    *,
    actor: Actor,
    on: date,
    reason: str | None = None,
    detail: Mapping[str, Any] | None = None,
) -> DeclarationEvent:
    """Judge the step, record it and lead the declaration on. `detail` is kept in the event."""
    if declaration.source == Source.PLATFORM:
        message = f"{declaration.source_key}是平台上的申报，由平台办理；新的平台数据导入后这里随之更新。"
        raise RuleRefused("E1750", message)
    before = DeclarationState(declaration.state) if declaration.steps else None
    role = role_of(actor, registrant.id, registrant.reviewer)
    to = led_to(act, before, role)
    check_reason(act, reason)
    said = {
        "act": act,
        "from_state": before,
        "to_state": to,
        "role": role,
        "agency": actor.code,
        "by": actor.by,
    }
    return record_step(db, declaration, said, on=on, reason=reason, detail=detail or {})


def record_step(
    db: Session,
    declaration: FiledDeclaration,
    said: Mapping[str, Any],
    *,
    on: date,
    reason: str | None,
    detail: Mapping[str, Any],
) -> DeclarationEvent:
    _check_order(db, declaration, on)
    payload = {**detail, "form": _version_hash(db, declaration)}
    row: dict[str, Any] = {name: None if value is None else str(value) for name, value in said.items()}
    row |= {"declaration_id": declaration.id, "number": declaration.steps + 1, "reason": reason}
    row |= {"version": declaration.version, "effective_on": on, "recorded_at": _moment(db)}
    row |= {
        "payload": payload,
        "payload_sha256": content_hash(payload),
        "previous": declaration.head or None,
    }
    made = DeclarationEvent(**row, sha256=seal(row))
    db.add(made)
    declaration.state, declaration.steps, declaration.head = made.to_state, made.number, made.sha256
    if made.act == Act.SUBMIT:
        declaration.filed_on = on
    declaration.revoked = made.act == Act.REVOKE or (declaration.revoked and made.act != Act.APPROVE)
    db.flush()
    return made


def add_version(
    db: Session, declaration: FiledDeclaration, form: Form, *, by: str, unit_facts: Mapping[str, Any] | None
) -> DeclarationVersion:
    """A whole new document beside the older ones."""
    content = stored(form)
    made = DeclarationVersion(declaration_id=declaration.id, number=declaration.version, form=content, by=by)
    made.sha256 = content_hash(content)
    made.unit_facts = dict(unit_facts) if unit_facts is not None else None
    db.add(made)
    db.flush()
    return made


def _version_hash(db: Session, declaration: FiledDeclaration) -> str:
    return db.get_one(DeclarationVersion, (declaration.id, declaration.version)).sha256


def _check_order(db: Session, declaration: FiledDeclaration, on: date) -> None:
    """A step dated before the one it follows would rewrite the days between."""
    last = db.scalar(
        select(func.max(DeclarationEvent.effective_on)).where(
            DeclarationEvent.declaration_id == declaration.id
        )
    )
    if last is not None and on < last:
        raise RuleRefused("E1673", f"日期{on}早于上一步的{last}，请核对办理日期。")


def _moment(db: Session) -> datetime:
    """Now, not when the transaction began: it may have waited for the step before this one."""
    now: datetime = db.execute(select(func.clock_timestamp())).scalar_one()
    return now
