"""The city's own annex: what fell close to the cut. It says what there is, and judges nobody (issue 6)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.queries.membership_changes import names_of
from models.queries.unusual import quick_approvals, removals_of, taken_back_after
from models.rules.figures import Figures
from models.rules.unusual import (
    FIRST_DAYS,
    LAST_DAYS,
    LEAST_REMOVALS,
    SECONDS,
    Hurried,
    first_days,
    hurried_removals,
    last_days,
)
from notices.bulletin.content import Block, Listing, Paper, Paragraph


def inside_paper(db: Session, campaign: Campaign, figures: Figures, day: date) -> Paper:
    cut, known_at = figures.as_of, figures.known_at
    first = cut.replace(day=1)
    removals = removals_of(db, campaign, first, cut, known_at)
    hurried = hurried_removals(removals, cut, campaign.calendar)
    quick = quick_approvals(db, first, cut, known_at)
    back = taken_back_after(db, cut, first_days(cut, campaign.calendar))
    names = campaign.county_names | {"": "县区不明"}
    return Paper(
        title=(campaign.city.name, f"{cut.year}年{cut.month}月", "数据变动情况（市级内部参考）"),
        basis=campaign.basis.document,
        signed_by=campaign.city.bureau,
        day=day,
        blocks=(
            Paragraph(
                text="本件只列出统计截止日前后较集中的变动，供核实数据时参考，不作评价，不发县（区）。"
            ),
            *_removals(hurried, names, last_days(cut, campaign.calendar), cut),
            *_quick(quick, names),
            *_taken_back(back, names, cut),
            *_units(db, removals, hurried, names),
        ),
    )


def _removals(
    hurried: Sequence[Hurried], names: Mapping[str, str], since: date, cut: date
) -> tuple[Block, ...]:
    words = f"截止日前{LAST_DAYS}个工作日（{since}至{cut}）的核销达到{LEAST_REMOVALS}家、且占当月一半以上的县（区）。"
    rows = ((names.get(one.county, one.county), one.late, one.month) for one in hurried)
    listing = Listing(
        name="集中核销",
        title="截止日前集中核销",
        headings=("县（区）", "其中截止日前", "当月核销"),
        rows=tuple(rows),
    )
    return _part("截止日前集中核销", words, listing)


def _quick(quick: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> tuple[Block, ...]:
    rows = (
        (names.get(one["county"], one["county"]), one["name"], one["day"], one["seconds"], one["by"])
        for one in quick
    )
    listing = Listing(
        name="一分钟内通过",
        title=f"提交后{SECONDS}秒内审核通过",
        headings=("县（区）", "单位名称", "日期", "相隔（秒）", "经办人"),
        rows=tuple(rows),
        widths=(1.6, 3.4, 1.4, 1.2, 1.4),
    )
    return _part("一分钟内审核通过", "本系统中由人审核、提交后一分钟内即通过的申报；自动审核不计。", listing)


def _taken_back(back: Sequence[Mapping[str, Any]], names: Mapping[str, str], cut: date) -> tuple[Block, ...]:
    rows = ((names.get(one["county"], one["county"]), one["name"], one["day"], one["where"]) for one in back)
    listing = Listing(
        name="月后撤销",
        title="截止日后不久撤销",
        headings=("县（区）", "单位名称", "撤销日期", "在哪里"),
        rows=tuple(rows),
        widths=(1.6, 3.6, 1.4, 1.2),
    )
    words = f"{cut}计为已申报、此后{FIRST_DAYS}个工作日内不再有效的申报。"
    return _part("截止日后不久撤销", words, listing)


def _units(
    db: Session, removals: Sequence[Any], hurried: Sequence[Hurried], names: Mapping[str, str]
) -> tuple[Block, ...]:
    """The units behind the counts of the first part."""
    wanted = {unit for one in hurried for unit in one.units}
    if not wanted:
        return ()
    known = names_of(db, list(wanted))
    rows = (
        (names.get(one.county, one.county), known[one.employer_id][0], one.removed_on)
        for one in removals
        if one.employer_id in wanted
    )
    listing = Listing(
        name="集中核销单位",
        title="集中核销的单位",
        headings=("县（区）", "单位名称", "核销日期"),
        rows=tuple(rows),
        widths=(1.6, 4.0, 1.4),
    )
    return (listing,)


def _part(heading: str, words: str, listing: Listing) -> tuple[Block, ...]:
    shown: Block = listing if listing.rows else Paragraph(text="无。")
    return Paragraph(level=1, heading=heading), Paragraph(text=words), shown
