"""Open what counties owe, and record what became of it. What is allowed is decided in models.rules.obligations."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.errors import RuleRefused
from models.event import Event
from models.obligation import Obligation, ObligationAct, ObligationEvent
from models.rules.duties import Duty, duties
from models.rules.obligations import Act, check_act, stands


def open_obligations(db: Session, campaign: Campaign, as_of: date) -> int:
    """One row per county for all that opened until the day; how many are new. Run again, it opens nothing."""
    rows = [row for duty in duties(campaign) if duty.opens <= as_of for row in _rows(campaign, duty)]
    return _open(db, campaign, rows)


def find_obligation(db: Session, campaign: Campaign, county: str, key: str) -> Obligation:
    found = db.scalar(
        select(Obligation).where(
            Obligation.campaign == campaign.key, Obligation.county == county, Obligation.key == key
        )
    )
    if found is None:
        known = "、".join(duty.key for duty in duties(campaign))
        raise RuleRefused("E1292", f"{_name(campaign, county)}没有事项“{key}”。行动文件里有：{known}。")
    return found


def record_act(
    db: Session,
    campaign: Campaign,
    county: str,
    key: str,
    act: ObligationAct,
    *,
    on: date,
    by: str,
    reason: str | None = None,
    new_due: date | None = None,
    file: tuple[str, str] | None = None,
) -> ObligationEvent:
    """Add one act, effective `on`; `file` is (sha256, name) of what was handed in.

    An obligation that the campaign file knows is opened by its first act, if no tick opened it before.
    The caller is alone among writers (models.database.writing).
    """
    _open_for(db, campaign, county, key)
    obligation = find_obligation(db, campaign, county, key)
    before = acts_of(db, obligation)
    now = stands(obligation.due, before, on, inclusive=campaign.day_inclusive)
    check_act(Act(act, on, new_due, reason), now, before[-1].on if before else None, obligation.kind)
    sha256, name = file or (None, None)
    made = ObligationEvent(
        obligation_id=obligation.id, act=act, effective_on=on, new_due=new_due, reason=reason, by=by
    )
    made.file_sha256, made.file_name = sha256, name
    db.add(made)
    detail = {"on": on.isoformat(), "reason": reason, "file": sha256}
    detail["until"] = new_due.isoformat() if new_due else None
    db.add(Event(act=f"obligation.{act}", subject=f"obligation:{county}/{key}", by=by, detail=detail))
    db.flush()
    return made


def acts_of(db: Session, obligation: Obligation) -> list[Act]:
    """All acts in the order of recording."""
    found = db.scalars(
        select(ObligationEvent)
        .where(ObligationEvent.obligation_id == obligation.id)
        .order_by(ObligationEvent.id)
    )
    return [Act(ObligationAct(one.act), one.effective_on, one.new_due, one.reason) for one in found]


def _open_for(db: Session, campaign: Campaign, county: str, key: str) -> None:
    duty = next((duty for duty in duties(campaign) if duty.key == key), None)
    if duty is not None:
        _open(db, campaign, [row for row in _rows(campaign, duty) if row["county"] == county])


def _open(db: Session, campaign: Campaign, rows: list[dict[str, object]]) -> int:
    held = select(Obligation.county, Obligation.key).where(Obligation.campaign == campaign.key)
    known = {tuple(row) for row in db.execute(held)}
    new = [row for row in rows if (row["county"], row["key"]) not in known]
    if not new:
        return 0
    made = insert(Obligation).values(new).on_conflict_do_nothing().returning(Obligation.id)
    return len(db.scalars(made).all())


def _rows(campaign: Campaign, duty: Duty) -> list[dict[str, object]]:
    offices = (
        [campaign.city.code] if duty.by_city else [county.code for county in campaign.counties_on(duty.opens)]
    )
    row: dict[str, object] = {"campaign": campaign.key, "opened_on": duty.opens, "due": duty.due}
    row |= {"key": duty.key, "kind": str(duty.kind), "name": duty.name}
    return [row | {"county": office} for office in offices]


def _name(campaign: Campaign, county: str) -> str:
    return next((one.name for one in campaign.counties if one.code == county), campaign.city.name)
