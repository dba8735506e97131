"""The bulletin as a paper: text, tables, charts, annexes and the lists behind them (C29, 2.5)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from models.campaign import Campaign
from models.reference.words import industry_text, town_name
from models.rules.figure_words import DEFINITIONS, NAMES
from models.rules.stages import stage
from notices.bulletin.content import Annex, Listing, Paper, RedHead
from tasks.bulletin.apart import apart_annex
from tasks.bulletin.matter import Matter
from tasks.bulletin.quality import quality_table
from tasks.bulletin.story import story
from tasks.bulletin.tables import change_table, charts, progress_table, r_table

WAITING = ("县（区）", "单位名称", "统一社会信用代码", "申报编号", "申报日期")
UNDECLARED = (
    "单位名称",
    "统一社会信用代码",
    "乡镇（街道）",
    "行业",
    "人数",
    "规模",
    "所处阶段",
    "未申报原因",
)


def bulletin_paper(campaign: Campaign, matter: Matter, day: date, *, number: str = "") -> Paper:
    """`day`: the date on it; `number`: the 发文字号, once the office has drawn one."""
    figures = matter.figures
    head = RedHead(issuer=campaign.bulletin.issuer or campaign.city.bureau, number=number)
    year, month = figures.as_of.year, figures.as_of.month
    annexes = [
        Annex(title="各县（区）申报扩面行动进展情况", blocks=(progress_table(campaign, figures),)),
        Annex(title="各县（区）应申报单位申报情况", blocks=(r_table(campaign, figures),)),
    ]
    if figures.city.u_change is not None:
        annexes.append(Annex(title="未完成单位变动原因", blocks=(change_table(figures),)))
    annexes.append(Annex(title="申报质量情况", blocks=(quality_table(campaign, figures, matter.quality),)))
    annexes.extend(apart_annex(campaign, figures, matter.departments))
    if matter.waiting:
        annexes.append(Annex(title="待审核超过5个工作日的单位", blocks=(_waiting(matter),)))
    annexes.append(Annex(title="进展图", blocks=charts(campaign, figures, matter.months)))
    return Paper(
        head=head,
        title=(f"{campaign.city.name}", "职业病危害项目申报扩面行动", f"{year}年{month}月进展情况通报"),
        basis=f"{campaign.basis.document} {campaign.basis.title}",
        to=campaign.bulletin.to,
        blocks=story(campaign, matter),
        annexes=tuple(annexes),
        members=tuple(_lists(matter)),
        signed_by=campaign.city.bureau,
        day=day,
        facts=_facts(campaign, matter),
    )


def _waiting(matter: Matter) -> Listing:
    rows = (
        (
            matter.figures.line(unit["county"]).name,
            unit["name"],
            unit["credit_code"],
            unit["declaration_no"],
            unit["filed_on"],
        )
        for unit in matter.waiting
    )
    return Listing(
        name="待审核超期",
        title="待审核超过5个工作日的单位",
        headings=WAITING,
        rows=tuple(rows),
        widths=(1.5, 2.6, 2.8, 2.2, 1.4),
    )


def _lists(matter: Matter) -> list[Listing]:
    """附件B, in the workbook: the undeclared units of every county."""
    return [
        Listing(
            name=f"未申报_{line.name}",
            title=f"{line.name}未申报单位",
            headings=UNDECLARED,
            rows=tuple(_unit(unit) for unit in matter.undeclared.get(line.county, ())),
            widths=(3.2, 2.4, 1.6, 2.4, 0.8, 0.7, 1.4, 1.6),
        )
        for line in matter.figures.lines[:-1]
        if line.county or matter.undeclared.get("")
    ]


def _unit(unit: Mapping[str, Any]) -> tuple[str | int | date | None, ...]:
    return (
        unit["name"],
        unit["credit_code"],
        town_name(unit["town"]),
        industry_text(unit["industry"]),
        unit["headcount"],
        unit["size"],
        stage(unit["rung"]),
        unit["reason"],
    )


def _facts(campaign: Campaign, matter: Matter) -> tuple[tuple[str, str], ...]:
    figures = matter.figures
    return (
        ("行动", campaign.name),
        ("依据", f"{campaign.basis.document} {campaign.basis.title}"),
        ("数据截至", f"{figures.as_of} 24:00"),
        ("数据快照", f"第{figures.assessment}号" if figures.assessment else "未冻结的临时计算"),
        ("校验值", figures.sha256 or "—"),
        *((NAMES[key], told) for key, told in DEFINITIONS.items()),
    )
