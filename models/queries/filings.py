"""Declarations under our review: as they stand, as they stood on a day, and whether their chains hold."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select, true
from sqlalchemy.orm import Session

from models.declaration import DeclarationState
from models.errors import RuleRefused
from models.filing import DeclarationEvent, DeclarationVersion, FiledDeclaration, Registrant, Source
from models.form.form import Form, content_hash
from models.rules.chain import Fault, faults
from models.rules.open_declaration import Held

UNKNOWN = "E1670"


def find_declaration(db: Session, number: int) -> FiledDeclaration:
    found = db.get(FiledDeclaration, number)
    if found is None:
        raise RuleRefused(UNKNOWN, f"没有第{number}号申报。")
    return found


def find_registrant(db: Session, number: int) -> Registrant:
    found = db.get(Registrant, number)
    if found is None:
        raise RuleRefused(UNKNOWN, f"没有第{number}号注册单位。")
    return found


def held_by(db: Session, registrant: int) -> list[Held]:
    """The registrant's declarations that go through our review (F13)."""
    found = db.execute(
        select(FiledDeclaration.id, FiledDeclaration.state, FiledDeclaration.revoked)
        .where(FiledDeclaration.registrant_id == registrant, FiledDeclaration.source != Source.PLATFORM)
        .order_by(FiledDeclaration.id)
    )
    return [Held(number, DeclarationState(state), revoked) for number, state, revoked in found]


def form_of(db: Session, declaration: FiledDeclaration, version: int | None = None) -> Form:
    found = db.get(DeclarationVersion, (declaration.id, version or declaration.version))
    if found is None:
        raise RuleRefused(UNKNOWN, f"第{declaration.id}号申报没有第{version}版。")
    return Form.model_validate(found.form)


def states_as_of(as_of: date, *, known_at: datetime | None = None) -> Select[tuple[int, str, date]]:
    """Where each declaration stood at the end of a day: declaration_id, state, since (1.5, M03).

    A revoked approval stops counting on the day it is revoked; the days before stay as they were.
    """
    event = DeclarationEvent
    known = event.recorded_at <= known_at if known_at else true()
    return (
        select(event.declaration_id, event.to_state.label("state"), event.effective_on.label("since"))
        .where(event.effective_on <= as_of, known)
        .distinct(event.declaration_id)
        .order_by(event.declaration_id, event.number.desc())
    )


def approved_as_of(as_of: date, *, known_at: datetime | None = None) -> Select[tuple[int, int, date]]:
    """Registrants with a standing approval of ours: registrant_id, declaration_id, approved since (Q1)."""
    stood = states_as_of(as_of, known_at=known_at).subquery("stood")
    return (
        select(FiledDeclaration.registrant_id, FiledDeclaration.id, stood.c.since)
        .join(stood, stood.c.declaration_id == FiledDeclaration.id)
        .where(stood.c.state == DeclarationState.APPROVED, FiledDeclaration.source != Source.PLATFORM)
        .order_by(FiledDeclaration.registrant_id, FiledDeclaration.id)
    )


def state_of(
    db: Session, declaration: int, as_of: date, *, known_at: datetime | None = None
) -> DeclarationState | None:
    stood = states_as_of(as_of, known_at=known_at).subquery("stood")
    found = db.scalar(select(stood.c.state).where(stood.c.declaration_id == declaration))
    return DeclarationState(found) if found else None


def open_conflicts(db: Session) -> list[tuple[int, list[int]]]:
    """Registrants with several unapproved declarations: only imported rows can bring that about (F13)."""
    numbers = func.array_agg(FiledDeclaration.id.distinct())
    found = db.execute(
        select(FiledDeclaration.registrant_id, numbers)
        .where(FiledDeclaration.state != DeclarationState.APPROVED, ~FiledDeclaration.revoked)
        .group_by(FiledDeclaration.registrant_id)
        .having(func.count() > 1)
        .order_by(FiledDeclaration.registrant_id)
    )
    return [(registrant, sorted(ids)) for registrant, ids in found]


def chain_faults(db: Session, declarations: Collection[int] | None = None) -> dict[int, list[Fault]]:
    """Declarations whose events or versions are not what was recorded; empty when everything holds."""
    chosen = FiledDeclaration.id.in_(declarations) if declarations is not None else true()
    events = _by_declaration(db, DeclarationEvent, declarations)
    versions = _by_declaration(db, DeclarationVersion, declarations)
    found = {}
    for one in db.scalars(select(FiledDeclaration).where(chosen).order_by(FiledDeclaration.id)):
        own = faults(events[one.id], steps=one.steps, head=one.head, state=one.state)
        own += _faults_of_versions(events[one.id], versions[one.id])
        if own:
            found[one.id] = own
    return found


def _by_declaration(
    db: Session,
    table: type[DeclarationEvent] | type[DeclarationVersion],
    declarations: Collection[int] | None,
) -> Mapping[int, list[dict[str, Any]]]:
    rows: dict[int, list[dict[str, Any]]] = defaultdict(list)
    chosen = table.declaration_id.in_(declarations) if declarations is not None else true()
    columns = table.__table__.columns
    for row in db.execute(select(*columns).where(chosen).order_by(table.declaration_id, table.number)):
        rows[row.declaration_id].append(dict(row._mapping))
    return rows


def _faults_of_versions(events: list[dict[str, Any]], versions: list[dict[str, Any]]) -> list[Fault]:
    """The events say which content each version had."""
    said = {event["version"]: event["payload"].get("form") for event in events}
    held = {version["number"]: content_hash(version["form"]) for version in versions}
    return [
        Fault(number, f"第{number}版的内容不是当时保存的")
        for number in said
        if held.get(number) != said[number]
    ]
