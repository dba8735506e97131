"""The daily tick: open what is due to open, claim today's reminders, write one digest per office (C25, C30, C31).

One transaction: killed anywhere it never ran, and of two at the same moment the second finds the day done.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy.orm import Session

from models.actions.obligations import open_obligations
from models.actions.outbox import put_message
from models.actions.reminders import begin_tick, claim_rungs, write_digests
from models.campaign import Campaign
from models.clock import SHANGHAI
from models.database import writing
from models.obligation import Contact
from models.queries.contacts import contacts
from models.queries.obligations import ObligationStanding, obligation_standings
from models.queries.reminders import claimed_rungs, tick_days, waiting_transfers
from models.queries.targets import stored_day
from models.queries.undeclared_work import unassigned_counts
from models.queries.verification import progress
from models.rules.digest_contents import Seen, digest_contents
from models.rules.digests import Owed
from models.rules.ladder import Planned, Terms, due_now, repeats, rung_name, steps
from models.rules.obligations import State
from models.rules.review_desk import Pile
from models.rules.routes import Delivery, routes, shown_address
from models.rules.working_days import is_working_day
from models.settings import get_settings
from notices.digest import write_digest
from tasks.review_reminders import piles_of

MORNING = time(8, 30)  # no reminder leaves before
TICKED, PASSED = "这一天已经运行过", "后面的日子已经运行过"


@dataclass(frozen=True)
class Reminded:
    """One obligation, or one desk's declarations, that a digest of the day reminds of."""

    county: str
    key: str
    name: str
    told: str
    rungs: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """One digest as it goes out."""

    office: str
    name: str
    to: tuple[str, ...]
    subject: str
    body: str


@dataclass(frozen=True)
class TickReport:
    day: date
    skipped: str | None = None  # why nothing was done
    working: bool = True
    opened: int = 0
    reminders: Sequence[Reminded] = ()
    digests: Sequence[Told] = ()
    messages: int = 0
    without_contact: Sequence[str] = ()

    def __str__(self) -> str:
        if self.skipped:
            return f"{self.day} {self.skipped}，没有再做"
        resting = "" if self.working else "；休息日不发提醒"
        return f"{self.day}：新开事项 {self.opened} 项，提醒 {len(self.reminders)} 项，发出 {self.messages} 件{resting}"


def tick(campaign: Campaign, as_of: date, *, rehearse: bool = False) -> TickReport:
    """What the day asks for; on the same day again, and on a day before one that was ticked, nothing."""
    with writing(rehearse=rehearse) as db:
        days = tick_days(db, campaign)
        if days and days[0] > as_of:
            return TickReport(as_of, skipped=PASSED)
        if not begin_tick(db, campaign, as_of):
            return TickReport(as_of, skipped=TICKED)
        opened = open_obligations(db, campaign, as_of)
        if not is_working_day(as_of, campaign.calendar):
            return TickReport(as_of, working=False, opened=opened)
        since = next((day for day in days if is_working_day(day, campaign.calendar)), date.min)
        return _remind(db, campaign, as_of, since, opened)


def _remind(db: Session, campaign: Campaign, day: date, since: date, opened: int) -> TickReport:
    """`since`: the last day on which reminders could go out before."""
    terms = Terms(campaign.reminders, campaign.calendar, campaign.day_inclusive)
    seen = _see(db, campaign, day, since, terms)
    contents = digest_contents(campaign, seen)
    numbers = write_digests(db, campaign, day, contents)
    reminded = [one for one in seen.owed if one.reminder]
    claim_rungs(
        db,
        (
            (numbers[one.county], one.id, step)
            for one in reminded
            if one.reminder
            for step in one.reminder.steps
        ),
    )
    told = [_lay_ready(db, campaign, day, content, seen.people) for content in contents.values()]
    return TickReport(
        day,
        opened=opened,
        reminders=[*map(_reminded, reminded), *(_told_of(pile) for pile in seen.piles if pile.tells)],
        digests=told,
        messages=sum(len(one.to) for one in told),
        without_contact=seen.missing(campaign),
    )


def _see(db: Session, campaign: Campaign, day: date, since: date, terms: Terms) -> Seen:
    standings = obligation_standings(db, campaign, day)
    owed = [one for one in standings if one.owed]
    reminders = _reminders(db, owed, day, terms)
    transfers = waiting_transfers(db, campaign, day)
    asked = {
        county
        for county, waiting in transfers.items()
        if any(repeats(one.asked_on, since, day, terms) for one in waiting)
    }
    figures = progress(db, campaign, day) if reminders or asked else {}
    targets_of = stored_day(db, campaign) if reminders or asked else None
    return Seen(
        day=day,
        owed=[_owed(one, reminders.get(one.id), figures.get((one.county, one.key), {})) for one in owed],
        transfers=transfers,
        asked=asked,
        people=contacts(db, campaign),
        news={one.county for one in owed if since < one.opened_on},
        to_accept=sum(one.state in (State.RETURNED, State.NOTHING) for one in standings),
        unassigned=_unassigned(db, campaign, day, targets_of),
        targets_of=targets_of,
        piles=piles_of(db, campaign, day, since),
    )


def _unassigned(db: Session, campaign: Campaign, day: date, targets_of: date | None) -> dict[str, int]:
    """From the targets as they were last computed: a reminder is not held up to compute a whole city (C14)."""
    if targets_of is None or targets_of > day:
        return {}
    return unassigned_counts(db, campaign, targets_of)


def _reminders(
    db: Session, owed: Sequence[ObligationStanding], day: date, terms: Terms
) -> dict[int, Planned]:
    """Obligation → its reminder of the day, of all rungs that nobody has claimed."""
    claimed = claimed_rungs(db, [one.id for one in owed])
    found = {
        one.id: due_now(steps(one.opened_on, one.standing, day, terms, claimed.get(one.id, ())))
        for one in owed
    }
    return {number: planned for number, planned in found.items() if planned}


def _owed(one: ObligationStanding, reminder: Planned | None, asked: dict[str, int]) -> Owed:
    return Owed(
        one.id,
        one.county,
        one.key,
        one.kind,
        one.name,
        one.standing,
        asked.get("asked"),
        asked.get("done"),
        reminder,
    )


def _lay_ready(
    db: Session, campaign: Campaign, day: date, content: dict[str, Any], people: Mapping[str, Contact]
) -> Told:
    """The digest as messages, one for each way to its office."""
    settings, office = get_settings(), content["office"]
    delivery = Delivery(settings.deliver, settings.redirect_to, people.get(campaign.city.code))
    letter = write_digest(content)
    ways = routes(people.get(office), delivery)
    for number, way in enumerate(ways):
        put_message(
            db,
            key=f"digest/{campaign.key}/{day}/{office}/{number}",
            campaign=campaign.key,
            office=office,
            purpose="digest",
            channel=way.channel,
            addressee=way.addressee,
            subject=letter.subject,
            body=letter.body,
            not_before=datetime.combine(day, MORNING, SHANGHAI),
        )
    return Told(office, content["name"], tuple(shown_address(*way) for way in ways), *letter)


def _reminded(one: Owed) -> Reminded:
    steps_ = one.reminder.steps if one.reminder else ()
    told = rung_name(one.reminder.rung.days) if one.reminder else ""
    return Reminded(one.county, one.key, one.name, told, tuple(rung_name(step.rung.days) for step in steps_))


def _told_of(pile: Pile) -> Reminded:
    return Reminded(pile.office, pile.kind, pile.words, pile.told, ())
