"""Which offices get a digest on a day, and the whole content of each (C30, C31)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from models.campaign import Campaign
from models.obligation import Contact
from models.rules.contacts import NO_CONTACT
from models.rules.digests import Owed, Waiting, day_text, escalated, owed_line
from models.rules.offices import office_names
from models.rules.review_desk import OBJECTION, REVIEW, Pile
from models.rules.review_desk import escalated as escalated_piles


@dataclass(frozen=True)
class Seen:
    """All that a day's digests are made of."""

    day: date
    owed: Sequence[Owed]
    transfers: Mapping[str, Sequence[Waiting]]  # county → units it is asked to take over
    asked: Collection[str]  # counties whose transfers are to be told today
    people: Mapping[str, Contact]  # office → contact
    news: Collection[str]  # counties for which something opened since the last digests
    to_accept: int  # handed in, and the city has not said yes
    unassigned: Mapping[str, int] = field(
        default_factory=dict
    )  # county → undeclared units nobody guides (C14)
    targets_of: date | None = None  # the day whose targets say so
    piles: Sequence[Pile] = ()  # declarations to decide, objections to answer (M07)

    def missing(self, campaign: Campaign) -> list[str]:
        return [one.code for one in campaign.counties_on(self.day) if one.code not in self.people]

    def offices(self) -> list[str]:
        """Who is told something today."""
        reminded = {one.county for one in self.owed if one.reminder}
        return sorted(reminded | set(self.asked) | {pile.office for pile in self.piles if pile.tells})

    def pile(self, kind: str, office: str) -> Pile:
        found = (pile for pile in self.piles if (pile.kind, pile.office) == (kind, office))
        return next(found, Pile(kind, office, (), self.day, None))


def digest_contents(campaign: Campaign, seen: Seen) -> dict[str, dict[str, Any]]:
    """Office → content. The city's carries the overdue and every county without a contact (E1291), if any is new."""
    told, city = seen.offices(), campaign.city.code
    contents = {office: _county(campaign, seen, office) for office in told if office != city}
    missing = seen.missing(campaign)
    names, since = office_names(campaign), campaign.reminders.escalate_from
    escalations = escalated(seen.owed, names, since) + escalated_piles(seen.piles, names, city, since)
    if escalations or city in told or set(missing) & {*told, *seen.news}:
        contents[city] = _city(campaign, seen, escalations, missing)
    return contents


def _county(campaign: Campaign, seen: Seen, office: str) -> dict[str, Any]:
    names = office_names(campaign)
    bureau = next(county.bureau for county in campaign.counties if county.code == office)
    content = _head(campaign, seen, office) | {"to_city": False, "name": names[office], "bureau": bureau}
    content["contact_known"] = office in seen.people
    content["unassigned"] = seen.unassigned.get(office, 0)
    content["targets_of"] = seen.targets_of.isoformat() if seen.targets_of else None
    content["transfers"] = [
        one._asdict()
        | {
            "from_name": names.get(one.from_county, one.from_county),
            "asked_on": one.asked_on.isoformat(),
            "employer_id": str(one.employer_id),
        }
        for one in seen.transfers.get(office, ())
    ]
    return content


def _city(
    campaign: Campaign, seen: Seen, escalations: list[dict[str, Any]], missing: list[str]
) -> dict[str, Any]:
    names, city = office_names(campaign), campaign.city
    content = _head(campaign, seen, city.code) | {"to_city": True, "name": city.name, "bureau": city.bureau}
    content |= {"escalations": escalations, "to_accept": seen.to_accept}
    content["missing"] = [
        {"code": NO_CONTACT, "county": code, "county_name": names[code]} for code in missing
    ]
    return content


def _head(campaign: Campaign, seen: Seen, office: str) -> dict[str, Any]:
    own = sorted(
        (one for one in seen.owed if one.county == office), key=lambda one: (one.standing.due, one.key)
    )
    lines = [owed_line(one, campaign.calendar, inclusive=campaign.day_inclusive) for one in own]
    head: dict[str, Any] = {"office": office, "day": seen.day.isoformat(), "day_text": day_text(seen.day)}
    head["overdue"] = [line for line in lines if line["overdue"]]
    head["due"] = [line for line in lines if not line["overdue"]]
    names = office_names(campaign)
    head["reviews"] = seen.pile(REVIEW, office).as_content(names)
    head["objections"] = seen.pile(OBJECTION, office).as_content(names)
    head |= {"city": _asked(campaign, seen.people), "city_bureau": campaign.city.bureau}
    return head


def _asked(campaign: Campaign, people: Mapping[str, Contact]) -> dict[str, str | None] | None:
    """Whom in the city to ask."""
    person = people.get(campaign.city.code)
    if person is None:
        return None
    return {
        "bureau": campaign.city.bureau,
        "name": person.name,
        "phone": person.phone,
        "mail": person.mail,
    }
