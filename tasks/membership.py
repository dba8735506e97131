"""Removals, additions and moves after the baseline, by a person and with a reason (Q2, 1.7)."""

from datetime import date

from sqlalchemy.orm import Session

from models.actions.membership import cancel_change, change_membership, open_change
from models.campaign import Campaign
from models.database import session, writing
from models.errors import RuleRefused
from models.queries.membership import Membership, membership, places_of
from models.queries.snapshots import baseline_of
from models.queries.targets import Wanted, find_employers, list_targets
from models.rules.membership import (
    Place,
    check_addition,
    check_baseline,
    check_move,
    check_reason,
    check_removal,
    member_of,
)
from tasks.snapshots import counties_of
from tasks.targets import see_targets

# keys that a campaign file needs among its reasons for units to move from county to county
ELSEWHERE, MOVED_IN = "elsewhere", "moved_in"


def one_employer(db: Session, words: str) -> int:
    """The one unit that a number, credit code or exact name means."""
    found = find_employers(db, words)
    if not found:
        raise RuleRefused("E1246", f"找不到单位“{words}”。请给出单位编号、统一社会信用代码或完整名称。")
    if len(found) > 1:
        numbers = "、".join(map(str, found))
        raise RuleRefused("E1247", f"“{words}”对应 {len(found)} 个单位，请用编号指明：{numbers}。")
    return found[0]


def remove(campaign: Campaign, words: str, *, reason: str, note: str | None, by: str, on: date) -> int:
    """核销: X, from `on` on. Returns the unit's number."""
    code = check_reason(campaign.removal_reasons, reason, note).key
    with writing() as db:
        unit = one_employer(db, words)
        place = check_removal(_places(db, campaign, unit, on))
        _check_baseline(db, campaign, place.county, on)
        change_membership(
            db,
            campaign,
            place.employer_id,
            "removed",
            county=place.county,
            reason_code=code,
            note=note,
            by=by,
            on=on,
        )
        return unit


def add(
    campaign: Campaign, words: str, *, county: str | None, reason: str, note: str | None, by: str, on: date
) -> int:
    """新增: A, from `on` on, to the county given or the unit's own."""
    code = check_reason(campaign.addition_reasons, reason, note).key
    with writing() as db:
        unit = one_employer(db, words)
        facts = see_targets(db, campaign, on)
        target = next(one for one in list_targets(db, campaign, Wanted(unit=unit), facts=facts))
        to = county or target["county"] or campaign.city.code
        _check_baseline(db, campaign, to, on)
        places = places_of(db, campaign, unit, on)
        check_addition(places, to, in_r=target["in_r"], declared=target["declared"])
        change_membership(db, campaign, unit, "added", county=to, reason_code=code, note=note, by=by, on=on)
        return unit


def cancel(campaign: Campaign, words: str, *, reason: str, by: str, on: date) -> int:
    """撤回: a resumption takes back the removal; an addition made in error is taken back likewise."""
    with writing() as db:
        unit = one_employer(db, words)
        places = places_of(db, campaign, unit, on)
        held = member_of(places)
        changes = [
            found
            for place in places
            for kind in (("added",) if place == held else ("removed",))
            if (found := open_change(db, campaign, place.employer_id, kind, place.county))
        ]
        if not changes:
            raise RuleRefused("E1248", "该单位没有可以撤回的核销或新增。")
        if len(changes) > 1:
            raise RuleRefused("E1249", "该单位有划转记录，请用 targets move 划回，不能单独撤回。")
        cancel_change(db, changes[0], reason=reason, by=by, on=on)
        return unit


def move(campaign: Campaign, words: str, *, to: str, note: str | None, by: str, on: date) -> int:
    """X(非本辖区) at the giver and A at the taker, on the day the taker confirms: zero for the city."""
    out = check_reason(campaign.removal_reasons, ELSEWHERE, note).key
    into = check_reason(campaign.addition_reasons, MOVED_IN, note).key
    with writing() as db:
        unit = one_employer(db, words)
        places = _places(db, campaign, unit, on)
        giver = check_move(places, to)
        _check_baseline(db, campaign, giver.county, on)
        _check_baseline(db, campaign, to, on)
        if back := next((place for place in places if place.county == to), None):
            _move_back(db, campaign, giver.employer_id, back.county, by=by, on=on)
        else:
            change_membership(
                db, campaign, giver.employer_id, "added", county=to, reason_code=into, note=note, by=by, on=on
            )
        change_membership(
            db,
            campaign,
            giver.employer_id,
            "removed",
            county=giver.county,
            reason_code=out,
            note=note,
            by=by,
            on=on,
        )
        return unit


def _move_back(db: Session, campaign: Campaign, unit: int, county: str, *, by: str, on: date) -> None:
    """It was this county's before: its removal there ends, and it is no second addition."""
    removal = open_change(db, campaign, unit, "removed", county)
    if removal is not None:
        cancel_change(db, removal, reason="划回", by=by, on=on)


def _places(db: Session, campaign: Campaign, unit: int, on: date) -> list[Place]:
    """Also where the unit is by itself, having lost its approval; only that needs the targets of the day."""
    if found := places_of(db, campaign, unit, on):
        return found
    see_targets(db, campaign, on)
    return places_of(db, campaign, unit, on, derive=True)


def membership_table(campaign: Campaign, as_of: date, county: str | None = None) -> list[Membership]:
    with session() as db:
        see_targets(db, campaign, as_of)
        return membership(db, campaign, as_of, county=county)


def _check_baseline(db: Session, campaign: Campaign, county: str, on: date) -> None:
    name = counties_of(campaign).get(county, county)
    baseline = baseline_of(db, campaign, county)
    check_baseline(name, baseline.as_of if baseline else None, on)
