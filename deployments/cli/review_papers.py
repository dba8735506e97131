"""`yingbao review issue|return|notice|print`: work lists out and back, 补正告知, 申报表 and 回执 on paper (F23, M03, M04)."""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from deployments.cli.options import AsJson, AsOf, By, CampaignKey, County, day_or_today
from deployments.cli.output import say, show
from deployments.cli.returned import Receipt, take_each, told_counts
from deployments.cli.writing import writing_into
from models.clock import now, today
from models.errors import UsageTrouble
from models.rules.membership import check_day
from tasks import review_books, review_papers
from tasks.campaigns import open_campaign
from tasks.returned import Outcome

Out = Annotated[Path, typer.Option("--out", help="写到哪个文件夹")]
Files = Annotated[list[Path], typer.Argument(help="县（区）返回的审核表，可以写几个", exists=False)]
Number = Annotated[int, typer.Argument(help="申报编号，见 review list")]
Numbers = Annotated[
    list[int] | None, typer.Argument(help="申报编号，可写几个；不写时为所有已驳回的", show_default=False)
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="只看会怎样，不办理、不发")]
ISSUED = {"name": "县（区）", "waiting": "待审核", "late": "其中超期", "again": "待复核", "path": "文件"}
ROWS = {
    "row_no": "行", "number": "申报编号", "name": "单位名称", "decision": "结论", "outcome": "结果", "why": "原因",
}  # fmt: skip
NOTICED = {"number": "申报编号", "name": "单位名称", "file": "文件", "mail": "邮件"}
TOLD = (Outcome.ACCEPTED, Outcome.REFUSED)


def add_to(app: typer.Typer) -> None:
    for name, command in COMMANDS.items():
        app.command(name)(command)


def issue(
    campaign: CampaignKey,
    county: County = None,
    out: Out = Path("out"),
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """给有待办的县（区）写申报审核表：待审核的，和有异议、抽中复看的。"""
    with writing_into(out):
        made = review_books.issue(open_campaign(campaign), day_or_today(as_of), out, county=county)
    show([asdict(one) for one in made], columns=ISSUED, as_json=as_json, title="申报审核表")


def return_book(
    files: Files,
    campaign: CampaignKey,
    by: By,
    county: County = None,
    as_of: AsOf = None,
    dry_run: DryRun = False,
    receipt: Receipt = None,
    as_json: AsJson = False,
) -> None:
    """收回审核表（Excel、WPS、LibreOffice 存的都可以），逐行办理并给出回执；一个文件被拒不影响其他文件。"""
    opened, day = open_campaign(campaign), day_or_today(as_of)
    check_day(day, today())

    def take(path: Path, wanted: Path | None) -> review_books.ReviewReturn:
        how: dict[str, Any] = {"receipt": wanted, "rehearse": dry_run, "county": county}
        return review_books.take_back(opened, path, day, by=by, **how)

    how: dict[str, Any] = {"receipt": receipt, "dry_run": dry_run, "as_json": as_json}
    take_each(files, take, document=_document, tell=_tell_one, **how)


def _document(report: review_books.ReviewReturn) -> dict[str, Any]:
    rows = [row.as_row() for row in report.rows]
    return asdict(report) | {"rows": rows, "receipt": report.receipt, **report.counts()}


def _tell_one(report: review_books.ReviewReturn) -> None:
    head = f"{report.county_name}（{report.file}）：{told_counts(report)}；仍待办理 {len(report.waiting)}。"
    say(("试算，未办理。" if report.rehearsed else "") + head)
    shown = [row.as_row() for row in report.rows if row.outcome in TOLD]
    if shown:
        show(shown, columns=ROWS, title="办理的和未接收的行")
    if report.rejected:
        numbers = " ".join(map(str, report.rejected))
        say(f"驳回 {len(report.rejected)} 条，出补正告知：yingbao review notice {numbers}")
    if report.receipt:
        say(f"回执已写到 {report.receipt}")


def notice(
    campaign: CampaignKey,
    numbers: Numbers = None,
    county: County = None,
    out: Out = Path("out"),
    mail: Annotated[bool, typer.Option("--mail/--no-mail", help="登记了邮箱的同时放入发件箱")] = True,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """补正告知：驳回的申报一次告知全部原因，写成 PDF；每次驳回的邮件只发一次。"""
    how: dict[str, Any] = {"county": county, "mail": mail, "rehearse": dry_run}
    with writing_into(out):
        made = review_papers.write_notices(open_campaign(campaign), numbers or [], out, at=now(), **how)
    show([asdict(one) for one in made], columns=NOTICED, as_json=as_json, title="补正告知")


def print_paper(
    number: Number,
    campaign: CampaignKey,
    form: Annotated[bool, typer.Option("--form", help="申报表")] = False,
    receipt: Annotated[bool, typer.Option("--receipt", help="回执（审核通过以后）")] = False,
    out: Out = Path("out"),
    as_json: AsJson = False,
) -> None:
    """把一条申报的申报表或回执写成 PDF。"""
    if not form and not receipt:
        raise UsageTrouble("E1760", "请写明打印什么：--form 申报表，--receipt 回执，可以都写。")
    opened = open_campaign(campaign)
    wanted = [review_papers.print_form] * form + [review_papers.print_receipt] * receipt
    with writing_into(out):
        made = [one(opened, number, out) for one in wanted]
    told = "；".join(f"{one.path}，{one.pages} 页，字体 {one.faces}" for one in made)
    say(told, as_json=as_json, files=[asdict(one) for one in made])


COMMANDS: dict[str, Callable[..., None]] = {
    "issue": issue,
    "return": return_book,
    "notice": notice,
    "print": print_paper,
}
