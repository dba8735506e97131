"""Plan a round: who, by which channel, who is held and why. Nothing leaves (C11)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from models.actions import notice_rounds
from models.campaign import Campaign
from models.database import session, writing
from models.notice_round import NoticeRound, RoundScope
from models.queries.notice_rounds import Count, Held, counts, first_notices, held_notices, rounds, samples
from tasks.notice_rounds import ground


@dataclass(frozen=True)
class RoundReport:
    """A round as it stands: how many by county and channel, and what is held for which reason."""

    number: int
    scope: str
    state: str
    planned_on: date
    sent_on: date | None
    counts: Sequence[Count]
    held: Sequence[Held]
    samples: int  # letters that quote what no expert stands for

    @property
    def going(self) -> int:
        return sum(one.notices for one in self.counts if one.channel == "print")


def plan(
    campaign: Campaign, as_of: date, scope: RoundScope, *, by: str, rehearse: bool = False
) -> RoundReport:
    """The round that was only planned before is planned anew."""
    with writing(rehearse=rehearse) as db:
        ground.lay(db, campaign, as_of)
        if scope is RoundScope.NEW:
            notice_rounds.drop_told(db, campaign)
        planned = notice_rounds.open_round(db, campaign, scope, as_of, by=by)
        ground.number(db, planned.number)
        notice_rounds.store_plan(db, planned)
        return report(db, planned)


def look(campaign: Campaign, number: int) -> RoundReport:
    with session() as db:
        return report(db, notice_rounds.find_round(db, campaign, number))


def list_rounds(campaign: Campaign) -> list[dict[str, Any]]:
    with session() as db:
        return rounds(db, campaign.key)


def held_list(campaign: Campaign, number: int) -> list[dict[str, Any]]:
    """The units that get no letter in this round, for a person (A04)."""
    with session() as db:
        return held_notices(db, notice_rounds.find_round(db, campaign, number).id)


def first(campaign: Campaign, number: int, limit: int) -> list[dict[str, Any]]:
    """The first of those that go, in the order of their numbers."""
    with session() as db:
        return first_notices(db, notice_rounds.find_round(db, campaign, number).id, limit)


def report(db: Session, held: NoticeRound) -> RoundReport:
    tallied, kept = counts(db, held.id)
    return RoundReport(
        number=held.number,
        scope=held.scope,
        state=held.state,
        planned_on=held.planned_on,
        sent_on=held.sent_on,
        counts=tallied,
        held=kept,
        samples=samples(db, held.id),
    )
