"""`yingbao review quality`: how good the declarations are, by county and month, and the list behind every number (C05)."""

from datetime import date
from typing import Annotated, Any

import typer

from deployments.cli.options import AsJson, AsOf, CampaignKey, County, day_or_today
from deployments.cli.output import say, say_json, show
from deployments.cli.targets import KnownAt
from models.errors import UsageTrouble
from models.rules.rate import UNDEFINED
from models.rules.review_quality import Figure
from tasks.campaigns import open_campaign
from tasks.review_quality import Quality, quality, quality_members

MEMBERS = {
    "county": "县（区）",
    "declaration": "申报编号",
    "employer_id": "单位编号",
    "name": "单位名称",
    "day": "日期",
}
COLUMNS = {"title": "指标", "count": "本期", "share": "占比", "before": "上期", "change": "比上期"}
NOTES = (
    "按期补正：驳回后规定天数内重新提交的，算在补正期届满的那一期（期限见行动文件 [review] correction_days）。"
    "年度更新：距最近一次审核通过（平台或我方）超过11个月为应作，满13个月为逾期。"
    "变更逾期：执法核对要求变更申报、超过15日未见新的审核通过。占比变化为百分点。"
)


def parse_month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise UsageTrouble("E1792", f"月份“{text}”不对，请写成 2024-09 的样子。") from None


Month = Annotated[
    date | None,
    typer.Option("--month", parser=parse_month, metavar="月份", help="哪个月，默认截止日所在的月"),
]
Members = Annotated[
    str | None, typer.Option("--members", metavar="KEY", help="列出一个数背后的名单，KEY 见 --json 的键")
]


def add_to(app: typer.Typer) -> None:
    app.command("quality")(quality_command)


def quality_command(
    campaign: CampaignKey,
    month: Month = None,
    county: County = None,
    members: Members = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: AsJson = False,
) -> None:
    """申报质量：驳回率、按期补正率、各规则发现数、年度更新和变更逾期、与数据库不一致，逐县（区），并与上期比。"""
    opened, day = open_campaign(campaign), day_or_today(as_of)
    if members is not None:
        listed = quality_members(opened, day, members, month=month, known_at=known_at, county=county)
        rows = [one._asdict() for one in listed]
        show(rows, columns=MEMBERS, as_json=as_json, title=f"{members}，{len(rows)} 件（家）")
        return
    found = quality(opened, day, month=month, known_at=known_at, county=county)
    if as_json:
        period = {"since": found.period.since, "until": found.period.until, "known_at": known_at}
        titles = {figure.key: figure.title for figure in found.figures}
        say_json(period | {"titles": titles, "lines": found.as_rows()})
        return
    _show(found)


def _show(found: Quality) -> None:
    said = f"{found.period.since} 至 {found.period.until}"
    if len(found.lines) > 1:
        counties = {line.county: line.name for line in found.lines}
        show(_matrix(found), columns={"title": "指标"} | counties, title=f"申报质量，{said}")
    last = found.lines[-1].as_row(found.figures)
    rows = [{"title": figure.title} | _told(last[figure.key]) for figure in found.figures]
    show(rows, columns=COLUMNS, title=f"{last['name']}，{said}，与上期相比")
    say(NOTES)


def _matrix(found: Quality) -> list[dict[str, Any]]:
    """One row a figure, one column a county: there are more figures than any screen is wide."""
    rows = {line.county: line.as_row(found.figures) for line in found.lines}
    return [
        {"title": figure.title} | {county: _cell(figure, row[figure.key]) for county, row in rows.items()}
        for figure in found.figures
    ]


def _cell(figure: Figure, told: dict[str, Any]) -> str:
    return f"{told['count']}（{told['share'] or UNDEFINED}）" if figure.of else str(told["count"])


def _told(figure: dict[str, Any]) -> dict[str, Any]:
    return figure | {"share": figure["share"] or UNDEFINED}
