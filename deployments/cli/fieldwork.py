"""`yingbao fieldwork`: what is done after the notice, entered one by one or by workbook, and what it came to (C13–C18)."""

from pathlib import Path
from typing import Annotated, Any

import typer

from deployments.cli import fieldwork_entry, fieldwork_words
from deployments.cli.options import AsJson, AsOf, By, CampaignKey, County, Reason, day_or_today, parse_county
from deployments.cli.output import say, say_json, show
from deployments.cli.writing import writing_into
from models.clock import today
from models.fieldwork import Work
from models.rules.membership import check_day
from tasks.campaigns import open_campaign
from tasks.fieldwork import questions
from tasks.fieldwork.desk import Outcome
from tasks.fieldwork.entering import Entered, import_form
from tasks.fieldwork.ladder import climb_by_acts
from tasks.fieldwork.receipt import write_receipt
from tasks.fieldwork.template import write_template
from tasks.fieldwork.withdrawing import withdraw

app = typer.Typer(
    help="告知以后：培训、指导指派、入户、执法核对、宣传、未申报原因、逐级推进。", no_args_is_help=True
)
fieldwork_entry.add_to(app)

Kind = Annotated[
    Work,
    typer.Argument(
        help="training 培训、guidance 指派、visit 入户、check 执法核对、publicity 宣传、reason 原因、escalate 推进"
    ),
]
OneCounty = Annotated[
    str, typer.Option("--county", parser=parse_county, metavar="县（区）", help="哪个县（区），名称或代码")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="只试算，不保存")]


@app.command("template")
def template_command(
    kind: Kind,
    county: OneCounty,
    campaign: CampaignKey,
    out: Annotated[Path, typer.Option("--out", help="写到哪个文件夹")] = Path("out"),
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """取一份登记表：列出该县（区）的未申报单位，填好后用 import 导入。"""
    with writing_into(out):
        path = write_template(open_campaign(campaign), kind, county, day_or_today(as_of), out)
    say(f"登记表写在 {path}。", as_json=as_json, file=str(path))


@app.command("import")
def import_command(
    file: Annotated[Path, typer.Argument(help="填好的登记表（xlsx、xls、ods、csv），表的种类自动认出")],
    campaign: CampaignKey,
    by: By,
    receipt: Annotated[
        Path | None, typer.Option("--receipt", help="回执写到这个 xlsx；默认不写文件，只显示")
    ] = None,
    as_of: AsOf = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """导入登记表，逐行答复；同一份文件再导入没有变化。"""
    opened, day = open_campaign(campaign), day_or_today(as_of)
    check_day(day, today())
    entered = import_form(opened, file, day, by=by, rehearse=dry_run)
    if receipt:
        write_receipt(opened, entered, receipt)
    _tell(entered, receipt, as_json=as_json)


def _tell(entered: Entered, receipt: Path | None, *, as_json: bool) -> None:
    counts = {str(outcome): entered.count(outcome) for outcome in Outcome}
    if as_json:
        rows = [row.as_row() for row in entered.rows]
        facts = {"kind": entered.form.work, "sha256": entered.sha256, "dry_run": entered.rehearsed}
        say_json({**facts, "counts": counts, "rows": rows, "receipt": str(receipt) if receipt else None})
        return
    told = [row.as_row() for row in entered.rows if row.outcome is Outcome.REFUSED or row.words]
    if told:
        show(told, columns=fieldwork_words.ANSWERED, title=entered.form.title)
    said = "，".join(f"{words} {number} 行" for words, number in counts.items())
    say(f"{entered.form.title}：{said}{'（演算，没有保存）' if entered.rehearsed else ''}。")


@app.command("climb")
def climb_command(
    campaign: CampaignKey, by: By, as_of: AsOf = None, dry_run: DryRun = False, as_json: AsJson = False
) -> None:
    """按送达的告知单、到场的培训、入户指导，把未申报单位逐级推进到入户指导；再运行不重复。移送只能由人决定。"""
    opened, day = open_campaign(campaign), day_or_today(as_of)
    check_day(day, today())
    done = climb_by_acts(opened, day, by=by, rehearse=dry_run)
    told = "，".join(f"{words} {number} 家" for words, number in done.steps.items()) or "没有新的推进"
    say(f"截至 {day}：{told}{'（演算，没有保存）' if dry_run else ''}。", as_json=as_json, steps=done.steps)


@app.command("withdraw")
def withdraw_command(
    kind: Kind,
    number: Annotated[int, typer.Argument(help="编号，见 fieldwork list")],
    reason: Reason,
    campaign: CampaignKey,
    by: By,
    unit: Annotated[str | None, typer.Option("--unit", help="只撤回培训里的这个单位")] = None,
    as_json: AsJson = False,
) -> None:
    """撤回误登的一项；留痕，不再计数。"""
    acts = withdraw(open_campaign(campaign), kind, number, by=by, reason=reason, unit=unit)
    say(f"已撤回 {acts} 项。", as_json=as_json, kind=kind, number=number, acts=acts)


@app.command("list")
def list_command(
    campaign: CampaignKey,
    kind: Annotated[Work | None, typer.Argument(help="只看一种，默认全部")] = None,
    county: County = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """登记的每一项，撤回的也列出。"""
    day = day_or_today(as_of)
    rows = questions.history(open_campaign(campaign), day, county, kind)
    _show(
        rows if as_json else fieldwork_words.history_rows(rows),
        fieldwork_words.HISTORY,
        as_json,
        f"现场工作，截至 {day}",
    )


@app.command("status")
def status_command(
    campaign: CampaignKey, county: County = None, as_of: AsOf = None, as_json: AsJson = False
) -> None:
    """各县（区）：指派、未申报原因、推进到哪一级、各项工作之后申报了多少。"""
    opened, day = open_campaign(campaign), day_or_today(as_of)
    found = questions.report(opened, day, county)
    if as_json:
        say_json(found.as_row())
        return
    for rows, columns, title in fieldwork_words.tables(found, opened):
        show(rows, columns=columns, title=f"{title}，截至 {day}")
    say(f"核对不一致、待变更申报或年度更新的已申报单位 {found.mismatches} 家（fieldwork mismatches）。")


@app.command("undeclared")
def undeclared_command(
    campaign: CampaignKey,
    county: County = None,
    unassigned: Annotated[bool, typer.Option("--unassigned", help="只看没有人指导的")] = False,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """未申报单位：指派给谁、为什么没有申报、推进到哪一级。"""
    day = day_or_today(as_of)
    rows = questions.undeclared(open_campaign(campaign), day, county, unassigned=unassigned)
    told = rows if as_json else fieldwork_words.unit_rows(rows)
    _show(told, fieldwork_words.UNITS, as_json, f"{len(rows)} 家未申报单位，截至 {day}")


@app.command("mismatches")
def mismatches_command(
    campaign: CampaignKey, county: County = None, as_of: AsOf = None, as_json: AsJson = False
) -> None:
    """执法核对发现与申报不一致、还没有变更申报或年度更新的已申报单位。"""
    day = day_or_today(as_of)
    rows = questions.mismatches(open_campaign(campaign), day, county)
    told = rows if as_json else fieldwork_words.mismatch_rows(rows)
    _show(told, fieldwork_words.MISMATCHES, as_json, f"申报与实际不一致，截至 {day}")


@app.command("followed")
def followed_command(
    campaign: CampaignKey, county: County = None, as_of: AsOf = None, as_json: AsJson = False
) -> None:
    """每一项工作和之后的首次申报。"""
    day = day_or_today(as_of)
    rows = questions.followed(open_campaign(campaign), day, county)
    told = rows if as_json else fieldwork_words.followed_rows(rows)
    _show(told, fieldwork_words.FOLLOWED, as_json, f"工作与之后的申报，截至 {day}")


def _show(rows: list[dict[str, Any]], columns: dict[str, str], as_json: bool, title: str) -> None:
    show(rows, columns=columns, as_json=as_json, title=title)
