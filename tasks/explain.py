"""Why a unit is in or out, with everything that decided it (C08)."""

from datetime import date, datetime
from typing import Any

from models.campaign import Campaign
from models.database import session
from models.queries.explain import evidence_of
from models.queries.membership_changes import changes_in_force
from models.queries.presumed import presumed_units
from models.queries.targets import Wanted, list_targets
from models.queries.units import provenance
from models.rules.membership_words import change_text
from models.rules.reasons import declared_day, state_text, why_listed
from models.rules.targets import Rule
from tasks.membership import one_employer
from tasks.targets import see_targets
from tasks.units import precedence_of


def explain(campaign: Campaign, words: str, as_of: date, known_at: datetime | None = None) -> dict[str, Any]:
    """The rule, the facts it used, and the evidence behind them."""
    with session() as db:
        unit = one_employer(db, words)
        facts = see_targets(db, campaign, as_of, known_at)
        found = list_targets(db, campaign, Wanted(unit=unit), facts=facts)
        if not found:
            return {"employer_id": unit, "as_of": as_of, "answer": "截至这一天还没有这个单位的资料。"}
        target = found[0] | {"presumed": bool(presumed_units(db, campaign, [unit]))}
        changed = change_text(changes_in_force(db, campaign, as_of, unit=unit), campaign)
        return {
            "employer_id": unit,
            "as_of": as_of,
            "answer": _answer(target, campaign) + (f"扩面目标：{changed}。" if changed else ""),
            "changed": changed,
            "target": target,
            "grounds": why_listed(target, campaign),
            "state": state_text(target, campaign),
            "provenance": provenance(db, unit, precedence_of(campaign)),
            **evidence_of(db, campaign, unit, as_of),
        }


def _answer(target: dict[str, Any], campaign: Campaign) -> str:
    """One sentence that can be read over the phone."""
    told = Rule(target["rule"]).told(campaign.stopped_months_limit)
    if not target["in_r"]:
        return f"不在应申报范围：{told}。"
    if target["declared"]:
        return f"应申报（{told}），已于 {declared_day(target)} 申报。"
    state = "申报待审核" if target["pending"] else "未申报"
    doubt = "，有疑似申报待人工核对" if target["unsure"] else ""
    return f"应申报（{told}），{state}{doubt}。"
