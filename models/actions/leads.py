"""A person's word on a lead (C10). One in force per lead; undone, never erased."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.batch import Source
from models.errors import RuleRefused
from models.event import Event
from models.inbound import Kind
from models.lead import LeadJudgement, LeadOutcome
from models.record import record


def judge_lead(db: Session, entry: int, outcome: LeadOutcome, *, by: str, reason: str) -> LeadJudgement:
    """The lead ends as `outcome`; one that is 非用人单位 makes no unit."""
    leads = select(Source.id).where(Source.kind == Kind.LEAD)
    if not db.scalar(
        select(record.c.id).where(record.c.entry == entry, record.c.source_id.in_(leads)).limit(1)
    ):
        raise RuleRefused("E1227", f"没有编号为 {entry} 的线索。")
    standing = _standing(db, entry)
    if standing is not None:
        raise RuleRefused(
            "E1228", f"这条线索已由 {standing.by} 判为“{standing.outcome}”；如要改变，请先撤销。"
        )
    judgement = LeadJudgement(entry=entry, outcome=outcome, reason=reason, by=by)
    db.add(judgement)
    _record(db, "lead.judge", entry, by, {"outcome": outcome, "reason": reason})
    return judgement


def undo_lead(db: Session, entry: int, *, by: str, reason: str) -> LeadJudgement:
    """Take the word on a lead back: units and links decide again."""
    standing = _standing(db, entry)
    if standing is None:
        raise RuleRefused("E1229", f"线索 {entry} 没有可撤销的判断。")
    standing.undone_at, standing.undone_by = func.now(), by
    _record(db, "lead.undo", entry, by, {"outcome": standing.outcome, "reason": reason})
    return standing


def _standing(db: Session, entry: int) -> LeadJudgement | None:
    said = select(LeadJudgement).where(LeadJudgement.entry == entry, LeadJudgement.undone_at.is_(None))
    return db.scalar(said.order_by(LeadJudgement.id.desc()).limit(1))


def _record(db: Session, act: str, entry: int, by: str, detail: dict[str, str]) -> None:
    db.add(Event(act=act, subject=f"lead:{entry}", by=by, detail=detail))
    db.flush()
