"""The figures of any day as known at any instant: county by county, or by any property of the units (1.7, C17–C20)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.actions.figure_acts import lay_acts
from models.actions.figure_properties import lay_properties
from models.actions.figure_units import lay_units
from models.campaign import Campaign
from models.database import reading
from models.queries.assessments import lay_frozen, published
from models.queries.breakdowns import Cell, breakdown, group_lines
from models.queries.figure_changes import keep_members, lay_causes
from models.queries.figures import act_counts, acts, counts, figure_keys, is_act, members
from models.queries.knowledge import transaction_time
from models.queries.membership import BASED, asked
from models.rules.figure_words import WORK
from models.rules.figures import Cause, Figures, Line, Previous, derived, total, with_ranks, without_baseline
from models.rules.months import month_before, month_of
from models.rules.terms import terms_of
from tasks.targets import see_moment

UNKNOWN = "县区不明"
Counts = dict[str, dict[str, int | None]]


def figures(
    campaign: Campaign,
    as_of: date,
    known_at: datetime | None = None,
    *,
    month: str | None = None,
    against_published: bool = True,
) -> Figures:
    """Everything the bulletin prints, of any day; `against_published`: compared with the month before as published."""
    with reading() as db:
        return lay_figures(db, campaign, as_of, known_at, month=month, against_published=against_published)


def figures_by(
    campaign: Campaign,
    dimension: str,
    as_of: date,
    known_at: datetime | None = None,
    *,
    county: str | None = None,
) -> list[Cell]:
    """The figures by a property of the units (models.queries.breakdowns.DIMENSIONS)."""
    with reading() as db:
        lay_day(db, campaign, as_of, known_at)
        lay_properties(db, campaign)
        return breakdown(db, dimension, county=county)


def units_behind(
    campaign: Campaign, key: str, as_of: date, known_at: datetime | None = None, *, county: str | None = None
) -> list[dict[str, Any]]:
    """The list that a printed integer is the length of."""
    with reading() as db:
        lay_figures(db, campaign, as_of, known_at) if is_act(key) else lay_day(db, campaign, as_of, known_at)
        return listed(db, key, county=county)


def listed(db: Session, key: str, *, county: str | None = None) -> list[dict[str, Any]]:
    return acts(db, key, county=county) if is_act(key) else members(db, key, county=county)


def lay_day(db: Session, campaign: Campaign, as_of: date, known_at: datetime | None = None) -> None:
    """The units of that day as the temporary table `figure_unit`."""
    moment = see_moment(db, campaign, as_of, known_at)
    lay_units(db, campaign, moment, known_at or transaction_time(db))


def lay_figures(
    db: Session,
    campaign: Campaign,
    as_of: date,
    known_at: datetime | None = None,
    *,
    month: str | None = None,
    against_published: bool = True,
) -> Figures:
    """The table; its units and acts stay laid out for the lists behind it."""
    known = known_at or transaction_time(db)
    previous, before = _month_before(db, campaign, as_of, known_at, against_published=against_published)
    lay_day(db, campaign, as_of, known_at)
    lay_acts(db, campaign, as_of, known)
    lay_causes(db, campaign, known)
    found = _counted(db, campaign, as_of, known_at)
    caused = act_counts(db)
    lines = [
        Line(
            county,
            name,
            found[county],
            before=before.get(county),
            causes={one: caused.get(county, {}).get(f"cause:{one}", 0) for one in Cause},
        )
        for county, name in line_names(campaign, as_of).items()
    ]
    ranked = with_ranks(lines)
    return Figures(
        campaign=campaign.key,
        month=month,
        as_of=as_of,
        known_at=known,
        terms=terms_of(campaign),
        previous=previous,
        lines=(*ranked, total(ranked, campaign.city.name)),
        groups=tuple(group_lines(db)),
    )


def line_names(campaign: Campaign, day: date | None = None) -> dict[str, str]:
    """The lines of a day's table; all there ever are, if no day is given (M05)."""
    names = campaign.names_on(day) if day else campaign.county_names
    return names | {"": UNKNOWN}


def _month_before(
    db: Session, campaign: Campaign, as_of: date, known_at: datetime | None, *, against_published: bool
) -> tuple[Previous, Counts]:
    """Leaves the members of that cut in `figure_before`."""
    cut, known = month_before(as_of), known_at or transaction_time(db)
    frozen = published(db, campaign, month_of(cut), known_at=known) if against_published else None
    if frozen is not None:
        lay_frozen(db, frozen.id)
        keep_members(db)
        kept = {line["county"]: line["counts"] for line in frozen.figures["lines"]}
        return Previous(cut, frozen.known_at, frozen.id), kept
    lay_day(db, campaign, cut, known_at)
    keep_members(db)
    lay_acts(db, campaign, cut, known)
    return Previous(cut, known), _counted(db, campaign, cut, known_at)


def _counted(db: Session, campaign: Campaign, as_of: date, known_at: datetime | None) -> Counts:
    """County → every printed integer of the laid-out day; those of N are None where no baseline stands."""
    zero = dict.fromkeys(figure_keys(campaign), 0)
    units, work = counts(db, campaign), act_counts(db)
    based = set(db.scalars(text(BASED), asked(campaign, as_of) | {"known_at": known_at}))
    made: Counts = {}
    for county in line_names(campaign):
        found: dict[str, int | None] = {**derived(zero | units.get(county, {}))}
        if (county or campaign.city.code) not in based:
            found = without_baseline(found)
        made[county] = found | {key: work.get(county, {}).get(key, 0) for key in WORK}
    return made


def recount(db: Session, campaign: Campaign, printed: Figures) -> bool:
    """Whether every printed integer is the number of the rows laid out behind it, and the city their sum."""
    units, done = counts(db, campaign), act_counts(db)
    for line in printed.lines[:-1]:
        of_units, of_acts = units.get(line.county, {}), done.get(line.county, {})
        causes = {f"cause:{cause}": number for cause, number in (line.causes or {}).items()}
        for key, number in {**line.counts, **causes}.items():
            if number is not None and number != (of_acts if is_act(key) else of_units).get(key, 0):
                return False
    return printed.city == total(printed.lines[:-1], printed.city.name)
