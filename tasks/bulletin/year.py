"""The draft of the year's summary for a county and for the city: all numbers in place, words left to people (C26)."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from models.actions.figure_properties import lay_properties
from models.campaign import Campaign
from models.database import reading
from models.fieldwork import Rung
from models.queries.breakdowns import Cell, breakdown
from models.queries.figures import Done, acts_between, members
from models.queries.publicity_counts import publicity_counts
from models.queries.verification import findings
from models.rules.figures import Figures
from models.rules.property_words import property_word
from notices.bulletin.content import FigureTable, Row
from notices.bulletin.formulas import Place
from notices.bulletin.summary import Deeds, YearFacts, year_paper
from notices.bulletin.word.fill import write_word
from tasks.bulletin.property_table import COUNTED, property_table
from tasks.bulletin.tables import charts, progress_table
from tasks.figures import lay_figures

BROKEN_DOWN = {
    "sector": "按严重行业",
    "size": "按企业规模",
    "reason": "按未申报原因",
    "rung": "按工作阶段",
    "ownership": "按所有制",
    "park": "按园区",
}


def write_summaries(
    campaign: Campaign, year: int, as_of: date, out: Path, *, county: str | None = None
) -> list[Path]:
    """Word drafts of every county and of the city, or one county's. The same day and knowledge: the same bytes."""
    with reading() as db:
        figures = lay_figures(db, campaign, as_of)
        lay_properties(db, campaign)
        wanted = [county] if county else [*campaign.county_names, None]
        facts = [_facts(db, campaign, year, figures, one) for one in wanted]
    return [
        write_word(year_paper(one), out / f"{one.place}_{year}年度申报工作总结（草稿）.docx") for one in facts
    ]


def _facts(db: Session, campaign: Campaign, year: int, figures: Figures, county: str | None) -> YearFacts:
    place = campaign.city.name if county is None else campaign.county_names[county]
    own = next((one.bureau for one in campaign.counties if one.code == county), campaign.city.bureau)
    return YearFacts(
        place=place,
        bureau=own,
        to="、".join(campaign.basis.issuers) if county is None else campaign.city.bureau,
        basis=f"{campaign.basis.document} {campaign.basis.title}",
        plan=campaign.plan,
        year=year,
        day=figures.as_of,
        progress=_progress(campaign, figures, county),
        deeds=_deeds(db, campaign, year, figures, county),
        tables=tuple(_broken_down(db, campaign, county)),
        charts=charts(campaign, figures, [figures]) if county is None else (),
    )


def _progress(campaign: Campaign, figures: Figures, county: str | None) -> FigureTable:
    whole = progress_table(campaign, figures)
    if county is None:
        return whole
    # alone in the table the county would be the first: its place is told from the city's
    columns = tuple(column for column in whole.columns if not isinstance(column.made, Place))
    rows = tuple(row for row in whole.rows if row.code == county)
    return replace(
        whole, columns=columns, rows=rows, beside=(), notes=(*whole.notes, *_place(figures, county))
    )


def _place(figures: Figures, county: str) -> tuple[str, ...]:
    rank, ranked = figures.line(county).rank, sum(line.rank is not None for line in figures.counties)
    return (f"4.完成率在全市有位次的{ranked}个县（区）中列第{rank}位。",) if rank else ()


def _deeds(db: Session, campaign: Campaign, year: int, figures: Figures, county: str | None) -> Deeds:
    """The year's own: a draft of the second year does not tell the first one's work again."""
    first, last = date(year, 1, 1), min(date(year, 12, 31), figures.as_of)
    done = acts_between(db, first, last, county=county)
    answered = findings(db, campaign, figures.as_of)
    verdicts = answered.values() if county is None else [answered.get(county, {})]
    publicity = publicity_counts(db, campaign, last, county=county, since=first)
    referred = members(db, "undeclared", county=county, also="rung = :rung", given={"rung": Rung.REFERRED})
    return Deeds(
        verified=sum(sum(one.values()) for one in verdicts),
        notified=done.get("work:notified", Done()).units,
        publicity=sum(act["acts"] for act in publicity),
        trainings=done.get("work:trainings", Done()).acts,
        trained=done.get("work:trained", Done()).units,
        visited=done.get("work:visits", Done()).units,
        transferred=len(referred),
    )


def _broken_down(db: Session, campaign: Campaign, county: str | None) -> list[FigureTable]:
    found = []
    for key, title in BROKEN_DOWN.items():
        cells = [cell for cell in breakdown(db, key, county=county) if cell.county == county]
        if any(cell.value for cell in cells):
            found.append(property_table(title, [_row(campaign, key, cell) for cell in cells]))
    return found


def _row(campaign: Campaign, key: str, cell: Cell) -> Row:
    counts: dict[str, Any] = {one: cell.counts[one] for one in COUNTED}
    return Row(cell.value, property_word(campaign, key, cell.value), counts)
