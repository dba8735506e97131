"""F18: a branch registered with its headquarters' code. Its registration is returned, the headquarters takes the code."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.actions.declaration_steps import lock_registrant
from models.actions.registrants import decide_registration, register
from models.actions.review import reject
from models.declaration import DeclarationState
from models.errors import RuleRefused
from models.event import Event
from models.filing import FiledDeclaration, Registrant, Registration, Source
from models.rules.registration import Entry
from models.rules.review import Actor


class Headquarters(NamedTuple):
    """Who takes the registration over."""

    name: str
    county: str
    unit: int | None = None


class Handover(NamedTuple):
    headquarters: Registrant
    rejected: Sequence[int]  # what waited for the county goes back to the branch
    standing: Sequence[int]  # what is approved stays as it is until the county revokes it


def hand_over(
    db: Session, number: int, to: Headquarters | None, *, reason: str, actor: Actor, on: date
) -> Handover:
    """By the county chosen when the branch registered (Q14). The headquarters' own county decides on its entry."""
    branch = lock_registrant(db, number)
    if branch.is_branch or branch.credit_code is None:
        raise RuleRefused("E1707", "这一条不是以独立单位注册的，没有占用总公司的代码，不需要移交。")
    if to is None:
        raise RuleRefused("E1713", "数据库里找不到使用这一代码的总公司，请写明 --name 和 --county。")
    if to.name.strip() == branch.name:
        raise RuleRefused("E1708", f"“{branch.name}”就是现在的注册单位，请写总公司的名称。")
    decide_registration(db, number, Registration.RETURNED, actor=actor, on=on, reason=reason)
    rejected = _in_state(db, number, DeclarationState.SUBMITTED)
    for waiting in rejected:
        reject(db, waiting, [f"注册移交给{to.name.strip()}：{reason.strip()}"], actor=actor, on=on)
    entry = Entry(to.name.strip(), branch.credit_code, is_branch=False, parent_code=None, county=to.county)
    made = register(db, entry, by=actor.by, on=on, employer_id=to.unit)
    branch.handed_to = made.id
    detail = {"code": branch.credit_code, "to": made.id, "name": made.name, "reason": reason.strip()}
    detail |= {"on": on.isoformat(), "rejected": rejected}
    subject = f"registrant:{number}"
    db.add(Event(act="registrant.handed_over", subject=subject, by=actor.by, detail=detail))
    db.flush()
    return Handover(made, rejected, _in_state(db, number, DeclarationState.APPROVED))


def _in_state(db: Session, registrant: int, state: DeclarationState) -> list[int]:
    chosen = select(FiledDeclaration.id).where(
        FiledDeclaration.registrant_id == registrant,
        FiledDeclaration.state == state,
        FiledDeclaration.source != Source.PLATFORM,
    )
    return list(db.scalars(chosen.order_by(FiledDeclaration.id)))
