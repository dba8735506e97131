"""What counties hand in, and what the city says to it: each one recorded act with its day (C25, C26)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from models.actions.obligations import record_act
from models.campaign import Campaign
from models.database import session, writing
from models.errors import RuleRefused
from models.obligation import ObligationAct, ObligationKind
from models.queries.contacts import contacts
from models.queries.obligations import ObligationStanding, acts_history, obligations
from models.queries.reminders import Sent, sent_reminders
from models.queries.verification import progress
from models.rules.digests import due_text
from models.rules.duties import duties
from models.rules.obligations import NAMES, State
from tasks.contacts import keep_file


@dataclass(frozen=True)
class Extended:
    """What an extension came to: for whom it holds, and who needed none (county → why)."""

    counties: Sequence[str]
    passed_over: dict[str, str]


def list_obligations(campaign: Campaign, as_of: date, county: str | None = None) -> list[dict[str, Any]]:
    """Who owes what: both dates, state, how late, n of m, and who answers for it."""
    with session() as db:
        people = contacts(db, campaign)
        found = obligations(db, campaign, as_of, county=county)
    return [_row(campaign, one) | _person(people.get(one.county)) for one in found]


def hand_in(
    campaign: Campaign, county: str, key: str, path: Path | None, *, on: date, by: str
) -> tuple[str, str] | None:
    """What was handed in is kept by its hash. (sha256, name) of the file."""
    kind = _kind(campaign, key)
    if kind is ObligationKind.VERIFICATION:
        raise RuleRefused(
            "E1297", "核对结果请用 yingbao verification return 文件 登记，逐户核对齐全才算交回。"
        )
    if kind is ObligationKind.SUMMARY and path is None:
        raise RuleRefused("E1297", "报送总结要附总结文件。")
    file = (keep_file(path), path.name) if path else None
    with writing() as db:
        _refuse_unanswered(db, campaign, county, key, on)
        record_act(db, campaign, county, key, ObligationAct.RETURNED, on=on, by=by, file=file)
    return file


def report_nothing(campaign: Campaign, county: str, key: str, *, on: date, by: str) -> None:
    """无事项: said in so many words, and not possible while units wait for an answer."""
    with writing() as db:
        _refuse_unanswered(db, campaign, county, key, on)
        record_act(db, campaign, county, key, ObligationAct.NOTHING, on=on, by=by)


def accept(campaign: Campaign, county: str, key: str, *, on: date, by: str, reason: str | None) -> None:
    _refuse_verification(campaign, key, "受理连同冻结基线请用 yingbao verification accept。")
    with writing() as db:
        record_act(db, campaign, county, key, ObligationAct.ACCEPTED, on=on, by=by, reason=reason)


def send_back(campaign: Campaign, county: str, key: str, *, on: date, by: str, reason: str) -> None:
    _refuse_verification(campaign, key, "核对结果的退回请用 yingbao verification send-back。")
    with writing() as db:
        record_act(db, campaign, county, key, ObligationAct.SENT_BACK, on=on, by=by, reason=reason)


def extend(
    campaign: Campaign, key: str, *, until: date, reason: str, on: date, by: str, county: str | None
) -> Extended:
    """For one county; or for all that still owe it, and nobody else."""
    with writing() as db:
        counties, passed = [county] if county else [], dict[str, str]()
        if county is None:
            counties, passed = _owing(db, campaign, key, on)
        for one in counties:
            record_act(
                db,
                campaign,
                one,
                key,
                ObligationAct.EXTENDED,
                on=on,
                by=by,
                reason=reason,
                new_due=until,
            )
        return Extended(counties, passed)


def history(campaign: Campaign, county: str, key: str) -> list[dict[str, Any]]:
    """Acts and reminders of one obligation, by day; nothing of it is ever overwritten."""
    with session() as db:
        acts = [
            {
                "day": one.effective_on,
                "what": one.act,
                "by": one.by,
                "until": one.new_due,
                "reason": one.reason,
                "file": one.file_name,
                "sha256": one.file_sha256,
                "recorded_at": one.recorded_at,
            }
            for one in acts_history(db, campaign, county, key)
        ]
        told = [
            {"day": one.day, "what": "reminded", "rungs": one.told, "words": one.words, "course": one.course}
            for one in sent_reminders(db, campaign, county=county)
            if one.key == key
        ]
    # the tick of a day comes before what people do on it
    return sorted([*told, *acts], key=lambda line: line["day"])


def reminders(campaign: Campaign, county: str | None = None) -> list[Sent]:
    with session() as db:
        return sent_reminders(db, campaign, county=county)


def _row(campaign: Campaign, one: ObligationStanding) -> dict[str, Any]:
    deadline = due_text(one.due, campaign.calendar, inclusive=campaign.day_inclusive)
    words = NAMES[State(one.state)] + ("，已逾期" if one.overdue else "")
    return one.as_row() | {"deadline": deadline, "state_words": words}


def _person(person: Any) -> dict[str, Any]:
    return {"contact": person.name if person else None, "phone": person.phone if person else None}


def _kind(campaign: Campaign, key: str) -> ObligationKind | None:
    return next((duty.kind for duty in duties(campaign) if duty.key == key), None)


def _refuse_verification(campaign: Campaign, key: str, instead: str) -> None:
    """Verification has commands of its own, which do more than record the act."""
    if _kind(campaign, key) is ObligationKind.VERIFICATION:
        raise RuleRefused("E1297", instead)


def _owing(db: Session, campaign: Campaign, key: str, on: date) -> tuple[list[str], dict[str, str]]:
    duty = next((duty for duty in duties(campaign) if duty.key == key), None)
    found = {one.county: one for one in obligations(db, campaign, on) if one.key == key}
    known = [campaign.city.code] if duty and duty.by_city else [one.code for one in campaign.counties]
    counties = [code for code in known if code not in found or found[code].owed]
    return counties, {code: NAMES[State(found[code].state)] for code in known if code not in counties}


def _refuse_unanswered(db: Session, campaign: Campaign, county: str, key: str, on: date) -> None:
    """Units that the county was asked about are answered one by one."""
    figures = progress(db, campaign, on, county=county).get((county, key))
    if figures and figures["done"] < figures["asked"]:
        told = f"还有 {figures['asked'] - figures['done']} 家单位（共 {figures['asked']} 家）没有答复"
        raise RuleRefused("E1297", f"{told}，请先填好核对表，用 yingbao verification return 文件 登记。")
