"""`yingbao links`: which declaration is whose, why, and a person's word on it."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from deployments.cli.options import AsJson, By, County, Reason
from deployments.cli.output import say, say_json, show
from models.errors import RuleRefused
from models.link import Verdict
from tasks import links
from tasks.link_workbook import export_links, import_links

app = typer.Typer(help="申报与用人单位的对应：清单、解释、人工判断、撤销、核对表。", no_args_is_help=True)

Entry = Annotated[str, typer.Argument(help="申报编号或申报记录编号")]
Unit = Annotated[str, typer.Argument(help="单位编号、信用代码或完整名称")]
VERDICTS = {Verdict.SURE: "确定", Verdict.UNSURE: "待人工核对", Verdict.REJECTED: "不是"}
COLUMNS = {
    "link_id": "判断编号",
    "entry": "申报记录编号",
    "declaration_no": "申报编号",
    "declared_name": "申报名称",
    "approved_text": "审核日期",
    "employer_id": "单位编号",
    "name": "名册名称",
    "county": "县（区）",
    "verdict_text": "判断",
    "by": "谁",
    "score": "得分",
    "reason": "理由",
}
UNLINKED = {
    "entry": "申报记录编号",
    "declaration_no": "申报编号",
    "declared_name": "申报名称",
    "credit_code": "信用代码",
    "county": "县（区）",
    "address": "地址",
    "declaration_state": "申报状态",
    "approved_text": "审核日期",
}
MISSING = {
    "entry": "申报记录编号",
    "declaration_no": "申报编号",
    "name": "申报名称",
    "county": "县（区）",
    "approved_text": "审核日期",
    "last_seen_on": "最后见于",
    "missing_on": "何日起没有",
}
LINES = {
    "field": "项目",
    "declared": "申报",
    "registered": "名册",
    "agreement": "是否一致",
    "bits": "分量（比特）",
}
HISTORY = {
    "link_id": "判断编号",
    "verdict_text": "判断",
    "by": "谁",
    "reason": "理由",
    "recorded_at": "何时",
    "ended_at": "终止",
    "ended_by": "终止人",
    "ended_reason": "终止理由",
}


def _worded(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**row, "verdict_text": VERDICTS[row["verdict"]]} for row in rows]


def approval_words(approval: Mapping[str, Any] | None) -> str | None:
    """A day no export gave is marked (推定): the first export that showed 已审核."""
    if approval is None or approval["approved_on"] is None:
        return None
    return f"{approval['approved_on']}{'（推定）' if approval['presumed'] else ''}"


@app.command("list")
def list_command(
    verdict: Annotated[Verdict | None, typer.Option(help="只看一种判断")] = None,
    county: County = None,
    history: Annotated[bool, typer.Option("--history", help="包括已终止的判断")] = False,
    limit: Annotated[int, typer.Option("--limit", help="最多列出多少条")] = 200,
    as_json: AsJson = False,
) -> None:
    """现行的判断，左右对照。"""
    found = _worded(links.list_links(verdict=verdict, county=county, history=history, most=limit))
    for row in found:
        row.pop("phone"), row.pop("declared_phone")
        row["approved_text"] = approval_words(row)
    show(found, columns=COLUMNS, as_json=as_json, title="申报与单位的对应")


@app.command("unlinked")
def unlinked_command(
    county: County = None,
    limit: Annotated[int, typer.Option("--limit", help="最多列出多少条")] = 200,
    as_json: AsJson = False,
) -> None:
    """没有对应单位的申报。"""
    found = links.unlinked(county=county, most=limit)
    rows = [{**row, "approved_text": approval_words(row)} for row in found]
    show(rows, columns=UNLINKED, as_json=as_json, title="无对应单位的申报")


@app.command("missing")
def missing_command(county: County = None, as_json: AsJson = False) -> None:
    """审核仍有效，但后来的全量导出里已没有的申报（平台已无此记录），请向平台核实。"""
    found = links.missing(county=county)
    rows = [{**row, "approved_text": approval_words({**row, "approved_on": row["from_on"]})} for row in found]
    show(rows, columns=MISSING, as_json=as_json, title="平台已无此记录")


@app.command("explain")
def explain_command(
    words: Annotated[str, typer.Argument(help="申报编号，或单位编号、信用代码、名称")],
    unit: Annotated[str | None, typer.Argument(help="与哪个单位比（前面给的是申报时）")] = None,
    as_json: AsJson = False,
) -> None:
    """逐项对照两边的说法，说明由哪条规则决定、每项证据的分量。"""
    found = links.explain_links(words, unit)
    if as_json:
        say_json(found)
        return
    for one in found:
        _tell(one)
    if not found:
        none = "没有找到这条申报的对应单位。" if links.names_declaration(words) else "没有申报与该单位对应。"
        say(none)


def _tell(one: dict[str, Any]) -> None:
    verdict = VERDICTS.get(one["verdict"], "无") if one["verdict"] else "无"
    say(f"申报 {one['entry']}《{one['declared_name']}》 — 单位 {one['employer_id']}《{one['name']}》")
    say(f"判断：{verdict}（{one['by'] or '—'}）。{one['why']}。")
    say(f"审核：{approval_words(one['approval']) or '现无有效的审核'}")
    show(one["lines"], columns=LINES, title=f"合计 {one['total']} 比特")
    show(_worded(one["history"]), columns=HISTORY, title="判断的历史")


@app.command("accept")
def accept_command(entry: Entry, unit: Unit, reason: Reason, by: By, as_json: AsJson = False) -> None:
    """认定申报属于该单位（确定）。"""
    number = links.judge("accept", entry, unit, by=by, reason=reason)
    say(f"已认定：申报 {entry} 属于单位 {unit}（判断 {number}）。", as_json=as_json, link_id=number)


@app.command("reject")
def reject_command(entry: Entry, unit: Unit, reason: Reason, by: By, as_json: AsJson = False) -> None:
    """认定申报不属于该单位；以后重新对号也不会再这样判断。"""
    number = links.judge("reject", entry, unit, by=by, reason=reason)
    say(f"已认定：申报 {entry} 不属于单位 {unit}（判断 {number}）。", as_json=as_json, link_id=number)


@app.command("undo")
def undo_command(
    link_id: Annotated[int, typer.Argument(help="判断编号")],
    reason: Reason,
    by: By,
    as_json: AsJson = False,
) -> None:
    """撤销一个人工判断；下次对号时由系统重新判断。"""
    entry = links.undo(link_id, by=by, reason=reason)
    say(
        f"判断 {link_id} 已撤销，运行 yingbao link 后重新判断。",
        as_json=as_json,
        link_id=link_id,
        entry=entry,
    )


@app.command("export")
def export_command(
    file: Annotated[Path, typer.Argument(help="写到哪个 xlsx")],
    county: County = None,
    as_json: AsJson = False,
) -> None:
    """把待人工核对的写成表格，左右对照，下拉选择。"""
    count = export_links(file, county=county)
    say(f"{count} 条待人工核对，已写到 {file}", as_json=as_json, rows=count, file=str(file))


@app.command("import")
def import_command(
    file: Annotated[Path, typer.Argument(help="填好的核对表")], by: By, as_json: AsJson = False
) -> None:
    """导入核对表里的判断。"""
    done = import_links(file, by=by)
    message = (
        f"同一单位 {done.accepted}，不是 {done.rejected}，不确定 {done.left_open}，"
        f"没有变动 {done.unchanged}，未填 {done.blank}"
    )
    say(message, as_json=as_json, **asdict(done))
    if done.refused:
        if not as_json:
            show(done.refused, columns={"row_no": "行", "code": "代码", "message": "说明"}, title="未能接受")
        raise typer.Exit(RuleRefused.exit_code)
