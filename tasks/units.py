"""Units: settled after every list, judged by people, shown with the source of every value (Q10, C07)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from models.actions.unit_judgements import merge_lines, split_line, touch_entries, undo_judgement
from models.actions.units import resolve_units
from models.campaign import Campaign
from models.database import session, writing
from models.employer import FACTS, UnitJudgement
from models.errors import RuleRefused, UsageTrouble
from models.queries import suspects as suspect_queries
from models.queries import units as unit_queries
from models.rules.facts import Precedence

TOUCHED = "touched_entry"


def precedence_of(campaign: Campaign) -> Precedence:
    """Whose word counts for each fact."""
    return {fact: campaign.precedence.order(fact) for fact in FACTS}


def settle_units(db: Session, campaign: Campaign, touched: str | None = TOUCHED) -> int:
    """After lists were taken in: settle the units of the touched lines. How many records were placed anew."""
    return resolve_units(db, precedence_of(campaign), touched)


def resettle_all(campaign: Campaign) -> int:
    """Settle everything again, after the campaign file changed whose word counts."""
    with writing() as db:
        return settle_units(db, campaign, None)


def merge_units(campaign: Campaign, one: int, other: int, *, by: str, reason: str) -> dict[str, Any]:
    """A person says two units are one."""
    with writing() as db:
        entry, other_entry = _line_of(db, one), _line_of(db, other)
        if _living(db, one) == _living(db, other):
            raise RuleRefused("E1221", f"{one} 和 {other} 已经是同一单位。")
        return _settled(db, campaign, merge_lines(db, entry, other_entry, by=by, reason=reason))


def split_unit(
    campaign: Campaign, entry: int, *, address: str | None = None, by: str, reason: str
) -> dict[str, Any]:
    """A person says a line, or what it says of one of several addresses, is a unit of its own."""
    with writing() as db:
        return _settled(db, campaign, split_line(db, entry, address=address, by=by, reason=reason))


def undo_unit_judgement(campaign: Campaign, number: int, *, by: str, reason: str) -> dict[str, Any]:
    with writing() as db:
        return _settled(db, campaign, undo_judgement(db, number, by=by, reason=reason))


def list_suspects(*, county: str | None, kind: str | None, limit: int) -> list[dict[str, Any]]:
    if kind is not None and kind not in suspect_queries.QUESTIONS:
        raise UsageTrouble("E1218", f"没有“{kind}”这一类。可以写：{'、'.join(suspect_queries.QUESTIONS)}。")
    with session() as db:
        return suspect_queries.suspects(db, county=county, kind=kind, limit=limit)


def list_conflicts(*, county: str | None, limit: int) -> list[dict[str, Any]]:
    with session() as db:
        return unit_queries.conflicts(db, county=county, limit=limit)


def show_unit(campaign: Campaign, unit: int, *, as_of: date | None = None) -> dict[str, Any]:
    """Facts, lines (also earlier ones), every value with its source, and the judgements that hold the unit together."""
    with session() as db:
        living = _living(db, unit)
        facts = unit_queries.unit_facts(db, living)
        if as_of is not None:
            facts = unit_queries.unit_facts_on(db, living, precedence_of(campaign), as_of)
        lines = unit_queries.unit_lines(db, living, history=True)
        entries = [line["entry"] for line in lines]
        return {
            "asked": unit,
            "unit": living,
            "facts": _shown(facts or {}),
            "lines": [_shown(line) for line in lines],
            "values": unit_queries.provenance(db, living, precedence_of(campaign)),
            "judgements": unit_queries.standing_judgements(db, entries),
        }


def _shown(facts: dict[str, Any]) -> dict[str, Any]:
    """Without the mark made of a person's name: it serves linkage alone."""
    return {name: value for name, value in facts.items() if name != "person_hash"}


def _living(db: Session, unit: int) -> int:
    living = unit_queries.survivor(db, unit)
    if living is None or not unit_queries.unit_lines(db, living, history=True):
        raise RuleRefused("E1226", f"没有编号为 {unit} 的用人单位。")
    return living


def _line_of(db: Session, unit: int) -> int:
    """The line that stands for a unit in a judgement: its newest."""
    lines = unit_queries.unit_lines(db, _living(db, unit))
    if not lines:
        raise RuleRefused("E1226", f"单位 {unit} 已没有现行的来源记录（线索已判为非用人单位）。")
    return int(lines[0]["entry"])


def _settled(db: Session, campaign: Campaign, judgement: UnitJudgement) -> dict[str, Any]:
    entries: Sequence[int | None] = (judgement.entry, judgement.other_entry)
    moved = settle_units(db, campaign, touch_entries(db, entries))
    units = sorted({unit for entry in entries if entry for unit in unit_queries.units_of(db, entry)})
    return {"judgement": judgement.id, "kind": judgement.kind, "units": units, "records_moved": moved}
