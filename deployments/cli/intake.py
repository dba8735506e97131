"""`yingbao ingest` and `yingbao problems`: files in, and what was wrong with them back."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from deployments.cli.options import AsJson, By, CampaignKey, parse_day
from deployments.cli.output import console, say, say_json, show
from models.clock import today
from models.errors import InputRefused
from models.inbound import Kind
from tasks.campaigns import open_campaign
from tasks.intake import Receipt
from tasks.intake_files import Outcome, ingest_all
from tasks.missing import count_missing, list_missing
from tasks.order import Order
from tasks.problems import hand_back, problems_of

DataDate = Annotated[
    date | None,
    typer.Option(parser=parse_day, metavar="日期", help="数据截止日期；文件自己写明时可省"),
]
COLUMNS = {
    "file": "文件",
    "sheet": "工作表",
    "source": "来源",
    "data_date": "数据日期",
    "rows": "行数",
    "new": "新内容",
    "changed": "有变动",
    "problems": "问题",
    "dropped": "非数据行",
}


def ingest_command(
    file: Annotated[str, typer.Argument(help="文件、文件夹或 http(s) 地址")],
    kind: Annotated[Kind, typer.Option(help="文件的类别")],
    campaign: CampaignKey,
    by: By,
    data_date: DataDate = None,
    source: Annotated[str | None, typer.Option(help="提供单位；同一来源的各期按数据日期排先后")] = None,
    full: Annotated[bool, typer.Option("--full", help="这是该来源的全部名单，少了的要列出来")] = False,
    programme: Annotated[str | None, typer.Option(help="专项名称（专项名单用）")] = None,
    year: Annotated[int | None, typer.Option(help="专项年度")] = None,
    programme_batch: Annotated[str | None, typer.Option(help="专项批次")] = None,
    channel: Annotated[str | None, typer.Option(help="发现渠道（线索用）")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只演算不保存，看会有什么变动")] = False,
    problems: Annotated[Path | None, typer.Option(help="把带“错误说明”列的原表写到这个 xlsx")] = None,
    as_json: AsJson = False,
) -> None:
    """Take in a file, a folder or an address; a file that is refused never stops the others."""
    said = {
        "programme": programme,
        "programme_year": str(year) if year else None,
        "programme_batch": programme_batch,
        "channel": channel,
    }
    order = Order(
        path=Path(file),
        kind=kind,
        by=by,
        data_date=data_date,
        source=source,
        full=full,
        rehearse=dry_run,
        handed_in=today(),
        constants={name: text for name, text in said.items() if text},
    )
    outcome = ingest_all(file, order, open_campaign(campaign))
    if problems and outcome.receipts and not dry_run:
        hand_back([receipt.batch_id for receipt in outcome.receipts], problems)
    batches = [receipt.batch_id for receipt in outcome.receipts]
    lacking = count_missing(batches) if full and not dry_run else 0
    _report(outcome, problems, lacking, as_json=as_json)


def _report(outcome: Outcome, problems: Path | None, lacking: int, *, as_json: bool) -> None:
    receipts = [vars(receipt) for receipt in outcome.receipts]
    refusals = [
        {"file": name, "code": error.code, "message": error.message} for name, error in outcome.refused
    ]
    if as_json:
        say_json({"receipts": receipts, "refused": refusals, "missing": lacking})
    else:
        _tell(outcome.receipts, problems)
        if lacking:
            say(f"比上一期少了 {lacking} 行，见 yingbao problems missing")
        for refusal in refusals:
            console.print(
                f"[{refusal['code']}] {refusal['file']}：{refusal['message']}", style="red", markup=False
            )
    if outcome.refused:
        raise typer.Exit(InputRefused.exit_code)


def _tell(receipts: list[Receipt], problems: Path | None) -> None:
    if receipts:
        show([vars(receipt) for receipt in receipts], columns=COLUMNS, title="导入结果")
    for receipt in receipts:
        if receipt.seen_before:
            say(f"“{receipt.file}”（{receipt.sheet}）以前导入过，一个字也没变：0 处变动。")
        elif receipt.unmapped:
            say(f"“{receipt.file}”（{receipt.sheet}）有认不出的列，没有使用：{'、'.join(receipt.unmapped)}")
    if problems and receipts:
        say(f"带“错误说明”的表已写到 {problems}")


problems_app = typer.Typer(help="导入时发现的问题。", no_args_is_help=True)
PROBLEM_COLUMNS = {
    "file": "文件",
    "sheet": "工作表",
    "row_no": "行",
    "column": "列",
    "field": "项目",
    "code": "代码",
    "severity": "程度",
    "message": "说明",
}


@problems_app.command("list")
def list_problems(
    batch: Annotated[int | None, typer.Option(help="批次号；省略为全部")] = None,
    code: Annotated[str | None, typer.Option(help="只看某个代码，如 E1103")] = None,
    limit: Annotated[int, typer.Option(help="最多列出多少条")] = 200,
    as_json: AsJson = False,
) -> None:
    """列出问题：文件、行、列、代码和怎么改。"""
    show(
        problems_of(batch, code=code, limit=limit), columns=PROBLEM_COLUMNS, as_json=as_json, title="导入问题"
    )


@problems_app.command("export")
def export_problems(
    batch: Annotated[list[int], typer.Argument(help="批次号，可以写几个")],
    out: Annotated[Path, typer.Option(help="写到哪个 xlsx")],
    as_json: AsJson = False,
) -> None:
    """把原表连同“错误说明”列写成 xlsx，退给提供单位。"""
    hand_back(batch, out)
    say(f"已写到 {out}", as_json=as_json, file=str(out))


MISSING_COLUMNS = {
    "source": "来源",
    "last_seen_on": "最后出现",
    "missing_on": "缺失于",
    "name": "名称",
    "credit_code": "信用代码",
    "county": "县（区）",
}


@problems_app.command("missing")
def missing_lines(
    kind: Annotated[Kind | None, typer.Option(help="只看某一类文件")] = None,
    as_json: AsJson = False,
) -> None:
    """列出全部名单（--full）里比以前少了的行。"""
    show(list_missing(kind), columns=MISSING_COLUMNS, as_json=as_json, title="名单里少了的行")
