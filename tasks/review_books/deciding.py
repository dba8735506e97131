"""One clear row done as the county's act, if the declaration is still what the workbook showed (M03)."""

from datetime import date

from sqlalchemy.orm import Session

from models.actions import review
from models.actions.declaration_steps import lock_declaration
from models.actions.review_books import keep_approval
from models.declaration import DeclarationState
from models.errors import RuleRefused
from models.filing import DeclarationEvent, FiledDeclaration
from models.queries.review_books import kept_for, last_step, step_after
from models.rules.review import Actor
from models.rules.review_words import ACTS, OF_STATE, Decision, issued
from models.rules.verdicts import Trouble
from tasks.returned import Outcome
from tasks.review_books.sorting import Row


def decide(db: Session, row: Row, *, actor: Actor, on: date) -> None:
    """Stored or refused by itself: a row the rules do not allow leaves the others alone."""
    held, _ = lock_declaration(db, row.issued.declaration)
    row.result.before = held.state
    if row.issued != issued(held.id, held.version, held.steps, held.head):
        _settle_moved(db, row, held, actor)
        return
    allowed = OF_STATE.get(DeclarationState(held.state), ())
    if row.decision not in allowed:
        told = f"这一条是“{held.state}”，可选：{'、'.join(allowed) or '无'}。"
        row.result.refuse(Trouble("E1779", told))
        return
    if row.decision is Decision.KEEP and _reason(row) in kept_for(db, held.id, row.issued.seal):
        _unchanged(row, "以前已答复维持")
        return
    try:
        with db.begin_nested():
            _act(db, row, actor, on)
    except RuleRefused as fault:
        row.result.refuse(Trouble(fault.code, fault.message))
        return
    row.result.outcome = Outcome.ACCEPTED
    row.result.after = db.get_one(FiledDeclaration, held.id, populate_existing=True).state


def _act(db: Session, row: Row, actor: Actor, on: date) -> None:
    number = row.issued.declaration
    if row.decision is Decision.APPROVE:
        review.approve(db, number, actor=actor, on=on)
    elif row.decision is Decision.REJECT:
        review.reject(db, number, row.reasons, actor=actor, on=on)
    elif row.decision is Decision.REVOKE:
        review.revoke(db, number, _reason(row), actor=actor, on=on)
    else:
        keep_approval(db, number, _reason(row), seal=row.issued.seal, actor=actor, on=on)


def _reason(row: Row) -> str:
    return "；".join(row.reasons)


def _settle_moved(db: Session, row: Row, held: FiledDeclaration, actor: Actor) -> None:
    """Moved by this very decision: sent again. Moved otherwise: the county decided on something else."""
    after = step_after(db, held.id, row.issued.steps)
    if after is not None and _is_this(row, after, actor):
        now = "" if after.number == held.steps else f"，其后又有变动，现为“{held.state}”"
        _unchanged(row, f"以前已办理（{after.effective_on}{after.act}）{now}")
        return
    last = last_step(db, held)
    told = f"该申报在下发后已变动：{last.effective_on}“{last.act}”，现为“{held.state}”，第{held.version}版；请用新下发的审核表。"
    row.result.refuse(Trouble("E1777", told))


def _is_this(row: Row, after: DeclarationEvent, actor: Actor) -> bool:
    """The seal before it is the one the row was issued with, so it is the same document that was decided on."""
    same_step = (after.previous or "").startswith(row.issued.seal) and after.agency == actor.code
    if not same_step or after.act != ACTS.get(row.decision):
        return False
    return row.decision is Decision.APPROVE or after.reason == _reason(row)


def _unchanged(row: Row, told: str) -> None:
    row.result.outcome = Outcome.UNCHANGED
    row.result.after = row.result.before
    row.result.remarks.append(told)
