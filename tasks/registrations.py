"""Entries in the system: looked for, decided, corrected, handed over (F06, F07, F16–F18)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from models.actions.code_corrections import branches_with, correct_code
from models.actions.handover import Headquarters, hand_over
from models.campaign import Campaign
from models.database import reading, writing
from models.filing import Registration
from models.queries.filings import find_registrant, open_conflicts
from models.queries.registration_conflicts import registration_conflicts
from models.queries.registrations import registrations
from models.queries.unit_search import search_units
from models.rules.name_search import Fragment, address_prefix
from models.rules.review import Actor
from tasks.linking import LinkReport, link_declarations
from tasks.normal_rows import gazetteer


def search(campaign: Campaign, said: str, *, county: str | None, limit: int) -> list[dict[str, Any]]:
    """F06: units by a fragment of their name, the likeliest first."""
    places = gazetteer(campaign)
    fragment = Fragment.of(said, places)
    with reading() as db:
        return search_units(db, fragment, address_prefix=address_prefix(places), county=county, limit=limit)


def entries(*, county: str | None, state: Registration | None) -> list[dict[str, Any]]:
    with reading() as db:
        return registrations(db, county=county, state=state)


@dataclass(frozen=True)
class Corrected:
    """What a correction led to: the unit now held to be the registrant's, and what linkage says since."""

    registrant: int
    before: str | None
    after: str
    unit_before: int | None
    unit: int | None
    branches: tuple[int, ...]  # registered with the old code as their superior's: to be corrected next
    links: LinkReport


def correct(
    campaign: Campaign, number: int, *, before: str | None, after: str, reason: str, actor: Actor, on: date
) -> Corrected:
    """F07: the correction first, then declarations and units are brought together anew; that can be run again."""
    with writing() as db:
        unit_before = find_registrant(db, number).employer_id
        correct_code(db, number, before=before, after=after, reason=reason, actor=actor, on=on)
        unit = find_registrant(db, number).employer_id
        branches = tuple(one.id for one in branches_with(db, before) if one.id != number)
    return Corrected(number, before, after, unit_before, unit, branches, link_declarations(campaign))


def conflicts(*, county: str | None) -> dict[str, list[dict[str, Any]]]:
    """Codes in the wrong hands (F18), and entries with several unapproved declarations from imports (F13)."""
    with reading() as db:
        several = [
            {"registrant": owner, "name": one.name, "county": one.reviewer, "declarations": numbers}
            for owner, numbers in open_conflicts(db)
            if (one := find_registrant(db, owner)) and county in (None, one.reviewer)
        ]
        return {"codes": registration_conflicts(db, county), "open": several}


@dataclass(frozen=True)
class HandedOver:
    branch: int
    headquarters: int
    name: str
    county: str
    rejected: tuple[int, ...]
    standing: tuple[int, ...]


def handover(number: int, to: Headquarters | None, *, reason: str, actor: Actor, on: date) -> HandedOver:
    """F18. Without `to` the headquarters is the one the database holds under the code."""
    with writing() as db:
        known = to or _headquarters(registration_conflicts(db), number)
        done = hand_over(db, number, known, reason=reason, actor=actor, on=on)
        head = done.headquarters
        return HandedOver(number, head.id, head.name, head.county, tuple(done.rejected), tuple(done.standing))


def _headquarters(found: list[dict[str, Any]], number: int) -> Headquarters | None:
    row = next((one for one in found if one["registrant"] == number and one["head_unit"]), None)
    if row is None or row["head_county"] is None:
        return None
    return Headquarters(row["head_name"], row["head_county"], row["head_unit"])
