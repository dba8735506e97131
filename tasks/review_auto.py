"""Approvals that no person gives: only in counties that switched them on, only where nothing at all was found.

What a person once sent back or revoked is a person's again, and so is what could not be held against the database.
Each declaration is a transaction of its own: stopped half-way, the next run goes on; run again, nothing changes.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from models.actions import review
from models.actions.declaration_steps import lock_declaration
from models.actions.second_looks import draw
from models.campaign import Campaign
from models.database import session, writing
from models.declaration import DeclarationState
from models.filing import FiledDeclaration, Level, Registrant, Registration
from models.queries.filings import form_of
from models.queries.review_case import case_of
from models.queries.waiting import acts_of, told_at_submission, waiting_in
from models.rules.automatic import Held, why_not
from models.rules.checks import run_checks
from models.rules.review import Actor
from models.rules.second_look import drawn
from tasks.code_lists import code_lists

AUTOMATIC = "系统自动审核"


@dataclass(frozen=True)
class AutoReport:
    """What became of the declarations that waited in the counties that switched it on."""

    looked_at: int
    approved: tuple[int, ...]
    second_look: tuple[int, ...]  # of them, those a person looks at again
    left: dict[str, int]  # reason → how many stay for a person


def approve_clean(campaign: Campaign, on: date, by: str, *, rehearse: bool = False) -> AutoReport:
    """A rehearsal says the same and decides nothing."""
    terms = campaign.review
    with session() as db:
        waiting = waiting_in(db, terms.automatic, on) if terms.automatic else []
    approved, looks, left = [], [], Counter[str]()
    for number in waiting:
        with writing(rehearse=rehearse) as db:
            reason = _reason_against(db, number, on, terms.automatic)
            if reason is not None:
                left[reason] += 1
                continue
            approved.append(number)
            if _approve(db, campaign, number, on, by):
                looks.append(number)
    return AutoReport(len(waiting), tuple(approved), tuple(looks), dict(left))


def _reason_against(db: Session, number: int, on: date, counties: tuple[str, ...]) -> str | None:
    """Judged anew under the lock: it may have been decided since the list was drawn up."""
    declaration, owner = lock_declaration(db, number)
    held = Held(
        waits=declaration.state == DeclarationState.SUBMITTED,
        switched_on=owner.reviewer in counties,
        registered=owner.state == Registration.APPROVED,
        unit_known=owner.employer_id is not None,
        acts=acts_of(db, number),
    )
    return why_not(held) or _found(db, declaration, owner, on)


def _found(db: Session, declaration: FiledDeclaration, owner: Registrant, on: date) -> str | None:
    day = declaration.filed_on or on
    form = form_of(db, declaration)
    case = case_of(db, owner, form, day, lists=code_lists(), declaration=declaration.id)
    found = told_at_submission(db, declaration.id) or run_checks(case)
    return "检查有发现" if found else None


def _approve(db: Session, campaign: Campaign, number: int, on: date, by: str) -> bool:
    """Whether a person looks at it again."""
    _, owner = lock_declaration(db, number)
    looked_at_again = drawn(campaign.key, number, campaign.review.second_look)
    actor = Actor(Level.COUNTY, owner.reviewer, f"{AUTOMATIC}（{by}）")
    detail = {"automatic": True, "campaign": campaign.key, "second_look": looked_at_again}
    made = review.approve(db, number, actor=actor, on=on, detail=detail)
    if looked_at_again:
        draw(db, made, campaign.key, on)
    return looked_at_again
