"""F07: the help desk corrects a registrant's credit code; one row on record, and the unit is looked for anew."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.actions.declaration_steps import lock_registrant
from models.actions.registrants import principal_of
from models.code_correction import CodeCorrection
from models.employer import Employer
from models.event import Event
from models.filing import Registrant, Registration
from models.link import RULE
from models.rules.code_correction import check_correction
from models.rules.company_name import name_key
from models.rules.registrant_unit import Candidate, choose_unit
from models.rules.registration import Entry, check_registration
from models.rules.review import Actor


def correct_code(
    db: Session, number: int, *, before: str | None, after: str, reason: str, actor: Actor, on: date
) -> CodeCorrection:
    """A branch that uses its superior's code takes the superior's along."""
    found = lock_registrant(db, number)
    check_correction(
        actor.level, state=found.state, held=found.credit_code, before=before, after=after, reason=reason
    )
    with_parent = found.is_branch and found.parent_code is not None
    entry = Entry(found.name, after, found.is_branch, after if with_parent else None, found.county)
    holder = principal_of(db, after)
    approved = holder is not None and holder.state == Registration.APPROVED
    check_registration(entry, principal=holder.name if holder else None, parent_approved=approved)
    made = CodeCorrection(registrant_id=number, before=before, after=after, reason=reason.strip())
    made.by, made.corrected_on = actor.by, on
    db.add(made)
    db.flush()  # the database asks for it before it lets the code change
    found.credit_code, found.parent_code = entry.credit_code, entry.parent_code
    match_unit(db, found)
    return made


def match_unit(db: Session, registrant: Registrant) -> int | None:
    """The unit that has the registrant's code now; the one it had stays where no unit has the code."""
    living = Employer.merged_into.is_(None) & Employer.ended_at.is_(None)
    holding = db.execute(
        select(Employer.id, Employer.name_key, Employer.county)
        .where(living, Employer.credit_code == registrant.credit_code)
        .order_by(Employer.id)
    )
    held = db.get(Employer, registrant.employer_id) if registrant.employer_id else None
    own = Candidate(held.id, held.name_key, held.county) if held else None
    key, before = name_key(registrant.name), registrant.employer_id
    candidates = [Candidate(*row) for row in holding]
    registrant.employer_id = choose_unit(candidates, own, name_key=key, county=registrant.county)
    if registrant.employer_id != before:  # a published month asks which unit it was then
        detail = {"before": before, "after": registrant.employer_id}
        db.add(Event(act="registrant.unit", subject=f"registrant:{registrant.id}", by=RULE, detail=detail))
    db.flush()
    return registrant.employer_id


def branches_with(db: Session, code: str | None) -> Sequence[Registrant]:
    """Branches that registered with a code as their superior's: to be corrected after it."""
    using = select(Registrant).where(
        Registrant.parent_code == code, Registrant.is_branch, Registrant.state != Registration.RETURNED
    )
    return db.scalars(using.order_by(Registrant.id)).all() if code else ()
