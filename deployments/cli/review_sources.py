"""`yingbao review form|file|import-platform|import-legacy`: the ways a declaration enters."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from xlsxwriter.exceptions import FileCreateError

from deployments.cli.options import AsJson, AsOf, By, County, Out, day_or_today
from deployments.cli.output import say, say_json, show
from models.clock import today
from models.errors import EnvironmentTrouble, InputRefused, RuleRefused
from models.form.form import FormType
from models.rules.membership import check_day
from tasks.filing.entering import Entered, Outcome, Way, enter_files
from tasks.filing.issue import Wanted, issue_forms
from tasks.filing.receipt import finding_rows, result_row, write_receipt

NO_WRITING = "E1759"
Units = Annotated[list[str] | None, typer.Option("--unit", help="单位编号、信用代码或名称，可写几个")]
Registrants = Annotated[list[int] | None, typer.Option("--registrant", help="注册编号，可写几个")]
Kind = Annotated[FormType | None, typer.Option("--type", help="申报类型；默认按单位情况")]
Paths = Annotated[list[Path], typer.Argument(help="JSON、填好的申报表或文件夹，可写几个", exists=False)]
Submit = Annotated[bool, typer.Option("--submit", help="检查没有必须改正的就提交")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="只看结果，不入库")]
Receipt = Annotated[Path | None, typer.Option("--receipt", help="回执写到这个 xlsx")]
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


@contextmanager
def _writing(place: Path) -> Iterator[None]:
    """A file that cannot be written is a matter of the machine."""
    try:
        yield
    except (OSError, FileCreateError) as fault:
        raise EnvironmentTrouble(NO_WRITING, f"写不进 {place}：请检查它是否可写、未被占用。") from fault
