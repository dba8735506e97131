"""What the field work came to, by county and day (C13–C18, C24, C32)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from models.campaign import Campaign
from models.database import session
from models.fieldwork import Work
from models.queries import followed_acts
from models.queries.fieldwork_history import fieldwork_history
from models.queries.mismatches import confirmed_mismatches
from models.queries.publicity_counts import publicity_counts
from models.queries.undeclared_work import undeclared_units, work_counts
from models.rules.fieldwork_totals import WorkLine, work_lines
from tasks.targets import see_targets


@dataclass(frozen=True)
class Report:
    """`lines` add up to the undeclared units; the others count acts until the day."""

    as_of: date
    lines: list[WorkLine]
    effects: list[dict[str, Any]]
    coverage: list[dict[str, Any]]
    publicity: list[dict[str, Any]]
    mismatches: int

    def as_row(self) -> dict[str, Any]:
        lines = [line.as_row() for line in self.lines]
        return {**vars(self), "lines": lines}


def report(campaign: Campaign, as_of: date, county: str | None = None) -> Report:
    with session() as db:
        see_targets(db, campaign, as_of)
        lines = work_lines(campaign, work_counts(db, campaign, as_of, county=county), as_of)
        return Report(
            as_of,
            lines if county is None else [line for line in lines if line.county == county],
            followed_acts.effects(db, campaign, as_of, county=county),
            followed_acts.coverage(db, campaign, as_of, county=county),
            publicity_counts(db, campaign, as_of, county=county),
            len(confirmed_mismatches(db, campaign, as_of, county=county)),
        )


def undeclared(
    campaign: Campaign, as_of: date, county: str | None = None, *, unassigned: bool = False
) -> list[dict[str, Any]]:
    with session() as db:
        see_targets(db, campaign, as_of)
        return undeclared_units(db, campaign, as_of, county=county, unassigned=unassigned)


def mismatches(campaign: Campaign, as_of: date, county: str | None = None) -> list[dict[str, Any]]:
    with session() as db:
        see_targets(db, campaign, as_of)
        return confirmed_mismatches(db, campaign, as_of, county=county)


def followed(campaign: Campaign, as_of: date, county: str | None = None) -> list[dict[str, Any]]:
    """Each act with the declaration that followed it."""
    with session() as db:
        see_targets(db, campaign, as_of)
        return followed_acts.followed_acts(db, campaign, as_of, county=county)


def history(
    campaign: Campaign, as_of: date, county: str | None = None, work: Work | None = None
) -> list[dict[str, Any]]:
    with session() as db:
        return fieldwork_history(db, campaign, as_of, county=county, kind=work)
