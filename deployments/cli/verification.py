"""`yingbao verification`: lists out to the counties, taken back row by row, accepted, sent back (C25)."""

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from deployments.cli import verification_words as words
from deployments.cli.options import AsJson, AsOf, By, CampaignKey, County, Reason, day_or_today, parse_county
from deployments.cli.output import say, say_json, show
from deployments.cli.returned import Receipt, take_each, told_counts
from deployments.cli.writing import writing_into
from models.clock import today
from models.rules.membership import check_day
from tasks import verification as tasks
from tasks.campaigns import open_campaign

app = typer.Typer(
    help="信息核对：下发核对表、收回、逐行回执、受理并冻结基线、划转确认。", no_args_is_help=True
)
OneCounty = Annotated[
    str, typer.Option("--county", parser=parse_county, metavar="县（区）", help="哪个县（区），名称或代码")
]
Out = Annotated[Path, typer.Option("--out", help="写到哪个文件夹")]
Number = Annotated[int, typer.Argument(help="划转编号，见 verification transfers")]
Note = Annotated[str | None, typer.Option("--note", help="情况说明；拒绝接收必须写明理由")]
Files = Annotated[list[Path], typer.Argument(help="县（区）返回的核对表，可以写几个", exists=False)]


def _day(as_of: date | None) -> date:
    day = day_or_today(as_of)
    check_day(day, today())
    return day


@app.command()
def issue(
    campaign: CampaignKey,
    by: By,
    county: County = None,
    out: Out = Path("out"),
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """给每个县（区）写一份核对表；再次下发为下一轮，带上已有的结论。"""
    opened, day = open_campaign(campaign), _day(as_of)
    _say_files(lambda: tasks.issue(opened, day, out, by=by, county=county), out, as_json)


@app.command()
def rechecks(
    campaign: CampaignKey, by: By, out: Out = Path("out"), as_of: AsOf = None, as_json: AsJson = False
) -> None:
    """给报过“停产”超期的单位写月度复核表；同一个月只发一次。"""
    opened, day = open_campaign(campaign), _day(as_of)
    _say_files(lambda: tasks.issue_rechecks(opened, day, out, by=by), out, as_json)


def _say_files(write: Any, out: Path, as_json: bool) -> None:
    with writing_into(out):
        files = write()
    say(f"写出 {len(files)} 个文件，在 {out}/", as_json=as_json, files=[str(file) for file in files])


@app.command("return")
def return_command(
    files: Files,
    campaign: CampaignKey,
    by: By,
    county: County = None,
    as_of: AsOf = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看会有什么变动，不入库")] = False,
    receipt: Receipt = None,
    as_json: AsJson = False,
) -> None:
    """收回核对表（Excel、WPS、LibreOffice 存的都可以），逐行给出回执；一个文件被拒不影响其他文件。"""
    opened, day = open_campaign(campaign), _day(as_of)

    def take(path: Path, wanted: Path | None) -> tasks.ReturnReport:
        how: dict[str, Any] = {"receipt": wanted, "rehearse": dry_run, "county": county}
        return tasks.take_back(opened, path, day, by=by, **how)

    how: dict[str, Any] = {"receipt": receipt, "dry_run": dry_run, "as_json": as_json}
    take_each(files, take, document=words.report_row, tell=_tell_one, **how)


def _tell_one(report: tasks.ReturnReport) -> None:
    head = f"{report.county_name}第 {report.round} 轮（{report.file}）：{told_counts(report)}；已答复 {report.done}／{report.asked}。"
    say(("试算，未入库。" if report.rehearsed else "") + head)
    for sentence in words.sentences(report):
        say(sentence)
    shown = [row.as_row() for row in report.rows if words.worth_showing(row)]
    if shown:
        show(shown, columns=words.ROWS, title="变动与未接收的行")
    if report.receipt:
        say(f"回执已写到 {report.receipt}")


@app.command()
def status(campaign: CampaignKey, county: County = None, as_of: AsOf = None, as_json: AsJson = False) -> None:
    """每个县（区）：轮次、应答复与已答复、各结论户数、何时交回、逾期几天、是否受理、基线。"""
    opened, day = open_campaign(campaign), day_or_today(as_of)
    lines = tasks.status(opened, day, county=county)
    if as_json:
        say_json([line.as_row() for line in lines])
        return
    rows = [words.status_row(line) for line in lines]
    show(rows, columns=words.STATUS, title=f"信息核对，截至 {day}")
    show(rows, columns=words.findings_columns(opened), title="核对结论（户）")


@app.command()
def accept(
    campaign: CampaignKey,
    county: OneCounty,
    by: By,
    reason: Annotated[str | None, typer.Option("--reason", help="未答复完而受理的理由")] = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """受理已全部答复的县（区），当天冻结它的基线。"""
    decided = tasks.accept(open_campaign(campaign), county, _day(as_of), by=by, reason=reason)
    frozen = f"基线第 {decided.baseline} 号，{decided.members} 户。"
    say(f"已受理{decided.county_name}的核对，{frozen}", as_json=as_json, **asdict(decided))


@app.command("send-back")
def send_back(
    campaign: CampaignKey,
    county: OneCounty,
    reason: Reason,
    by: By,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """退回重报（受理以前）。"""
    decided = tasks.send_back(open_campaign(campaign), county, _day(as_of), by=by, reason=reason)
    say(f"已退回{decided.county_name}重报：{reason}", as_json=as_json, **asdict(decided))


@app.command()
def freeze(
    campaign: CampaignKey,
    county: OneCounty,
    reason: Reason,
    by: By,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """逾期不报或没报完的，由市级写明理由冻结基线；没答复的单位保留在内，任务仍欠着。"""
    decided = tasks.freeze_silent(open_campaign(campaign), county, _day(as_of), by=by, reason=reason)
    told = f"已冻结{decided.county_name}的基线（第 {decided.baseline} 号，{decided.members} 户）；"
    say(f"{told}已答复 {decided.done}／{decided.asked}。", as_json=as_json, **asdict(decided))


@app.command()
def transfers(
    campaign: CampaignKey, county: County = None, as_of: AsOf = None, as_json: AsJson = False
) -> None:
    """划转：谁报给谁、接收县（区）是否确认。"""
    found = tasks.list_transfers(open_campaign(campaign), day_or_today(as_of), county=county)
    rows = found if as_json else [words.transfer_row(one) for one in found]
    show(rows, columns=words.TRANSFERS, as_json=as_json, title="划转")


@app.command()
def confirm(
    number: Number,
    campaign: CampaignKey,
    by: By,
    note: Note = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """接收县（区）确认一户划转，当天生效。"""
    _answer(number, campaign, by, note, as_of, as_json, accept=True)


@app.command()
def refuse(
    number: Number,
    campaign: CampaignKey,
    by: By,
    note: Note = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """接收县（区）拒绝一户划转，须写明理由；单位留在原县（区）。"""
    _answer(number, campaign, by, note, as_of, as_json, accept=False)


def _answer(
    number: int,
    campaign: str,
    by: str,
    note: str | None,
    as_of: date | None,
    as_json: bool,
    *,
    accept: bool,
) -> None:
    done = tasks.answer_transfer(
        open_campaign(campaign), number, _day(as_of), by=by, accept=accept, note=note
    )
    told = "已划转" if accept else "已拒绝，单位留在原县（区）"
    say(f"第 {number} 号划转（{done['name']}）：{told}。", as_json=as_json, **done)
