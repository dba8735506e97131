"""What the review desk looks at: the work list, one declaration as a whole, and approvals that came by themselves."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from models.actions import review, second_looks
from models.campaign import Campaign
from models.database import reading, writing
from models.declaration import DeclarationState
from models.errors import RuleRefused
from models.filing import Act, DeclarationEvent, Source
from models.queries.dossier import entry_history, objections_to, second_looks_at, steps_until
from models.queries.filings import chain_faults, find_declaration, find_registrant, form_of
from models.queries.review_case import case_of, last_of, snapshot_of, unit_of
from models.queries.review_list import ReviewLine, review_list
from models.rules.checking import Finding
from models.rules.checks import run_checks
from models.rules.review import Actor, role_of
from models.rules.review_list import days_late, operations, review_due
from models.rules.side_by_side import Line, side_by_side
from tasks.code_lists import code_lists


def work_list(
    campaign: Campaign,
    actor: Actor,
    as_of: date,
    *,
    county: str | None = None,
    state: DeclarationState | None = None,
    overdue: bool = False,
    everything: bool = False,
) -> list[ReviewLine]:
    """M04. Without `state` and `everything` only what somebody still has to do."""
    with reading() as db:
        lines = review_list(
            db,
            actor=actor,
            as_of=as_of,
            calendar=campaign.calendar,
            county=county,
            campaign=campaign.key,
            only_to_do=state is None and not everything,
        )
    if state is not None:
        lines = [line for line in lines if line.state is state]
    return [line for line in lines if not overdue or late(line, as_of)]


def late(line: ReviewLine, as_of: date) -> bool:
    """The county let a deadline pass: its own, or that of an objection."""
    objected = line.objection_due_on is not None and line.objection_due_on < as_of
    return line.days_late > 0 or objected


@dataclass(frozen=True)
class Dossier:
    """A declaration as it stood at the end of a day."""

    number: int
    state: DeclarationState
    version: int
    source: str
    operations: tuple[str, ...]
    due_on: date | None
    days_late: int
    registrant: dict[str, Any]
    unit: int | None
    last_filed_on: date | None
    lines: Sequence[Line]
    findings: Sequence[Finding]
    history: Sequence[dict[str, Any]]
    entry_history: Sequence[dict[str, Any]]
    objections: Sequence[dict[str, Any]]
    second_looks: Sequence[dict[str, Any]]
    faults: Sequence[str]  # the chain of its events does not hold

    def as_row(self) -> dict[str, Any]:
        return asdict(self) | {"lines": [line._asdict() for line in self.lines]}


def dossier(campaign: Campaign, number: int, actor: Actor, as_of: date) -> Dossier:
    """Whoever may not look at it is told so; a draft is the employer's alone."""
    with reading() as db:
        declaration = find_declaration(db, number)
        owner = find_registrant(db, declaration.registrant_id)
        steps = steps_until(db, number, as_of)
        state = DeclarationState(steps[-1].to_state)
        ours = declaration.source != Source.PLATFORM
        may = operations(state, role_of(actor, owner.id, owner.reviewer), ours=ours)
        if not may:
            raise RuleRefused("E1712", f"第{number}号申报不归“{actor.code}”查看。")
        form, unit = form_of(db, declaration, steps[-1].version), unit_of(db, owner)
        last = last_of(db, owner, unit, as_of, but=number)
        day = _day_of_filing(steps) or as_of
        case = case_of(db, owner, form, day, lists=code_lists(), declaration=number)
        waits = ours and state is DeclarationState.SUBMITTED
        since = steps[-1].effective_on if waits else None
        return Dossier(
            number=number,
            state=state,
            version=steps[-1].version,
            source=declaration.source,
            operations=may,
            due_on=review_due(since, campaign.calendar) if since else None,
            days_late=days_late(since, as_of, campaign.calendar) if since else 0,
            registrant=_columns(
                owner, "id", "name", "credit_code", "county", "reviewer", "state", "is_branch"
            ),
            unit=unit.id if unit else None,
            last_filed_on=last.filed_on if last else None,
            lines=side_by_side(form, last.form if last else None, snapshot_of(unit)),
            findings=run_checks(case),
            history=[_step(step) for step in steps],
            entry_history=entry_history(db, owner.id),
            objections=[_columns(one, *OBJECTION) for one in objections_to(db, number)],
            second_looks=[_columns(one, *LOOK) for one in second_looks_at(db, number)],
            faults=[fault.message for fault in chain_faults(db, [number]).get(number, ())],
        )


OBJECTION = ("id", "raised_by", "reason", "raised_on", "due_on", "closing", "closed_on", "closed_by")
LOOK = ("step", "campaign", "drawn_on", "closing", "closed_on", "closed_by")
STEP = ("number", "act", "from_state", "to_state", "role", "agency", "by", "reason", "version")


def _day_of_filing(steps: Sequence[DeclarationEvent]) -> date | None:
    return next((step.effective_on for step in reversed(steps) if step.act == Act.SUBMIT), None)


def _step(step: DeclarationEvent) -> dict[str, Any]:
    facts = _columns(step, *STEP, "effective_on", "recorded_at")
    return facts | {"automatic": bool(step.payload.get("automatic"))}


def _columns(row: object, *names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def confirm_second_look(number: int, *, actor: Actor, on: date) -> None:
    with writing() as db:
        second_looks.confirm(db, number, actor=actor, on=on)


def revoke_at_second_look(number: int, reason: str, *, actor: Actor, on: date) -> None:
    """The county looked again and found it wrong."""
    with writing() as db:
        second_looks.find_waiting(db, number)
        review.revoke(db, number, reason, actor=actor, on=on)
