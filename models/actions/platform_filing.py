"""Declarations of the platform kept beside ours, as its exports show them: registrants, versions and sealed events, in
sets. Their approval counts by the linkage of intake (Q1), nothing here changes that.

An export is a picture of a day. What it shows differently from the picture before is one event 导入, dated when the
export says it came about; an older picture than the one we have changes nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import polars as pl
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from models.actions.intake import store_columns
from models.actions.objections import close_by_platform
from models.declaration import DeclarationState
from models.filing import PLATFORM_ROLE, Act, Registration, Source
from models.form.form import Form, canonical, content_hash, stored
from models.queries.platform_filing import Known, known_filings, known_registrants
from models.queries.registrant_of import Held, matching
from models.rules.chain import seal
from models.rules.company_name import name_key


class Taken(StrEnum):
    NEW = "新收入"
    CHANGED = "有变动"
    SAME = "没有变动"
    OLDER = "比已有的旧"


@dataclass(frozen=True)
class Shown:
    """One declaration as an export shows it. `since`: the day its state came about, as far as the export says."""

    key: str
    form: Form
    state: DeclarationState
    filed_on: date | None
    since: date
    employer_id: int | None
    unit_facts: Mapping[str, Any] | None


@dataclass(frozen=True)
class Order:
    data_date: date
    platform: str
    file: str
    by: str


@dataclass(frozen=True)
class Result:
    key: str
    taken: Taken
    registrant: int
    moved: bool = False  # the export gives another unit now; it stays where it was


def take_shown(db: Session, shown: Sequence[Shown], order: Order) -> list[Result]:
    """Store a part of an export. The caller is alone among writers."""
    known = known_filings(db, [one.key for one in shown])
    owners = _owners(db, shown, order)
    results, changes = [], []
    for one in shown:
        before = known.get(one.key)
        owner = before.registrant if before else owners[one.key]
        taken = _compared(one, before, order)
        results.append(Result(one.key, taken, owner, moved=before is not None and owners[one.key] != owner))
        if taken in (Taken.NEW, Taken.CHANGED):
            changes.append((one, before, owner))
    _store(db, changes, order)
    close_by_platform(db, by=order.by)
    return results


def _compared(one: Shown, before: Known | None, order: Order) -> Taken:
    if before is None:
        return Taken.NEW
    if order.data_date < before.data_date:
        return Taken.OLDER
    same = before.sha256 == content_hash(stored(one.form)) and before.state == one.state
    return Taken.SAME if same and before.filed_on == one.filed_on else Taken.CHANGED


def _owners(db: Session, shown: Sequence[Shown], order: Order) -> dict[str, int]:
    """The registration of each: one that is there, whoever made it, or a new one of the platform."""
    held = known_registrants(db, {one.form.basics.credit_code or "" for one in shown})
    fresh: list[dict[str, Any]] = []
    found: dict[str, int] = {}
    ids = iter(_numbers(db, "registrant", len(shown)))
    for one in shown:
        basics = one.form.basics
        code = basics.credit_code or ""
        match = matching(held.get(code, []), basics)
        if match is None:
            entry = _entry(one, next(ids), order)
            fresh.append(entry)
            match = Held(entry["id"], entry["name"], entry["is_branch"], entry["parent_code"], code)
            held.setdefault(code, []).append(match)
        found[one.key] = match.id
    store_columns(db, "registrant", pl.DataFrame(fresh, infer_schema_length=None))
    _name_units(db, shown, found)
    return found


def _entry(one: Shown, number: int, order: Order) -> dict[str, Any]:
    basics = one.form.basics
    parent = basics.parent_code if basics.is_branch and basics.parent_code == basics.credit_code else None
    name = basics.name or ""
    flag = "分支" if basics.is_branch else "主体"
    return {
        "id": number,
        "employer_id": one.employer_id,
        "name": name,
        "credit_code": basics.credit_code,
        "is_branch": bool(basics.is_branch),
        "parent_code": parent,
        "county": basics.county,
        "reviewer": basics.county,
        "state": str(Registration.APPROVED),  # who declares there has registered there
        "source": str(Source.PLATFORM),
        "source_key": f"{basics.credit_code}/{flag}/{name_key(name)}/{number}",
        "by": order.by,
    }


def _name_units(db: Session, shown: Sequence[Shown], owners: Mapping[str, int]) -> None:
    """A registration whose unit was not known yet learns it from the linkage."""
    units = {owners[one.key]: one.employer_id for one in shown if one.employer_id}
    if units:
        given = {"registrants": list(units), "units": list(units.values())}
        db.execute(text(NAME_UNITS), given)


def _store(db: Session, changes: Sequence[tuple[Shown, Known | None, int]], order: Order) -> None:
    if not changes:
        return
    moment: datetime = db.execute(select(func.clock_timestamp())).scalar_one()
    new = iter(_numbers(db, "filed_declaration", sum(before is None for _, before, _ in changes)))
    rows: dict[str, list[dict[str, Any]]] = {"declaration": [], "known": [], "version": [], "event": []}
    for one, before, owner in changes:
        number = before.id if before else next(new)
        version, event = _step(one, before, number, order, moment)
        if version is not None:
            rows["version"].append(version)
        rows["event"].append(event)
        declaration = _declaration(one, before, number, owner, event)
        rows["declaration" if before is None else "known"].append(declaration)
    store_columns(db, "filed_declaration", _frame(rows["declaration"]))
    store_columns(db, "declaration_version", _frame(rows["version"]))
    store_columns(db, "declaration_event", _frame(rows["event"]))
    _lead_on(db, _frame(rows["known"]))


def _step(
    one: Shown, before: Known | None, number: int, order: Order, moment: datetime
) -> tuple[dict[str, Any] | None, dict[str, Any]]:
    content = stored(one.form)
    sha256 = content_hash(content)
    changed = before is None or before.sha256 != sha256
    version = (before.version if before else 0) + changed
    payload = {"form": sha256, "data_date": order.data_date.isoformat(), "file": order.file}
    payload |= {"filed_on": one.filed_on.isoformat()} if one.filed_on else {}
    event: dict[str, Any] = {
        "declaration_id": number,
        "number": (before.steps if before else 0) + 1,
        "act": str(Act.IMPORT),
        "from_state": before.state if before else None,
        "to_state": str(one.state),
        "role": PLATFORM_ROLE,
        "agency": order.platform,
        "by": order.by,
        "reason": None,
        "version": version,
        "effective_on": max(one.since, before.effective_on) if before else one.since,
        "recorded_at": moment,
        "payload_sha256": content_hash(payload),
        "previous": before.head if before else None,
    }
    event["sha256"] = seal(event)
    event["payload"] = canonical(payload).decode()
    if not changed:
        return None, event
    facts = canonical(dict(one.unit_facts)).decode() if one.unit_facts else None
    made = {
        "declaration_id": number,
        "number": version,
        "form": canonical(content).decode(),
        "sha256": sha256,
    }
    return made | {"unit_facts": facts, "by": order.by}, event


def _declaration(
    one: Shown, before: Known | None, number: int, owner: int, event: Mapping[str, Any]
) -> dict[str, Any]:
    approved = one.state is DeclarationState.APPROVED
    taken_back = before is not None and (before.revoked or before.state == DeclarationState.APPROVED)
    return {
        "id": number,
        "registrant_id": owner,
        "source": str(Source.PLATFORM),
        "source_key": one.key,
        "state": str(one.state),
        "revoked": taken_back and not approved,
        "version": event["version"],
        "filed_on": one.filed_on,
        "steps": event["number"],
        "head": event["sha256"],
    }


def _lead_on(db: Session, known: pl.DataFrame) -> None:
    if known.is_empty():
        return
    db.execute(text("CREATE TEMP TABLE coming_filing (LIKE filed_declaration) ON COMMIT DROP"))
    store_columns(db, "coming_filing", known)
    db.execute(text(LEAD_ON))
    db.execute(text("DROP TABLE coming_filing"))


def _numbers(db: Session, table: str, count: int) -> list[int]:
    """Numbers for rows that are sealed before they are stored."""
    taken = text(f"SELECT nextval(pg_get_serial_sequence('{table}', 'id')) FROM generate_series(1, :count)")
    return list(db.scalars(taken, {"count": count}))


def _frame(rows: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), infer_schema_length=None)


NAME_UNITS = """
UPDATE registrant SET employer_id = named.unit
FROM unnest(CAST(:registrants AS bigint[]), CAST(:units AS bigint[])) AS named (id, unit)
WHERE registrant.id = named.id AND registrant.employer_id IS NULL
"""
LEAD_ON = """
UPDATE filed_declaration AS held
SET state = coming.state, revoked = coming.revoked, version = coming.version, filed_on = coming.filed_on,
    steps = coming.steps, head = coming.head
FROM coming_filing AS coming WHERE coming.id = held.id
"""
