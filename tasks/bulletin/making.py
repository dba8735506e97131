"""Make a bulletin: of a published month from what was frozen, of any other day from what is known now (C27, C29)."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.database import reading
from models.queries.assessments import lay_frozen, published
from models.rules.figures import Figures
from models.rules.figures_stored import from_stored
from models.rules.months import last_of
from models.rules.working_days import nth_of_month
from notices.bulletin.content import Paper
from notices.bulletin.issue import Issued, issue_paper
from notices.bulletin.pdf import print_paper
from tasks.bulletin.inside import inside_paper
from tasks.bulletin.matter import gather
from tasks.bulletin.paper import bulletin_paper
from tasks.figures import lay_figures


@dataclass(frozen=True)
class Made:
    """`inside`: the city's own annex, never for the counties."""

    figures: Figures
    issued: Issued
    inside: Path


def make_bulletin(
    campaign: Campaign,
    out: Path,
    *,
    month: str | None = None,
    as_of: date | None = None,
    day: date | None = None,
    number: str = "",
    template: Path | None = None,
) -> Made:
    """Of a month, or ad hoc of any day. `day`: the date on it, by default the day a month's bulletin is due."""
    cut = last_of(month) if month else as_of
    assert cut is not None
    on = day or issue_day(campaign, cut)
    with reading() as db:
        figures = _figures(db, campaign, cut, month)
        paper = bulletin_paper(campaign, gather(db, campaign, figures), on, number=number)
        inside = inside_paper(db, campaign, figures, on)
    stem = f"{_stem(campaign, figures)}进展情况通报"
    issued = issue_paper(paper, out, stem, template)
    return Made(figures, issued, _print_inside(inside, out, figures, campaign))


def issue_day(campaign: Campaign, cut: date) -> date:
    """The working day of the month after on which the month is reported (1.6)."""
    year, month = (cut.year, cut.month + 1) if cut.month < 12 else (cut.year + 1, 1)
    return nth_of_month(year, month, campaign.monthly.issue_working_day, campaign.calendar)


def _figures(db: Session, campaign: Campaign, cut: date, month: str | None) -> Figures:
    frozen = published(db, campaign, month) if month else None
    if frozen is None:
        return lay_figures(db, campaign, cut, month=month)
    lay_frozen(db, frozen.id)
    return from_stored(frozen.figures, assessment=frozen.id, sha256=frozen.sha256)


def _stem(campaign: Campaign, figures: Figures) -> str:
    return f"{campaign.city.name}{figures.month or figures.as_of}"


def _print_inside(paper: Paper, out: Path, figures: Figures, campaign: Campaign) -> Path:
    return print_paper(paper, out / f"{_stem(campaign, figures)}市级内部参考.pdf").path
