"""Everything a bulletin speaks of, read in one transaction from the figures laid out for its day (C29)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.queries.assessments import assessments
from models.queries.breakdowns import Cell
from models.queries.figures import members
from models.queries.long_pending import long_pending
from models.queries.pace import declared_since
from models.rules.figures import Figures
from models.rules.figures_stored import from_stored
from models.rules.pace import Pace, span_before, working_days_left
from models.rules.review_list import late_since
from tasks.bulletin.apart import departments_of
from tasks.bulletin.quality import quality_of


@dataclass(frozen=True)
class Matter:
    """`months`: the published months before this one and this one itself, oldest first."""

    figures: Figures
    months: Sequence[Figures]
    recent: Mapping[str, int]  # county → units of N that declared within the pace's span
    waiting: Sequence[Mapping[str, Any]]  # 待审核 for more than five working days
    undeclared: Mapping[str, Sequence[Mapping[str, Any]]]  # county → units, in the order of work
    quality: Sequence[Mapping[str, Any]]  # I4 by county (tasks.bulletin.quality)
    departments: Sequence[Cell]  # the city by responsible authority, where the campaign names any

    def pace(self, campaign: Campaign, due: date, county: str | None = None) -> Pace | None:
        """Of N, to the last unit. None before the baseline."""
        line = self.figures.line(county)
        if line["u"] is None:
            return None
        recent = sum(self.recent.values()) if county is None else self.recent.get(county, 0)
        days = working_days_left(self.figures.as_of, due, campaign.calendar)
        return Pace(line["u"], days, recent, campaign.bulletin.pace_days)


def gather(db: Session, campaign: Campaign, figures: Figures) -> Matter:
    """The units of the day must be laid out (tasks.figures.lay_figures, or a published month's)."""
    as_of = figures.as_of
    since = span_before(as_of, campaign.bulletin.pace_days, campaign.calendar)
    undeclared: dict[str, list[dict[str, Any]]] = {}
    for unit in members(db, "undeclared"):
        undeclared.setdefault(unit["county"], []).append(unit)
    return Matter(
        figures=figures,
        months=(*_published_before(db, campaign, figures), figures),
        recent=declared_since(db, since, as_of),
        waiting=long_pending(db, late_since(as_of, campaign.calendar), figures.known_at),
        undeclared=undeclared,
        quality=quality_of(campaign, figures),
        departments=departments_of(db, campaign),
    )


def _published_before(db: Session, campaign: Campaign, figures: Figures) -> list[Figures]:
    return [
        from_stored(one.figures, assessment=one.id, sha256=one.sha256)
        for one in assessments(db, campaign)
        if one.as_of < figures.as_of
    ]
