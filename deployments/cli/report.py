"""`yingbao figures` and `yingbao report`: the table of any day, and the months that were published (C27, C28)."""

from collections.abc import Sequence
from typing import Annotated

import typer

from deployments.cli import figure_words
from deployments.cli.options import AsJson, AsOf, By, CampaignKey, day_or_today
from deployments.cli.output import say, say_json, show
from deployments.cli.targets import County, KnownAt, code_of
from models.campaign import Campaign
from models.clock import today
from models.errors import RuleRefused, UsageTrouble
from models.queries.breakdowns import DIMENSIONS, Cell
from models.rules.figures import Figures
from models.rules.months import read_month
from models.rules.property_words import property_word
from models.rules.reconciliation import TITLES, Reconciliation
from tasks.assessments import (
    freeze_month,
    month_by,
    published_months,
    revised_month,
    shown_month,
    verify_month,
)
from tasks.campaigns import open_campaign
from tasks.figures import figures, figures_by
from tasks.reconciliation import reconcile

By_ = Annotated[
    str | None,
    typer.Option(
        "--by-property",
        help=f"按什么分：{'、'.join(f'{key} {one.title}' for key, one in DIMENSIONS.items())}",
    ),
]


def figures_command(
    campaign: CampaignKey,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    county: County = None,
    by_property: By_ = None,
    platform: Annotated[
        bool, typer.Option("--platform", help="平台自己的统计数与本系统的已申报 D 逐项核对")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """任意一天的考核数字，按当时或现在已知的资料。"""
    opened, day = open_campaign(campaign), day_or_today(as_of)
    if platform:
        _reconcile(reconcile(opened, day, known_at), as_json=as_json)
        return
    if by_property is not None:
        _check_property(by_property)
        cells = figures_by(opened, by_property, day, known_at, county=code_of(opened, county))
        _cells(opened, cells, by_property, as_json=as_json)
        return
    _show(figures(opened, day, known_at), campaign, county, as_json=as_json)


def report_command(
    campaign: CampaignKey,
    by: By,
    month: Annotated[str | None, typer.Argument(help="月份，如 2024-08；不写则列出已冻结的月份")] = None,
    freeze: Annotated[bool, typer.Option("--freeze", help="冻结：此后不能改动")] = False,
    verify: Annotated[
        bool, typer.Option("--verify", help="按冻结时的日期、资料和行动文件重算并比对")
    ] = False,
    revised: Annotated[bool, typer.Option("--revised", help="公布值旁列出按现有资料的修订值")] = False,
    reason: Annotated[str | None, typer.Option("--reason", help="冻结的说明")] = None,
    county: County = None,
    by_property: By_ = None,
    as_json: AsJson = False,
) -> None:
    """月度考核：冻结、查看、核验一个月的数字。"""
    opened = open_campaign(campaign)
    if month is None:
        rows = [vars(one) for one in published_months(opened)]
        kept = [{key: row[key] for key in figure_words.MONTHS} for row in rows]
        show(kept, columns=figure_words.MONTHS, as_json=as_json, title="已冻结的月份")
        return
    month = read_month(month)
    if freeze:
        _show(
            freeze_month(opened, month, on=today(), by=by, reason=reason), campaign, county, as_json=as_json
        )
    elif verify:
        _verify(campaign, month, as_json=as_json)
    elif revised:
        _revised(campaign, month, as_json=as_json)
    elif by_property is not None:
        _check_property(by_property)
        cells = month_by(opened, month, by_property, county=code_of(opened, county))
        _cells(opened, cells, by_property, as_json=as_json)
    else:
        _show(shown_month(opened, month), campaign, county, as_json=as_json)


def _check_property(key: str) -> None:
    if key not in DIMENSIONS:
        raise UsageTrouble("E1816", f"不能按“{key}”分。可用：{'、'.join(DIMENSIONS)}。")


def _cells(opened: Campaign, cells: Sequence[Cell], by_property: str, *, as_json: bool) -> None:
    rows = [
        cell.as_row()
        | {
            "county": cell.county or ("县区不明" if cell.county == "" else "合计"),
            "name": property_word(opened, by_property, cell.value),
        }
        for cell in cells
    ]
    show(rows, columns=figure_words.CELLS, as_json=as_json, title=DIMENSIONS[by_property].title)


def _show(found: Figures, campaign: str, county: str | None, *, as_json: bool) -> None:
    opened = open_campaign(campaign)
    code = code_of(opened, county)
    lines = found.lines if code is None else (found.line(code),)
    if as_json:
        say_json(found.as_row() | {"lines": [line.as_row() for line in lines]})
        return
    rows = [figure_words.table_row(line, opened) for line in lines]
    show(rows, columns=figure_words.columns(opened), title=figure_words.cut_text(found))
    if found.previous is not None:
        for line in lines:
            if line.causes and any(line.causes.values()):
                say(figure_words.change_text(line))
    for note in figure_words.footnotes(opened):
        say(note)


def _reconcile(found: Reconciliation, *, as_json: bool) -> None:
    rows = [line.as_row() for line in found.lines]
    if as_json:
        head = {"as_of": found.as_of, "counted_on": found.counted_on, "file": found.file_name}
        say_json(head | {"heading": found.heading, "lines": rows})
        return
    title = f"平台统计核对，截至 {found.as_of}"
    if found.counted_on is not None:
        title += f"；平台统计表 {found.file_name}（{found.counted_on}）“{found.heading or '无已审核栏'}”"
    show(rows, columns={"name": "县（区）"} | TITLES, title=title)


def _verify(campaign: str, month: str, *, as_json: bool) -> None:
    proof = verify_month(open_campaign(campaign), month)
    row = figure_words.proof_row(proof)
    if as_json:
        moved = [one._asdict() for one in proof.quality_differences]
        say_json(
            row | {"holds": proof.holds, "differences": list(proof.differences), "quality_differences": moved}
        )
    else:
        show([row], columns=figure_words.PROOF, title="核验")
        for one in proof.differences[:20]:
            say(
                f"{one['what']} {one['population']} {one['county']} {one['employer_id']} {one['name']} {one['fields']}"
            )
        for changed in proof.quality_differences[:20]:
            say(figure_words.quality_moved(changed))
    if not proof.holds:
        count = len(proof.differences) + len(proof.quality_differences)
        raise RuleRefused("E1817", f"{month} 核验不符：{count} 处不同。")


def _revised(campaign: str, month: str, *, as_json: bool) -> None:
    opened = open_campaign(campaign)
    published, now = shown_month(opened, month), revised_month(opened, month)
    if as_json:
        say_json({"published": published.as_row(), "revised": now.as_row()})
        return
    pairs = zip(published.lines, now.lines, strict=True)
    rows = [figure_words.both(was, line) for was, line in pairs]
    show(rows, columns=figure_words.BOTH, title=f"{month}：公布值与修订值")
    say(figure_words.cut_text(published))
    say(figure_words.cut_text(now))
