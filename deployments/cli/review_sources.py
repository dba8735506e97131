"""`yingbao review form|file|import-platform|import-legacy`: the ways a declaration enters."""

from collections import Counter
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from deployments.cli.options import AsJson, AsOf, By, CampaignKey, County, Out, day_or_today, parse_day
from deployments.cli.output import say, say_json, show
from deployments.cli.writing import writing
from models.actions.platform_filing import Taken
from models.clock import today
from models.errors import InputRefused, RuleRefused
from models.form.form import FormType
from models.rules.membership import check_day
from tasks.campaigns import open_campaign
from tasks.filing.entering import Entered, Outcome, Way, enter_files
from tasks.filing.issue import Wanted, issue_forms
from tasks.filing.legacy import Order, as_row, import_legacy, write_legacy_receipt
from tasks.filing.legacy import Outcome as RowOutcome
from tasks.filing.platform_import import Imported, import_platform
from tasks.filing.platform_receipt import write_platform_receipt
from tasks.filing.receipt import finding_rows, result_row, write_receipt

NO_WRITING = "E1759"
Units = Annotated[list[str] | None, typer.Option("--unit", help="单位编号、信用代码或名称，可写几个")]
Registrants = Annotated[list[int] | None, typer.Option("--registrant", help="注册编号，可写几个")]
Kind = Annotated[FormType | None, typer.Option("--type", help="申报类型；默认按单位情况")]
Paths = Annotated[list[Path], typer.Argument(help="JSON、填好的申报表或文件夹，可写几个", exists=False)]
Submit = Annotated[bool, typer.Option("--submit", help="检查没有必须改正的就提交")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="只看结果，不入库")]
Receipt = Annotated[Path | None, typer.Option("--receipt", help="回执写到这个 xlsx")]
OneFile = Annotated[Path, typer.Argument(help="xlsx、xls、ods 或 csv 文件", exists=False)]
DataDate = Annotated[
    date | None,
    typer.Option("--data-date", parser=parse_day, metavar="日期", help="数据截止日期；文件写明时可省"),
]
Account = Annotated[str | None, typer.Option("--account", help="只收入这个原账号的记录；空的按新注册办理")]
ForRegistrant = Annotated[int | None, typer.Option("--registrant", help="收入到哪个注册（注册编号）")]
SHOWN = 50
PROBLEMS = {
    "sheet": "工作表",
    "row_no": "行",
    "declaration_no": "申报编号",
    "code": "代码",
    "field": "项目",
    "left_out": "整行未收",
    "message": "说明",
}
CONFLICTS = {"registrant": "注册编号", "name": "单位名称", "county": "县（区）", "told": "申报"}
ROWS = {
    "row_no": "行",
    "name": "单位名称",
    "outcome": "结果",
    "registrant": "注册编号",
    "code": "代码",
    "message": "说明",
}
RESULTS = {
    "file": "文件",
    "position": "第几份",
    "name": "单位名称",
    "outcome": "结果",
    "declaration": "申报编号",
    "code": "代码",
    "message": "说明",
}
FINDINGS = {
    "name": "单位名称",
    "severity": "程度",
    "code": "代码",
    "field": "项目",
    "found": "填写的",
    "against": "对照",
    "message": "怎么改",
}


def add_to(app: typer.Typer) -> None:
    app.command("form")(form)
    app.command("file")(file)
    app.command("import-platform")(platform)
    app.command("import-legacy")(old_system)


def form(
    out: Out = Path("out"),
    county: County = None,
    unit: Units = None,
    registrant: Registrants = None,
    kind: Kind = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """写申报表（xlsx）：不指明单位的为空白表，指明的带上数据库、注册或上次申报的内容。"""
    wanted = [Wanted(unit=one, type=kind) for one in unit or ()]
    wanted += [Wanted(registrant=one, type=kind) for one in registrant or ()]
    with _writing(out):
        issued = issue_forms(wanted or [Wanted(county=county, type=kind)], out, day_or_today(as_of))
    told = [vars(one) | {"file": str(one.file)} for one in issued]
    columns = {"file": "文件", "name": "单位名称", "registrant": "注册编号", "prefilled": "已填内容"}
    show(told, columns=columns, as_json=as_json, title="申报表")


def file(
    paths: Paths,
    by: By,
    submit: Submit = False,
    receipt: Receipt = None,
    as_of: AsOf = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """接收申报：按 docs/declaration.schema.json 的 JSON，或填好的申报表；全部问题一次列出。"""
    day = day_or_today(as_of)
    check_day(day, today())
    entered = enter_files(paths, Way(by, day, submit=submit, rehearse=dry_run))
    if receipt is not None:
        with _writing(receipt):
            write_receipt(entered, receipt, rehearsed=dry_run)
    if as_json:
        say_json(_document(entered, receipt, dry_run))
    else:
        _tell(entered, receipt, dry_run)
    _leave(entered)


def _document(entered: Sequence[Entered], receipt: Path | None, dry_run: bool) -> dict[str, object]:
    told = [
        result_row(one)
        | {"registrant": one.registrant, "registered": one.registered, "findings": finding_rows(one)}
        for one in entered
    ]
    return {"documents": told, "dry_run": dry_run, "receipt": str(receipt) if receipt else None}


def _tell(entered: Sequence[Entered], receipt: Path | None, dry_run: bool) -> None:
    counts = Counter(one.outcome for one in entered)
    told = "，".join(f"{outcome} {counts[outcome]}" for outcome in Outcome if counts[outcome])
    say(f"{'试算，未入库。' if dry_run else ''}共 {len(entered)} 份：{told or '没有'}。")
    show([result_row(one) for one in entered], columns=RESULTS, title="逐份结果")
    if found := [row for one in entered for row in finding_rows(one)]:
        show(found, columns=FINDINGS, title="检查发现")
    if receipt:
        say(f"回执已写到 {receipt}")


def _leave(entered: Sequence[Entered]) -> None:
    """3 where something could not be read, 4 where a rule refused it."""
    if any(one.unreadable for one in entered):
        raise typer.Exit(InputRefused.exit_code)
    if any(one.refused for one in entered):
        raise typer.Exit(RuleRefused.exit_code)


def platform(
    path: OneFile,
    campaign: CampaignKey,
    by: By,
    data_date: DataDate = None,
    receipt: Receipt = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """收入省级平台申报数据的全部各部分；计数仍以 yingbao ingest 的对上号结果为准。"""
    terms = open_campaign(campaign)
    done = import_platform(path, terms, by=by, today=today(), data_date=data_date, rehearse=dry_run)
    if receipt is not None:
        with _writing(receipt):
            write_platform_receipt(done, receipt)
    problems = [vars(one) for one in done.problems]
    if as_json:
        taken = {str(one): done.taken[one] for one in Taken}
        say_json(
            {"file": done.file, "data_date": done.data_date, "rows": done.rows, "taken": taken}
            | {"left_out": done.left_out, "problems": problems, "unread": done.unread}
            | {"conflicts": done.conflicts, "dry_run": dry_run, "receipt": str(receipt) if receipt else None}
        )
    else:
        _tell_platform(done, problems, receipt)


def _tell_platform(done: Imported, problems: list[dict[str, object]], receipt: Path | None) -> None:
    told = "，".join(f"{one} {done.taken[one]}" for one in Taken)
    say(
        f"{'试算，未入库。' if done.rehearsed else ''}{done.file}（截至 {done.data_date}）{done.rows} 行：{told}；"
    )
    say(f"没有收入 {done.left_out} 行，问题 {len(problems)} 处，几份未办结的单位 {len(done.conflicts)} 个。")
    if done.unread:
        say(f"认不出的列，没有使用：{'、'.join(done.unread)}")
    if problems:
        show(problems[:SHOWN], columns=PROBLEMS, title=f"问题（前 {SHOWN} 处，全部见回执）")
    if done.conflicts:
        show(done.conflicts[:SHOWN], columns=CONFLICTS, title="同一单位有几份未审核通过的申报（F13）")
    if receipt:
        say(f"回执已写到 {receipt}")


def old_system(
    path: OneFile,
    campaign: CampaignKey,
    by: By,
    account: Account = None,
    registrant: ForRegistrant = None,
    receipt: Receipt = None,
    as_of: AsOf = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """收入老系统（原安监）的基本信息，存为暂存的变更申报（系统更新），其他各部分由单位填好后提交。"""
    day = day_or_today(as_of)
    check_day(day, today())
    order = Order(by, day, account=account or None, registrant=registrant, rehearse=dry_run)
    done = import_legacy(path, open_campaign(campaign), order)
    if receipt is not None:
        with _writing(receipt):
            write_legacy_receipt(done, receipt)
    rows = [as_row(row) for row in done.rows]
    if as_json:
        say_json({"file": done.file, "rows": rows, "dry_run": dry_run})
    else:
        told = "，".join(f"{one} {done.count(one)}" for one in RowOutcome)
        say(f"{'试算，未入库。' if dry_run else ''}{done.file}：{told}。")
        show(rows[:SHOWN], columns=ROWS, title="逐行结果")
    if done.count(RowOutcome.REFUSED):
        raise typer.Exit(RuleRefused.exit_code)


def _writing(place: Path) -> AbstractContextManager[None]:
    return writing(f"写不进 {place}：请检查它是否可写、未被占用。", NO_WRITING)
