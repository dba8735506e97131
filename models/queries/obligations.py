"""Who owes what on a day, and how far it is (C25, C26)."""

from collections import defaultdict
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.obligation import Obligation, ObligationAct, ObligationEvent
from models.queries.verification import progress
from models.rules.obligations import Act, Standing, stands


@dataclass(frozen=True)
class ObligationStanding:
    """An obligation on a day. `asked` is None where nothing was asked unit by unit."""

    id: int
    county: str
    key: str
    kind: str
    name: str
    opened_on: date
    first_due: date
    standing: Standing
    asked: int | None = None
    done: int | None = None

    @property
    def state(self) -> str:
        return self.standing.state

    @property
    def due(self) -> date:
        return self.standing.due

    @property
    def course(self) -> int:
        return self.standing.course

    @property
    def returned_on(self) -> date | None:
        return self.standing.returned_on

    @property
    def late_days(self) -> int:
        return self.standing.late_days

    @property
    def overdue(self) -> bool:
        return self.standing.overdue

    @property
    def owed(self) -> bool:
        return self.standing.owed

    def as_row(self) -> dict[str, Any]:
        row = asdict(self)
        row.pop("standing")
        named = ("state", "due", "course", "returned_on", "late_days", "overdue")
        return row | {name: getattr(self, name) for name in named}


def obligations(
    db: Session, campaign: Campaign, as_of: date, *, county: str | None = None
) -> list[ObligationStanding]:
    """Everything open by the day, of one county or all, in the order of due days."""
    asked = progress(db, campaign, as_of, county=county)
    return [
        ObligationStanding(**vars(one) | asked.get((one.county, one.key), {}))
        for one in obligation_standings(db, campaign, as_of, county=county)
    ]


def obligation_standings(
    db: Session, campaign: Campaign, as_of: date, *, county: str | None = None
) -> list[ObligationStanding]:
    """The same without n of m."""
    acts = _acts(db, campaign, as_of, county)
    wanted = select(Obligation).where(
        Obligation.campaign == campaign.key, or_(Obligation.opened_on <= as_of, Obligation.id.in_(acts))
    )
    if county is not None:
        wanted = wanted.where(Obligation.county == county)
    found = db.scalars(wanted.order_by(Obligation.due, Obligation.county, Obligation.key))
    return [_standing(one, acts.get(one.id, []), as_of, campaign) for one in found]


def acts_history(db: Session, campaign: Campaign, county: str, key: str) -> list[ObligationEvent]:
    wanted = (
        select(ObligationEvent)
        .join(Obligation)
        .where(Obligation.campaign == campaign.key, Obligation.county == county, Obligation.key == key)
    )
    return list(db.scalars(wanted.order_by(ObligationEvent.id)))


def _acts(db: Session, campaign: Campaign, as_of: date, county: str | None) -> dict[int, list[Act]]:
    done = ObligationEvent
    wanted = (
        select(done.obligation_id, done.act, done.effective_on, done.new_due, done.reason)
        .join(Obligation)
        .where(Obligation.campaign == campaign.key, done.effective_on <= as_of)
        .where(Obligation.county == func.coalesce(county, Obligation.county))
    )
    acts: dict[int, list[Act]] = defaultdict(list)
    for number, act, *rest in db.execute(wanted.order_by(done.id)):
        acts[number].append(Act(ObligationAct(act), *rest))
    return dict(acts)


def _standing(one: Obligation, acts: list[Act], as_of: date, campaign: Campaign) -> ObligationStanding:
    return ObligationStanding(
        one.id,
        one.county,
        one.key,
        one.kind,
        one.name,
        one.opened_on,
        one.due,
        stands(one.due, acts, as_of, inclusive=campaign.day_inclusive),
    )
