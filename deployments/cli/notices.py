"""`yingbao notices`: what experts stand for, and the letters as they would be printed (C11, 2.9)."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from deployments.cli import notice_outcomes, notice_rounds
from deployments.cli.options import AsJson, AsOf, By, CampaignKey, day_or_today
from deployments.cli.output import say, say_json, show
from models.clock import today
from models.errors import RuleRefused, UsageTrouble
from models.rules.county_words import county_code
from tasks.campaigns import open_campaign
from tasks.hazard_confirmations import export_rows, import_rows
from tasks.letters import Preview, Wish, preview

app = typer.Typer(no_args_is_help=True, help="告知单：专家审定引用内容，预览，计划、发出，登记送达。")
notice_rounds.add_to(app)
notice_outcomes.add_to(app)

REFUSED = {"sheet": "表", "row_no": "行", "code": "代码", "message": "说明"}
NOT_MADE = {"employer": "单位名称", "code": "代码", "reason": "原因"}
SHOWN = 20
County = Annotated[str, typer.Option("--county", help="县（区）的代码或名称")]


@app.command("confirm")
def confirm_command(
    file: Annotated[Path, typer.Argument(help="填好的审定表（.xlsx）；加 --export 时是写到哪里")],
    by: By,
    export: Annotated[bool, typer.Option("--export", help="写出审定表，交疾控专家填写")] = False,
    as_json: AsJson = False,
) -> None:
    """行业常见危害、危害可致职业病，经疾控专家审定后告知单才能引用。"""
    if export:
        waiting = export_rows(file)
        say(f"审定表已写到 {file}，{waiting} 行待审定。", as_json=as_json, file=str(file), waiting=waiting)
        return
    done = import_rows(file, by=by, today=today())
    message = f"新审定 {done.new}，没有变动 {done.unchanged}，未填 {done.blank}，未能接受 {len(done.refused)}"
    say(message, as_json=as_json, **asdict(done))
    if done.refused:
        if not as_json:
            show(done.refused, columns=REFUSED, title="未能接受")
        raise typer.Exit(RuleRefused.exit_code)


@app.command("preview")
def preview_command(
    campaign: CampaignKey,
    county: County,
    out: Annotated[Path, typer.Option("--out", help="写到哪个文件夹")] = Path("out"),
    as_of: AsOf = None,
    single: Annotated[bool, typer.Option("--single", help="每单位一个文件；默认每乡镇一册")] = False,
    back: Annotated[bool, typer.Option("--back", help="背面印申报依据（方案附件1），双面打印")] = False,
    receipt: Annotated[bool, typer.Option("--receipt", help="附送达回证")] = False,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="只出前几份")] = None,
    processes: Annotated[int, typer.Option("--processes", min=1, help="同时用几个进程")] = 2,
    as_json: AsJson = False,
) -> None:
    """按当前的申报目标把一个县（区）的告知单做成 PDF；只看，不发出，不留记录。"""
    opened, day = open_campaign(campaign), day_or_today(as_of)
    code = county_code(opened, county)
    if not code:
        raise UsageTrouble("E1520", "县（区）不明的单位没有落款单位，不能出告知单；请先查明所在县（区）。")
    wish = Wish(not single, back, receipt, limit, processes)
    _show(preview(opened, day, code, out, wish), out, as_json)


def _show(made: Preview, out: Path, as_json: bool) -> None:
    if as_json:
        say_json(_document(made))
        return
    say(f"{made.letters} 份告知单，{len(made.files)} 个文件，在 {out}/")
    say(f"所用字体：{made.faces}")
    if made.unconfirmed:
        names = "、".join(f"{row.name}" for row in made.unconfirmed[:SHOWN])
        say(f"其中引用的 {len(made.unconfirmed)} 行未经疾控审定，已标“示例，待疾控审定”：{names}")
    if lines := made.not_made:
        show(lines, columns=NOT_MADE, title=f"不出告知单、请人工处理：{len(lines)} 家")


def _document(made: Preview) -> dict[str, object]:
    files = [{"path": str(one.path), "letters": len(one.numbers), "pages": one.pages} for one in made.files]
    rows = [{"kind": row.kind, "key": row.key, "name": row.name} for row in made.unconfirmed]
    return {
        "letters": made.letters,
        "files": files,
        "faces": made.faces,
        "unconfirmed": rows,
        "not_made": made.not_made,
    }
