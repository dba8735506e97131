"""The platform's own counts beside ours, every difference with its units (C28)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.database import reading
from models.queries.figures import counts
from models.queries.knowledge import lay_standing, transaction_time
from models.queries.reconciliation import (
    filed_classes,
    filed_elsewhere,
    filed_units,
    lay_filed,
    platform_counts,
)
from models.rules.figures import ALL
from models.rules.reconciliation import APART, APPROVED_HEADINGS, CLASSES, Reconciled, Reconciliation
from tasks.figures import lay_day, line_names


def reconcile(campaign: Campaign, as_of: date, known_at: datetime | None = None) -> Reconciliation:
    with reading() as db:
        known = _lay(db, campaign, as_of, known_at)
        counted_on, file_name, tables = platform_counts(db, campaign, as_of, known)
        heading = next((one for one in tables if one in APPROVED_HEADINGS), None)
        counted = tables.get(heading or "", {})
        lines = _lines(db, campaign, counted if heading else None)
        return Reconciliation(as_of, counted_on, file_name, heading, (*lines, _whole(lines, campaign)))


def reconciled_units(
    campaign: Campaign, line: str, as_of: date, known_at: datetime | None = None, *, county: str | None = None
) -> list[dict[str, Any]]:
    """The employers behind one integer: a class, or `filed_elsewhere`."""
    with reading() as db:
        _lay(db, campaign, as_of, known_at)
        return filed_units(db, line, county=county)


def _lay(db: Session, campaign: Campaign, as_of: date, known_at: datetime | None) -> datetime:
    known = known_at or transaction_time(db)
    lay_day(db, campaign, as_of, known_at)
    lay_standing(db, campaign.platforms.counting, known)
    lay_filed(db, campaign, as_of, known)
    return known


def _lines(db: Session, campaign: Campaign, counted: Mapping[str, int] | None) -> list[Reconciled]:
    """Declarations filed outside the city stand in the line of nobody's county."""
    classes, elsewhere, ours = filed_classes(db), filed_elsewhere(db), counts(db, campaign)
    names = line_names(campaign)
    for county in [county for county in classes if county not in names]:
        for key, units in classes.pop(county).items():
            unknown = classes.setdefault("", {})
            unknown[key] = unknown.get(key, 0) + units
    return [
        Reconciled(
            county,
            name,
            None if counted is None else counted.get(county, 0),
            classes.get(county, {}),
            elsewhere.get(county, 0),
            ours.get(county, {}).get("d", 0),
        )
        for county, name in names.items()
    ]


def _whole(lines: list[Reconciled], campaign: Campaign) -> Reconciled:
    counted = [line.platform for line in lines if line.platform is not None]
    return Reconciled(
        ALL,
        campaign.city.name,
        sum(counted) if counted else None,
        {key: sum(line.classes.get(key, 0) for line in lines) for key in (*CLASSES, *APART)},
        sum(line.filed_elsewhere for line in lines),
        sum(line.d or 0 for line in lines),
    )
