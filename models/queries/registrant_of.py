"""Which registration a document speaks of, which unit a registration is, and what it last declared."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.declaration import DeclarationState
from models.employer import Employer
from models.filing import FiledDeclaration, Registrant, Registration, Source
from models.form.basics import Basics
from models.form.form import Form
from models.queries.filings import form_of
from models.rules.company_name import name_key, split_branch
from models.rules.open_declaration import EDITABLE


def entries_of(db: Session, code: str) -> list[Registrant]:
    """All that hold a code, those registered with us first."""
    return list(
        db.scalars(
            select(Registrant)
            .where(Registrant.credit_code == code, Registrant.state != Registration.RETURNED)
            .order_by(Registrant.source, Registrant.id)
        )
    )


class Held(NamedTuple):
    """A registration that holds a code."""

    id: int
    name: str
    is_branch: bool
    parent_code: str | None
    credit_code: str | None


def registrant_of(db: Session, basics: Basics) -> Registrant | None:
    """The one registration of this code, branch flag and name; None where there is none, or not exactly one."""
    if basics.credit_code is None:
        return None
    entries = {one.id: one for one in entries_of(db, basics.credit_code)}
    held = [
        Held(one.id, one.name, one.is_branch, one.parent_code, one.credit_code) for one in entries.values()
    ]
    found = matching(held, basics)
    return entries[found.id] if found else None


def matching(held: Sequence[Held], basics: Basics) -> Held | None:
    """Of those that hold the code. A principal may have changed its name, a branch that took the code is another one
    (F18); branches that share a superior's code are told apart by their names (F16)."""
    parent = basics.parent_code is not None and basics.parent_code == basics.credit_code
    name = basics.name or ""
    found = [
        one for one in held if one.is_branch == basics.is_branch and (one.parent_code is not None) == parent
    ]
    same = [one for one in found if name_key(one.name) == name_key(name)]
    if same:
        return same[0]
    renamed = [one for one in found if not parent and _part(one.name) == _part(name)]
    return renamed[0] if len(renamed) == 1 else None


def _part(name: str) -> str:
    return split_branch(name_key(name))[1]


def unit_with(db: Session, basics: Basics) -> int | None:
    """The one unit of the database with this code; of several (branches under one code) the one of this name."""
    named = select(Employer.id, Employer.name_key).where(
        Employer.credit_code == basics.credit_code,
        Employer.merged_into.is_(None),
        Employer.ended_at.is_(None),
    )
    found = [(number, key) for number, key in db.execute(named) if basics.credit_code]
    if len(found) > 1 or basics.parent_code:
        found = [one for one in found if one[1] == name_key(basics.name or "")]
    return found[0][0] if len(found) == 1 else None


def registrants_of_unit(db: Session, unit: int) -> list[Registrant]:
    held = select(Registrant).where(Registrant.employer_id == unit, Registrant.state != Registration.RETURNED)
    return list(db.scalars(held.order_by(Registrant.source, Registrant.id)))


def editable_of(db: Session, registrant: int) -> FiledDeclaration | None:
    """The one to go on with: 暂存 or 已驳回."""
    return db.scalar(
        select(FiledDeclaration)
        .where(
            FiledDeclaration.registrant_id == registrant,
            FiledDeclaration.source != Source.PLATFORM,
            FiledDeclaration.state.in_(EDITABLE),
        )
        .order_by(FiledDeclaration.id.desc())
        .limit(1)
    )


def last_approved_of(db: Session, registrant: int) -> Form | None:
    """The document of the last approval, on whatever books."""
    found = db.scalar(
        select(FiledDeclaration)
        .where(
            FiledDeclaration.registrant_id == registrant,
            FiledDeclaration.state == DeclarationState.APPROVED,
        )
        .order_by(FiledDeclaration.filed_on.desc(), FiledDeclaration.id.desc())
        .limit(1)
    )
    return form_of(db, found) if found else None
