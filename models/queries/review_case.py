"""Everything the checks may look at for one registrant and day: its entry, the database's facts, the last approval."""

from datetime import date
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from models.declaration import DeclarationState, Standing
from models.employer import Employer
from models.filing import FiledDeclaration, Registrant, Registration, Source
from models.form.basics import Basics, Size
from models.form.form import Form
from models.link import Link, Verdict
from models.queries.filings import form_of
from models.queries.survivors import survivors
from models.record import record
from models.rules.checking import Case, Facts, Last, Registered
from models.rules.code_lists import CodeLists

SNAPSHOT = (
    "name",
    "credit_code",
    "county",
    "town",
    "address",
    "industry",
    "headcount",
    "size",
    "economic_type",
    "state",
)


def case_of(
    db: Session,
    registrant: Registrant,
    form: Form,
    on: date,
    *,
    lists: CodeLists,
    declaration: int | None = None,
) -> Case:
    """`declaration`: the one being checked, which is not its own predecessor."""
    unit = unit_of(db, registrant)
    return Case(
        form=form,
        on=on,
        lists=lists,
        registered=Registered(registrant.credit_code, registrant.is_branch, registrant.county),
        unit=Facts(unit.name, unit.industry, unit.size, unit.headcount) if unit else None,
        last=last_of(db, registrant, unit, on, but=declaration),
        approved_principals=_approved_principals(db, form.basics.parent_code),
        other_principal=_other_principal(db, registrant, form.basics.credit_code),
    )


def unit_of(db: Session, registrant: Registrant) -> Employer | None:
    """The unit, or the one that took it over."""
    if registrant.employer_id is None:
        return None
    merged = survivors()
    survivor = db.scalar(select(merged.c.survivor).where(merged.c.merged == registrant.employer_id))
    return db.get(Employer, survivor or registrant.employer_id)


def snapshot_of(unit: Employer | None) -> dict[str, Any] | None:
    """What a version keeps of the unit's facts as the database had them."""
    return {name: getattr(unit, name) for name in SNAPSHOT} if unit else None


def last_of(
    db: Session,
    registrant: Registrant,
    unit: Employer | None,
    on: date,
    *,
    but: int | None = None,
) -> Last | None:
    """The younger of the last approved with us and the last approved on a platform."""
    found = [_last_filed(db, registrant, but), _last_on_platform(db, unit, on)]
    return max((one for one in found if one), key=lambda one: one.filed_on, default=None)


def _last_filed(db: Session, registrant: Registrant, but: int | None) -> Last | None:
    found = db.scalar(
        select(FiledDeclaration)
        .where(
            FiledDeclaration.registrant_id == registrant.id,
            FiledDeclaration.state == DeclarationState.APPROVED,
            FiledDeclaration.id != (but or 0),
        )
        .order_by(FiledDeclaration.filed_on.desc(), FiledDeclaration.id.desc())
        .limit(1)
    )
    return Last(found.filed_on, form_of(db, found)) if found and found.filed_on else None


def _last_on_platform(db: Session, unit: Employer | None, on: date) -> Last | None:
    """Its export has no more than some basic facts; without a filing date the approval's day stands in."""
    if unit is None:
        return None
    merged = survivors()
    day = func.coalesce(record.c.filed_on, Standing.from_on)
    row = db.execute(
        select(day.label("day"), record.c.size, record.c.economic_type, record.c.industry, record.c.headcount)
        .select_from(Link)
        .join(Standing, Standing.entry == Link.entry)
        .join(record, (record.c.entry == Link.entry) & record.c.current)
        .outerjoin(merged, merged.c.merged == Link.employer_id)
        .where(Link.ended_at.is_(None), Link.verdict == Verdict.SURE)
        .where(func.coalesce(merged.c.survivor, Link.employer_id) == unit.id)
        .where(Standing.from_on <= on, or_(Standing.to_on.is_(None), Standing.to_on > on))
        .order_by(day.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    size = Size(row.size) if row.size else None
    known = Basics(size=size, economic_type=row.economic_type, industry=row.industry, headcount=row.headcount)
    return Last(row.day, Form(basics=known))


def _approved_principals(db: Session, code: str | None) -> frozenset[str]:
    if code is None:
        return frozenset()
    approved = select(Registrant.id).where(
        Registrant.credit_code == code, ~Registrant.is_branch, Registrant.state == Registration.APPROVED
    )
    return frozenset({code}) if db.scalar(approved.limit(1)) is not None else frozenset()


def _other_principal(db: Session, registrant: Registrant, code: str | None) -> str | None:
    others = select(Registrant.name).where(
        Registrant.credit_code == code,
        ~Registrant.is_branch,
        Registrant.state != Registration.RETURNED,
        Registrant.id != registrant.id,
    )
    return db.scalar(others.order_by(Registrant.source != Source.FILED, Registrant.id).limit(1))
