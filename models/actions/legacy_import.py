"""F25: the old system hands over 基本信息 only. A skeleton to be filled in, as 变更申报 for the reason 系统更新."""

from datetime import date
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.actions.declaration_steps import add_version, lock_registrant, record_step
from models.declaration import DeclarationState
from models.filing import Act, FiledDeclaration, Source
from models.form.basics import Basics
from models.form.form import SYSTEM_UPDATE, Form, FormType
from models.queries.filings import held_by

OLD_SYSTEM = "原安监"
MACHINE = "系统"


class Imported(StrEnum):
    NEW = "new"
    KNOWN = "known"  # imported before: what became of it since is left alone
    BLOCKED = "blocked"  # the registrant is at another one already (F13)


def import_skeleton(
    db: Session, registrant: int, key: str, basics: Basics, *, year: int, by: str, on: date
) -> Imported:
    """`key`: the old system's number of the record. The same again imports nothing."""
    lock_registrant(db, registrant)
    known = select(FiledDeclaration.id).where(
        FiledDeclaration.source == Source.LEGACY, FiledDeclaration.source_key == key
    )
    if db.scalar(known) is not None:
        return Imported.KNOWN
    if any(one.state is not DeclarationState.APPROVED for one in held_by(db, registrant)):
        return Imported.BLOCKED
    made = FiledDeclaration(
        registrant_id=registrant, source=Source.LEGACY, source_key=key, version=1, steps=0
    )
    made.state, made.head = DeclarationState.DRAFT, ""
    db.add(made)
    db.flush()
    form = Form(type=FormType.CHANGE, year=year, reason=SYSTEM_UPDATE, basics=basics)
    add_version(db, made, form, by=by, unit_facts=None)
    said: dict[str, str | None] = {"act": Act.IMPORT, "from_state": None, "to_state": DeclarationState.DRAFT}
    said |= {"role": MACHINE, "agency": OLD_SYSTEM, "by": by}
    record_step(db, made, said, on=on, reason=SYSTEM_UPDATE, detail={"key": key})
    return Imported.NEW
