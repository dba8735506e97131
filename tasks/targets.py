"""Compute who must declare, and answer what the computed targets say (C08)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from models.actions.facts import open_facts
from models.actions.target_basis import Moment
from models.actions.targets import shadow_targets, store_targets
from models.campaign import Campaign
from models.database import reading, session, writing
from models.queries.county_totals import CountyTotal as CountyTotal
from models.queries.county_totals import county_totals
from models.queries.knowledge import has_later_lists, lay_standing, transaction_time
from models.queries.membership_changes import changes_by_unit, changes_in_force
from models.queries.presumed import presumed_units
from models.queries.targets import Wanted, computed_day, group_totals, list_targets, rule_totals, stored_day
from models.rules.membership_words import change_text
from tasks.units import precedence_of

CURRENT_FACTS = "employer"


def moment_of(db: Session, campaign: Campaign, as_of: date, known_at: datetime | None = None) -> Moment:
    """The stored facts where they are those of the day; else the facts, links and approvals as known then."""
    if known_at is None and not has_later_lists(db, as_of):
        return Moment(as_of)
    known = known_at or transaction_time(db)
    standing = lay_standing(db, campaign.platforms.counting, known)
    return Moment(as_of, known, facts=_facts(db, campaign, as_of, known), standing=standing)


def compute_targets(db: Session, campaign: Campaign, as_of: date, known_at: datetime | None = None) -> int:
    """Compute all units' targets for the day. Returns how many rows changed: none when run again."""
    return store_targets(db, campaign, moment_of(db, campaign, as_of, known_at))


def refresh_targets(db: Session, campaign: Campaign, as_of: date, changed: str) -> int:
    """Compute those of the units in the temporary table `changed` (employer_id); all where another day is stored."""
    moment = moment_of(db, campaign, as_of)
    whole = stored_day(db, campaign) != as_of
    return store_targets(db, campaign, moment, only=None if whole else changed)


def see_targets(
    db: Session, campaign: Campaign, as_of: date, known_at: datetime | None = None, *, fresh: bool = False
) -> str:
    """Make the target tables show that day, for this transaction only. Returns the table of facts to read beside."""
    return see_moment(db, campaign, as_of, known_at, fresh=fresh).facts


def see_moment(
    db: Session, campaign: Campaign, as_of: date, known_at: datetime | None = None, *, fresh: bool = False
) -> Moment:
    """The same, and what else was read to make them so. `fresh`: not what was computed before, however recently."""
    if not fresh and known_at is None and computed_day(db, campaign) == as_of:
        later = has_later_lists(db, as_of)
        return Moment(as_of, facts=_facts(db, campaign, as_of, None) if later else CURRENT_FACTS)
    moment = moment_of(db, campaign, as_of, known_at)
    shadow_targets(db)
    store_targets(db, campaign, moment)
    return moment


def _facts(db: Session, campaign: Campaign, as_of: date, known_at: datetime | None) -> str:
    return open_facts(db, precedence_of(campaign), as_of=as_of, known_at=known_at)


def find_targets(campaign: Campaign, as_of: date, *, rehearse: bool = False) -> list[CountyTotal]:
    """Compute and keep the targets of every county; a rehearsal says the same and keeps nothing."""
    if rehearse:
        with session() as db:
            see_targets(db, campaign, as_of, fresh=True)
            return county_totals(db, campaign)
    with writing() as db:
        compute_targets(db, campaign, as_of)
        return county_totals(db, campaign)


def count_counties(
    campaign: Campaign, as_of: date, known_at: datetime | None = None, county: str | None = None
) -> list[CountyTotal]:
    with reading() as db:
        see_targets(db, campaign, as_of, known_at)
        return county_totals(db, campaign, county=county)


def list_units(
    campaign: Campaign, as_of: date, wanted: Wanted, known_at: datetime | None = None
) -> list[dict[str, Any]]:
    with session() as db:
        facts = see_targets(db, campaign, as_of, known_at)
        found = list_targets(db, campaign, wanted, facts=facts, as_of=as_of)
        presumed = presumed_units(db, campaign, [unit["employer_id"] for unit in found if unit["declared"]])
        changed = changes_by_unit(changes_in_force(db, campaign, as_of))
        return [
            unit
            | {
                "presumed": unit["employer_id"] in presumed,
                "changed": change_text(changed.get(unit["employer_id"], []), campaign),
            }
            for unit in found
        ]


def count_rules(campaign: Campaign, as_of: date, county: str | None = None) -> list[dict[str, Any]]:
    with session() as db:
        see_targets(db, campaign, as_of)
        return rule_totals(db, campaign, county=county)


def count_groups(campaign: Campaign, as_of: date, county: str | None = None) -> list[dict[str, Any]]:
    with session() as db:
        see_targets(db, campaign, as_of)
        return group_totals(db, campaign, county=county)
