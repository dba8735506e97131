"""`yingbao explain`: the units behind a figure, and why each is in it (C27)."""

from dataclasses import asdict
from typing import Annotated

import typer

from deployments.cli import figure_words
from deployments.cli.options import AsJson, AsOf, CampaignKey, day_or_today
from deployments.cli.output import say, say_json, show
from deployments.cli.targets import County, KnownAt, code_of
from models.campaign import Campaign
from models.errors import UsageTrouble
from models.queries.figures import is_act
from models.rules.figure_words import figure_name
from models.rules.months import read_month
from tasks.campaigns import open_campaign
from tasks.figure_explain import Explained, explain_figure, explain_place, known_figures

FEW = 5  # up to so many units their events are told as well


def explain_command(
    campaign: CampaignKey,
    figure: Annotated[
        str | None, typer.Argument(help="数字的代号或名称，如 N、undeclared、I1；不写则列出全部")
    ] = None,
    month: Annotated[str | None, typer.Option("--month", help="月份；已冻结的读冻结时的清单")] = None,
    county: County = None,
    unit: Annotated[str | None, typer.Option("--unit", help="看一个单位在各项数字里的位置")] = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    events: Annotated[
        bool, typer.Option("--events", help=f"列出每个单位的事件；不超过 {FEW} 个时总是列出")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """一个数字由哪些单位组成，每个单位凭什么规则和事件计入或不计入。"""
    opened = open_campaign(campaign)
    if unit is not None:
        rows = explain_place(opened, unit, as_of=day_or_today(as_of), known_at=known_at)
        _unit(opened, rows, as_json=as_json)
        return
    if figure is None:
        raise UsageTrouble("E1818", f"请写明要解释的数字：{'、'.join(known_figures(opened))}。")
    found = explain_figure(
        opened,
        figure,
        month=None if month is None else read_month(month),
        as_of=day_or_today(as_of),
        known_at=known_at,
        county=code_of(opened, county),
    )
    if as_json:
        say_json(asdict(found) | {"count": len(found.units)})
        return
    _tell(found, events=events or len(found.units) <= FEW)


def _tell(found: Explained, *, events: bool) -> None:
    frozen = f"（第 {found.assessment} 号冻结清单）" if found.assessment else ""
    say(f"{found.name} = {len(found.units)}，截至 {found.as_of}{frozen}。{found.definition}")
    columns = figure_words.ACTS if is_act(found.key) else figure_words.UNITS
    show(found.units, columns=columns)
    for row in found.units if events else []:
        _events(row)


def _unit(opened: Campaign, rows: list[dict[str, object]], *, as_json: bool) -> None:
    if as_json:
        say_json(rows)
        return
    if not rows:
        say("这个单位当天不在应申报、扩面目标或县（区）增加领域里；原因见 targets explain。")
    for row in rows:
        counted = "、".join(figure_name(key, opened) for key in row["figures"])  # type: ignore[attr-defined]
        say(f"{row['in']}：{row['why']}。计入：{counted}。")
    if rows:
        _events(rows[0])


def _events(row: dict[str, object]) -> None:
    for event in row.get("events", []):  # type: ignore[attr-defined]
        say(f"  {row.get('name') or row['employer_id']} {event['on_day']} {event['told']}（{event['by']}）")
