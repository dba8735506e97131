"""What was sent when, and what waits for a county's answer (C30)."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.obligation import Obligation
from models.queries.transfers import transfers
from models.reminder import Digest, Reminder, Tick
from models.rules.digests import Waiting
from models.rules.ladder import Rung, rung_name

FEW = 3


@dataclass(frozen=True)
class Sent:
    """One reminder as it went out: every rung of one obligation that one digest told of."""

    day: date
    county: str
    key: str
    name: str
    course: int
    planned_on: date
    named: int  # the rung that gave it its name
    rungs: tuple[int, ...]  # all that went out with it, in the order of the ladder
    digest_id: int

    @property
    def told(self) -> tuple[str, ...]:
        return tuple(rung_name(days) for days in self.rungs)

    @property
    def words(self) -> str:
        """Its name, and what was merged into it; many only after a time without ticks."""
        others = [rung_name(days) for days in self.rungs if days != self.named]
        if not others:
            return rung_name(self.named)
        merged = "、".join(others) if len(others) <= FEW else f"补上漏掉的 {len(others)} 级"
        return f"{rung_name(self.named)}（{merged}）"


def tick_days(db: Session, campaign: Campaign) -> list[date]:
    """The days ticked so far, the newest first."""
    return list(db.scalars(select(Tick.day).where(Tick.campaign == campaign.key).order_by(Tick.day.desc())))


def claimed_rungs(db: Session, obligations: Collection[int]) -> dict[int, set[Rung]]:
    wanted = select(Reminder.obligation_id, Reminder.course, func.array_agg(Reminder.rung))
    wanted = wanted.where(Reminder.obligation_id.in_(obligations))
    found: dict[int, set[Rung]] = defaultdict(set)
    for number, course, rungs in db.execute(wanted.group_by(Reminder.obligation_id, Reminder.course)):
        found[number].update(Rung(course, days) for days in rungs)
    return found


def sent_reminders(db: Session, campaign: Campaign, *, county: str | None = None) -> list[Sent]:
    """The exact list, by day, county and obligation."""
    # the newest planned gives the name, of the same day the one nearest the due day
    newest = aggregate_order_by(Reminder.rung, Reminder.planned_on.desc(), func.abs(Reminder.rung))
    rungs = func.array_agg(newest)
    wanted = (
        select(
            Digest.day,
            Obligation.county,
            Obligation.key,
            Obligation.name,
            func.max(Reminder.course),
            func.max(Reminder.planned_on),
            rungs,
            Digest.id,
        )
        .join(Reminder, Reminder.digest_id == Digest.id)
        .join(Obligation, Obligation.id == Reminder.obligation_id)
        .where(Digest.campaign == campaign.key)
        .group_by(Digest.id, Obligation.id)
        .order_by(Digest.day, Obligation.county, Obligation.due, Obligation.key)
    )
    if county is not None:
        wanted = wanted.where(Obligation.county == county)
    return [
        Sent(day, where, key, name, course, planned, days[0], tuple(sorted(days)), digest)
        for day, where, key, name, course, planned, days, digest in db.execute(wanted)
    ]


def digests(db: Session, campaign: Campaign, *, office: str | None = None) -> list[Digest]:
    wanted = select(Digest).where(Digest.campaign == campaign.key).order_by(Digest.day, Digest.office)
    return list(db.scalars(wanted if office is None else wanted.where(Digest.office == office)))


def waiting_transfers(db: Session, campaign: Campaign, as_of: date) -> dict[str, list[Waiting]]:
    """County → the units it is asked to take over."""
    found: dict[str, list[Waiting]] = defaultdict(list)
    for one in transfers(db, campaign, as_of):
        if one["answer"] is None:
            asked = (one["number"], one["unit"], one["name"] or "", one["from_county"])
            found[one["to_county"]].append(Waiting(*asked, one["asked_on"], one["note"]))
    return found
