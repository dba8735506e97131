"""A county's own page: what is due, whom to visit first and why, what waits for its review, who was not reached (issue 6)."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.database import reading
from models.queries.obligations import ObligationStanding, obligation_standings
from models.queries.review_waiting import open_objections, waiting_reviews
from models.queries.snapshots import baseline_of
from models.queries.targets import Wanted, list_targets
from models.queries.undeclared_work import undeclared_units
from models.reference.words import town_name
from models.rules.digests import due_text
from models.rules.obligations import NAMES
from models.rules.reasons import why_listed
from models.rules.review_desk import Pending
from models.rules.stages import stage
from notices.bulletin.content import Block, Listing, Paper, Paragraph
from notices.bulletin.pdf import print_paper
from tasks.targets import see_targets

FIRST = 30  # units to visit next: about a month of a county's visits


def write_work_plans(campaign: Campaign, as_of: date, out: Path, *, county: str | None = None) -> list[Path]:
    """One PDF a county."""
    with reading() as db:
        facts = see_targets(db, campaign, as_of)
        wanted = [county] if county else list(campaign.county_names)
        papers = {one: _paper(db, campaign, as_of, one, facts) for one in wanted}
    return [
        print_paper(paper, out / f"{campaign.county_names[one]}_工作计划_{as_of}.pdf").path
        for one, paper in papers.items()
    ]


def _paper(db: Session, campaign: Campaign, as_of: date, county: str, facts: str) -> Paper:
    work = undeclared_units(db, campaign, as_of, county=county)
    listed = list_targets(db, campaign, _owing(db, campaign, county, as_of), facts=facts, as_of=as_of)
    known = {unit["employer_id"]: unit for unit in listed}
    duties = obligation_standings(db, campaign, as_of)
    owed = [one for one in duties if one.owed and one.county == county]
    reviews = waiting_reviews(db, as_of, campaign.calendar).get(county, [])
    objections = open_objections(db, as_of).get(county, [])
    unreached = [unit for unit in work if unit["rung"] is None]
    name = campaign.county_names[county]
    return Paper(
        title=(name, "职业病危害项目申报扩面行动", "近期工作计划"),
        basis=campaign.plan,
        signed_by=campaign.city.bureau,
        day=as_of,
        to=next(one.bureau for one in campaign.counties if one.code == county),
        blocks=(
            Paragraph(
                text=_summary(campaign, as_of, len(work), len(unreached), len(reviews), len(objections))
            ),
            *_part("到期和将到期的事项", _duties(campaign, owed)),
            *_part("先去的单位", _visits(campaign, work[:FIRST], known), _order_words(campaign)),
            *_part("等待审核的申报", _desk("等待审核的申报", reviews)),
            *_part("上级提出的审核异议", _desk("审核异议", objections)),
            *_part("尚未告知的单位", _unreached(unreached)),
        ),
    )


def _part(heading: str, listing: Listing, words: str = "") -> tuple[Block, ...]:
    """A chapter: its list, or the word that there is none."""
    if not listing.rows:
        return Paragraph(level=1, heading=heading), Paragraph(text="无。")
    told = (Paragraph(text=words),) if words else ()
    return Paragraph(level=1, heading=heading), *told, listing


def _owing(db: Session, campaign: Campaign, county: str, as_of: date) -> Wanted:
    """After the baseline N, before it R, as in the county's table."""
    if baseline_of(db, campaign, county, as_of):
        return Wanted(member=county, declared=False)
    return Wanted(county=county, in_r=True, declared=False)


def _summary(
    campaign: Campaign, as_of: date, undeclared: int, unreached: int, reviews: int, objections: int
) -> str:
    nearest = min((one.due for one in campaign.indicators if one.due > as_of), default=None)
    left = f"最近的指标期限是{nearest}，还有{(nearest - as_of).days}天。" if nearest else "各项指标期限已到。"
    return (
        f"截至{as_of}，未申报单位{undeclared}家，其中尚未告知{unreached}家；等待审核{reviews}件，"
        f"上级异议{objections}件。{left}"
    )


def _order_words(campaign: Campaign) -> str:
    words = {"severity": "危害轻重", "size": "规模大小", "age": "挂账时间长短"}
    order = "、".join(words[one] for one in campaign.work_order)
    return f"按{order}排列，至多列{FIRST}家；全部名单见未申报单位清单。"


def _duties(campaign: Campaign, owed: Sequence[ObligationStanding]) -> Listing:
    rows = (
        (one.name, due_text(one.due, campaign.calendar, inclusive=campaign.day_inclusive), _late(one))
        for one in sorted(owed, key=lambda one: (one.due, one.key))
    )
    return Listing(
        name="到期事项",
        title="到期和将到期的事项",
        headings=("事项", "期限", "状态"),
        rows=tuple(rows),
        widths=(3.0, 4.0, 1.6),
    )


def _late(one: ObligationStanding) -> str:
    return f"逾期{one.late_days}天" if one.overdue else NAMES[one.standing.state]


def _visits(
    campaign: Campaign, work: Sequence[Mapping[str, Any]], known: Mapping[int, Mapping[str, Any]]
) -> Listing:
    rows = (
        (
            number,
            unit["name"],
            _where(unit),
            why_listed(known[unit["employer_id"]], campaign) if unit["employer_id"] in known else None,
            "；".join(filter(None, (stage(unit["rung"]), unit["reason"]))),
            unit["assignee"],
        )
        for number, unit in enumerate(work, start=1)
    )
    return Listing(
        name="先去的单位",
        title="先去的单位",
        headings=("序号", "单位名称", "乡镇（街道）和地址", "依据", "已到阶段和原因", "指导人"),
        rows=tuple(rows),
        widths=(0.8, 3.0, 3.2, 2.4, 1.6, 1.2),
    )


def _where(unit: Mapping[str, Any]) -> str:
    return " ".join(filter(None, (town_name(unit["town"]), unit["address"])))


def _desk(name: str, waiting: Sequence[Pending]) -> Listing:
    rows = ((one.declaration, one.name, one.opened_on, one.due_on) for one in waiting)
    return Listing(
        name=name,
        title=name,
        headings=("申报序号", "单位名称", "起算日期", "应于何日前办结"),
        rows=tuple(rows),
        widths=(1.2, 3.6, 1.5, 1.8),
    )


def _unreached(units: Sequence[Mapping[str, Any]]) -> Listing:
    rows = ((unit["name"], unit["credit_code"], _where(unit)) for unit in units)
    return Listing(
        name="尚未告知",
        title="尚未告知的单位",
        headings=("单位名称", "统一社会信用代码", "乡镇（街道）和地址"),
        rows=tuple(rows),
        widths=(2.7, 2.6, 3.5),
    )
