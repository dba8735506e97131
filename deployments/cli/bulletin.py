"""`yingbao bulletin`, `work-plan` and `summary`: the papers of a month, of any day and of a year (C26, C29)."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from deployments.cli.options import AsJson, AsOf, By, CampaignKey, County, Out, day_or_today, parse_day
from deployments.cli.output import say, say_json, show
from models.clock import today
from models.errors import UsageTrouble
from models.rules.months import read_month
from tasks.bulletin.making import Made, make_bulletin
from tasks.bulletin.monthly import months_due, report_month
from tasks.bulletin.year import write_summaries
from tasks.campaigns import open_campaign
from tasks.work_plan import write_work_plans

FILES = {"what": "文件", "path": "写在"}


def bulletin(
    campaign: CampaignKey,
    by: By,
    month: Annotated[
        str | None, typer.Argument(help="月份，如 2024-08；不写则列出该印发而还没有冻结的月份")
    ] = None,
    as_of: AsOf = None,
    freeze: Annotated[bool, typer.Option("--freeze", help="先冻结该月数字（已冻结的不变）")] = False,
    send: Annotated[bool, typer.Option("--send", help="放进发件箱，发给各县（区）")] = False,
    number: Annotated[str, typer.Option("--number", help="发文字号，如 柳卫通报〔2024〕5号")] = "",
    template: Annotated[
        Path | None,
        typer.Option("--template", help="办公室自己的 Word 模板，占位符见 docs/word-templates.md"),
    ] = None,
    dated: Annotated[
        date | None,
        typer.Option("--dated", parser=parse_day, metavar="日期", help="成文日期，默认应印发之日"),
    ] = None,
    out: Out = Path("out/通报"),
    as_json: AsJson = False,
) -> None:
    """写出通报（PDF、Word、Excel）和市级内部参考。写明月份用冻结的数字；用 --as-of 按任意一天临时计算。"""
    opened = open_campaign(campaign)
    if month is None and as_of is None:
        due = months_due(opened, today())
        say(f"该印发而还没有冻结的月份：{'、'.join(due) or '没有'}。", as_json=as_json, months=due)
        return
    if month is not None and as_of is not None:
        raise UsageTrouble("E1894", "月份和 --as-of 只写一个。")
    if freeze or send:
        if month is None:
            raise UsageTrouble("E1895", "只有整月的通报可以冻结和发出。")
        done = report_month(opened, read_month(month), out, on=today(), by=by, send=send, number=number)
        _tell(done.made, as_json=as_json)
        return
    wanted = read_month(month) if month else None
    made = make_bulletin(opened, out, month=wanted, as_of=as_of, day=dated, number=number, template=template)
    _tell(made, as_json=as_json)


def _tell(made: Made, *, as_json: bool) -> None:
    files = {
        "通报（PDF）": made.issued.pdf.path,
        "通报（Word）": made.issued.docx,
        "通报（Excel，含公式和名单）": made.issued.xlsx,
        "市级内部参考": made.inside,
    }
    if as_json:
        figures = made.figures
        facts = {"as_of": figures.as_of, "assessment": figures.assessment, "sha256": figures.sha256}
        say_json(facts | {"files": [str(path) for path in files.values()], "faces": made.issued.pdf.faces})
        return
    rows = [{"what": what, "path": str(path)} for what, path in files.items()]
    show(rows, columns=FILES, title=f"截至 {made.figures.as_of}，{made.issued.pdf.pages} 页")
    say(f"实际用字：{made.issued.pdf.faces}")


def work_plan(
    campaign: CampaignKey,
    county: County = None,
    as_of: AsOf = None,
    out: Out = Path("out/工作计划"),
    as_json: AsJson = False,
) -> None:
    """各县（区）的工作计划：到期事项、先去哪些单位和为什么、等待审核的、还没有告知的。"""
    day = day_or_today(as_of)
    written = write_work_plans(open_campaign(campaign), day, out, county=county)
    listed = [str(path) for path in written]
    say(f"截至 {day}，写出 {len(written)} 份，在 {out}。", as_json=as_json, files=listed)


def summary(
    year: Annotated[int, typer.Argument(help="年度")],
    campaign: CampaignKey,
    county: County = None,
    as_of: AsOf = None,
    out: Out = Path("out/总结"),
    as_json: AsJson = False,
) -> None:
    """年度总结草稿（Word）：数字已填好，〔请补充〕处由人写。写完用 yingbao deadlines return 报送。"""
    opened, day = open_campaign(campaign), day_or_today(as_of)
    if year not in opened.years:
        listed = "、".join(map(str, opened.years))
        raise UsageTrouble("E1896", f"{year} 不在行动年度（{listed}）之内。")
    written = write_summaries(opened, year, day, out, county=county)
    say(
        f"截至 {day}，写出 {len(written)} 份草稿，在 {out}。",
        as_json=as_json,
        files=[str(path) for path in written],
    )
