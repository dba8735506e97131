"""`yingbao units`: look at units, and say which are one and which are not (Q10)."""

from typing import Annotated, Any

import typer

from deployments.cli.options import AsJson, AsOf, By, CampaignKey, County, Reason
from deployments.cli.output import say, say_json, show
from deployments.cli.unit_words import JUDGED, conflict_in_words, heading, value_in_words, with_kind, worded
from tasks.campaigns import open_campaign
from tasks.units import (
    list_conflicts,
    list_suspects,
    merge_units,
    resettle_all,
    show_unit,
    split_unit,
    undo_unit_judgement,
)

app = typer.Typer(help="用人单位：查看、合并、拆分、撤销、疑似清单。", no_args_is_help=True)

Unit = Annotated[int, typer.Argument(help="用人单位编号（旧编号也可以）")]
Limit = Annotated[int, typer.Option("--limit", help="每类最多列出多少条")]
SUSPECTS = {
    "kind": "类别",
    "units": "单位编号",
    "county": "县（区）",
    "names": "名称",
    "codes": "信用代码",
    "addresses": "地址",
    "reason": "为什么",
}
CONFLICTS = {
    "unit": "单位编号",
    "name": "名称",
    "county": "县（区）",
    "field": "项目",
    "used": "采用",
    "said": "谁怎么说",
}
LINES = {
    "entry": "来源记录编号",
    "kind": "来源",
    "file": "文件",
    "row_no": "行",
    "data_date": "数据日期",
    "name": "名称",
}
LINES |= {"credit_code": "信用代码", "county": "县（区）", "address": "地址", "current": "现行"}
VALUES = {"field": "项目", "value": "值", "counts": "采用", "kind": "来源", "file": "文件", "row_no": "行"}
VALUES |= {"data_date": "数据日期", "batch": "批次"}
JUDGEMENTS = {
    "id": "判断编号",
    "kind": "判断",
    "entry": "来源记录",
    "other_entry": "与",
    "address_key": "地址",
    "reason": "理由",
    "by": "谁",
}


@app.command("show")
def show_command(unit: Unit, campaign: CampaignKey, as_of: AsOf = None, as_json: AsJson = False) -> None:
    """一个单位的事实、每个值的出处和人工判断。"""
    told = show_unit(open_campaign(campaign), unit, as_of=as_of)
    if as_json:
        say_json(told)
        return
    if told["unit"] != unit:
        say(f"{unit} 已并入 {told['unit']}。")
    facts = [
        {"field": heading(name), "value": worded(name, value)}
        for name, value in told["facts"].items()
        if value
    ]
    show(facts, columns={"field": "项目", "value": "采用的值"}, title=f"用人单位 {told['unit']}")
    show([with_kind(line) for line in told["lines"]], columns=LINES, title="来源记录")
    show([value_in_words(value) for value in told["values"]], columns=VALUES, title="每个值的出处")
    if told["judgements"]:
        show(_in_words(told["judgements"]), columns=JUDGEMENTS, title="人工判断")


@app.command("merge")
def merge_command(
    unit: Unit,
    other: Annotated[int, typer.Argument(help="另一个用人单位编号")],
    reason: Reason,
    by: By,
    campaign: CampaignKey,
    as_json: AsJson = False,
) -> None:
    """把两个单位并成一个；可以撤销，旧编号仍然有效。"""
    done = merge_units(open_campaign(campaign), unit, other, by=by, reason=reason)
    say(f"已合并为单位 {_listed(done['units'])}（判断 {done['judgement']}）。", as_json=as_json, **done)


@app.command("split")
def split_command(
    entry: Annotated[int, typer.Argument(help="来源记录编号（见 units show）")],
    reason: Reason,
    by: By,
    campaign: CampaignKey,
    address: Annotated[
        str | None, typer.Option("--address", help="同一条来源记录有几处地址时，要拆出的是哪一处")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """把一条来源记录拆出来自成一个单位；可以撤销。"""
    done = split_unit(open_campaign(campaign), entry, address=address, by=by, reason=reason)
    say(f"已拆出为单位 {_listed(done['units'])}（判断 {done['judgement']}）。", as_json=as_json, **done)


@app.command("undo")
def undo_command(
    judgement: Annotated[int, typer.Argument(help="判断编号（见 units show）")],
    reason: Reason,
    by: By,
    campaign: CampaignKey,
    as_json: AsJson = False,
) -> None:
    """撤销一次合并或拆分。"""
    done = undo_unit_judgement(open_campaign(campaign), judgement, by=by, reason=reason)
    say(f"已撤销判断 {judgement}；有关单位现为 {_listed(done['units'])}。", as_json=as_json, **done)


@app.command("suspects")
def suspects_command(
    county: County = None,
    kind: Annotated[str | None, typer.Option("--kind", help="只看一类，如 疑似多场所")] = None,
    limit: Limit = 200,
    as_json: AsJson = False,
) -> None:
    """可能该合并或该拆分的单位，附理由，由人判断。"""
    found = list_suspects(county=county, kind=kind, limit=limit)
    show(found, columns=SUSPECTS, as_json=as_json, title="疑似清单")


@app.command("conflicts")
def conflicts_command(county: County = None, limit: Limit = 200, as_json: AsJson = False) -> None:
    """各来源说法不一的项目，和现在采用的值。"""
    found = list_conflicts(county=county, limit=limit)
    rows = found if as_json else [conflict_in_words(row) for row in found]
    show(rows, columns=CONFLICTS, as_json=as_json, title="说法不一")


@app.command("settle")
def settle_command(campaign: CampaignKey, as_json: AsJson = False) -> None:
    """行动文件改了来源次序以后，全部重新认定一遍。"""
    moved = resettle_all(open_campaign(campaign))
    say(f"已重新认定，{moved} 条来源记录换了单位。", as_json=as_json, records_moved=moved)


def _listed(units: list[int]) -> str:
    return "、".join(map(str, units))


def _in_words(judgements: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one | {"kind": JUDGED[one["kind"]]} for one in judgements]
