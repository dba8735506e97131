"""Take back what was entered by mistake: with a reason, never erased."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.actions.fieldwork import withdraw_act
from models.campaign import Campaign
from models.database import writing
from models.errors import RuleRefused
from models.fieldwork import Work
from models.guidance import Escalation, Guidance, UndeclaredReason, Visit
from models.inspection import Inspection
from models.queries.fieldwork_held import numbers_of
from models.training import PublicityAct, Training, TrainingUnit
from tasks.membership import one_employer

TABLES: Mapping[Work, Any] = {
    Work.TRAINING: Training,
    Work.GUIDANCE: Guidance,
    Work.VISIT: Visit,
    Work.CHECK: Inspection,
    Work.PUBLICITY: PublicityAct,
    Work.REASON: UndeclaredReason,
    Work.ESCALATE: Escalation,
}
NOTHING = "E1588"


def withdraw(
    campaign: Campaign, work: Work, number: int, *, by: str, reason: str, unit: str | None = None
) -> int:
    """How many acts were taken back; `unit`: only that unit's part in a training."""
    with writing() as db:
        act = db.get(TABLES[work], number)
        if act is None or act.campaign != campaign.key or act.withdrawn_at is not None:
            raise RuleRefused(NOTHING, f"没有编号为 {number} 的有效记录，编号见 yingbao fieldwork list。")
        acts = [act]
        if work is Work.TRAINING and unit:
            acts = _parts(db, number, one_employer(db, unit))
        elif isinstance(act, Escalation):
            _check_last(db, act)
        for one in acts:
            withdraw_act(db, one, by=by, reason=reason)
        return len(acts)


def _parts(db: Session, training: int, unit: int) -> list[Any]:
    wanted = select(TrainingUnit).where(
        TrainingUnit.training_id == training,
        TrainingUnit.employer_id.in_(numbers_of(db, [unit])),
        TrainingUnit.withdrawn_at.is_(None),
    )
    if found := list(db.scalars(wanted)):
        return found
    raise RuleRefused(NOTHING, f"编号为 {training} 的培训没有登记这个单位。")


def _check_last(db: Session, step: Escalation) -> None:
    """From the top down, or a rung would hang in the air."""
    higher = select(Escalation.id).where(
        Escalation.campaign == step.campaign,
        Escalation.employer_id == step.employer_id,
        Escalation.withdrawn_at.is_(None),
        Escalation.rung > step.rung,
    )
    if db.scalar(higher):
        raise RuleRefused(NOTHING, "该单位还登记有后面的措施，请先撤回后面的。")
