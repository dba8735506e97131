"""Leads: how each ended, and a person's word on it (C09, C10)."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from models.actions import leads as acts
from models.actions.unit_judgements import touch_entries
from models.campaign import Campaign
from models.database import session, writing
from models.errors import RuleRefused
from models.lead import LeadOutcome
from models.queries import leads as queries
from tasks.units import settle_units


def list_leads(
    *, county: str | None = None, outcome: LeadOutcome | None = None, as_of: date | None = None
) -> list[dict[str, Any]]:
    with session() as db:
        return queries.leads(db, county=county, outcome=outcome, as_of=as_of)


def judge_lead(campaign: Campaign, lead: int | str, outcome: LeadOutcome, *, by: str, reason: str) -> int:
    """Record the word and settle the lead's unit. Returns the number of the judgement."""
    with writing() as db:
        entry = _lead_called(db, str(lead))
        judgement = acts.judge_lead(db, entry, outcome, by=by, reason=reason)
        settle_units(db, campaign, touch_entries(db, [entry]))
        return judgement.id


def undo_lead(campaign: Campaign, lead: int | str, *, by: str, reason: str) -> int:
    with writing() as db:
        entry = _lead_called(db, str(lead))
        judgement = acts.undo_lead(db, entry, by=by, reason=reason)
        settle_units(db, campaign, touch_entries(db, [entry]))
        return judgement.id


def _lead_called(db: Session, number: str) -> int:
    found = queries.leads_called(db, number)
    if not found:
        raise RuleRefused("E1227", f"没有编号为 {number} 的线索。")
    if len(found) > 1:
        told = "、".join(map(str, found))
        raise RuleRefused("E1219", f"有 {len(found)} 条线索的编号都是 {number}，请改用系统编号：{told}。")
    return found[0]
