"""`yingbao notices plan|rounds|round|send`: a round of notices from plan to outbox (C11)."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from deployments.cli import notice_words
from deployments.cli.options import AsJson, AsOf, By, CampaignKey, day_or_today
from deployments.cli.output import say, say_json, show
from models.campaign import Campaign
from models.clock import today
from models.notice_round import RoundScope
from models.outbox import SendState
from models.rules.membership import check_day
from models.rules.sending import STATE_WORDS
from tasks.campaigns import open_campaign
from tasks.notice_rounds.delivering import deliver_all
from tasks.notice_rounds.planning import RoundReport, held_list, list_rounds, look
from tasks.notice_rounds.planning import plan as make_plan
from tasks.notice_rounds.preview import print_first
from tasks.notice_rounds.printing import Paper
from tasks.notice_rounds.sending import CHANNEL_WORDS, Prepared, prepare, send_batches

Number = Annotated[int, typer.Argument(help="第几轮，见 notices rounds")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="只看结果，不保存、不发出")]
Out = Annotated[Path, typer.Option("--out", help="写到哪个文件夹")]
Back = Annotated[bool, typer.Option("--back", help="背面印申报依据（方案附件1），双面打印")]
Receipt = Annotated[bool, typer.Option("--receipt", help="附送达回证")]


def add_to(app: typer.Typer) -> None:
    app.command("plan")(plan_command)
    app.command("rounds")(rounds_command)
    app.command("round")(round_command)
    app.command("send")(send_command)


def plan_command(
    campaign: CampaignKey,
    by: By,
    as_of: AsOf = None,
    only_new: Annotated[bool, typer.Option("--only-new", help="只给以前各轮没有告知过的单位")] = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """作一轮计划：发给谁、用什么方式、哪些暂不发及原因。还没有发的计划会被新计划代替。"""
    scope = RoundScope.NEW if only_new else RoundScope.EVERYONE
    made = make_plan(open_campaign(campaign), day_or_today(as_of), scope, by=by, rehearse=dry_run)
    _show(made, as_json)


def rounds_command(campaign: CampaignKey, as_json: AsJson = False) -> None:
    """列出各轮告知单。"""
    rows = list_rounds(open_campaign(campaign))
    shown = rows if as_json else [notice_words.round_row(row) for row in rows]
    show(shown, columns=notice_words.ROUNDS, as_json=as_json, title="告知单")


def round_command(
    number: Number,
    campaign: CampaignKey,
    held: Annotated[bool, typer.Option("--held", help="逐户列出暂不发的单位和原因")] = False,
    letters: Annotated[int, typer.Option("--letters", min=0, help="把前几份做成 PDF 看看")] = 0,
    out: Out = Path("out"),
    back: Back = False,
    receipt: Receipt = False,
    as_json: AsJson = False,
) -> None:
    """看一轮：按县（区）、方式、状态的份数，暂不发的原因，前几份的样子。"""
    opened = open_campaign(campaign)
    if held:
        rows = [row | {"place": notice_words.place(row["county"])} for row in held_list(opened, number)]
        show(rows, columns=notice_words.HELD_UNITS, as_json=as_json, title=f"第 {number} 轮暂不发的单位")
        return
    _show(look(opened, number), as_json)
    if letters:
        made = print_first(opened, number, letters, Paper(out, back, receipt))
        for file in made.files if not as_json else ():
            say(f"{file.path}")


def send_command(
    number: Number,
    campaign: CampaignKey,
    by: By,
    as_of: AsOf = None,
    confirm: Annotated[
        int | None, typer.Option("--confirm", help="超过上限时，写出要发的家数再确认一次")
    ] = None,
    out: Out = Path("out/告知单"),
    back: Back = False,
    receipt: Receipt = False,
    processes: Annotated[int, typer.Option("--processes", min=1, help="同时用几个进程打印")] = 2,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """按计划发出。计划以后有变动的暂不发，并说明。中断后再运行，接着发，不会重发。"""
    opened, day = open_campaign(campaign), day_or_today(as_of)
    check_day(day, today())
    folder = out / f"第{number}轮"
    listed = folder / ("演算清单.csv" if dry_run else "发出清单.csv")
    ready = prepare(opened, number, day, by=by, confirm=confirm, rehearse=dry_run, listed=listed)
    done = {} if dry_run else _send(opened, number, Paper(folder, back, receipt, processes), as_json)
    if as_json:
        facts = {"round": asdict(ready.round), "changed": asdict(ready.changed), "letters": ready.letters}
        say_json(facts | {"dry_run": dry_run, "listed": str(listed), "done": done})
        return
    _tell(ready, listed, dry_run=dry_run)


def _send(opened: Campaign, number: int, paper: Paper, as_json: bool) -> dict[str, object]:
    letters, stopped, messages, waiting = 0, 0, dict[str, int](), False
    for step in send_batches(opened, number, paper):
        letters, stopped = letters + step.done.letters, stopped + step.done.stopped
        if not as_json and step.done.letters:
            say(f"{CHANNEL_WORDS[step.channel]}　{step.what}　{step.done.letters} 份")
    for report in deliver_all():
        for state, count in report.counts.items():
            messages[state] = messages.get(state, 0) + count
        waiting = bool(report.held)
        if not as_json:
            for sentence in (*report.held, *(f"[{code}] {said}" for code, said in report.troubles)):
                say(f"{sentence}。")
    if not as_json:
        said = "，".join(f"{STATE_WORDS[SendState(state)]} {count}" for state, count in messages.items())
        if waiting:
            say("等发的到时由 yingbao serve 的定时任务发出；没有启动的，到时运行 yingbao outbox send。")
        say(f"共 {letters} 份，做不成的 {stopped} 份{'；发件箱：' + said if said else ''}。")
    return {"letters": letters, "stopped": stopped, "messages": messages}


def _tell(ready: Prepared, listed: Path, *, dry_run: bool) -> None:
    changed = ready.changed
    say(f"{'演算：' if dry_run else ''}{ready.letters} 家，清单在 {listed}")
    if changed.held or changed.addresses:
        say(
            f"计划以后有变动而暂不发的 {changed.held} 家，收件地址有变动而少用一种方式的 {changed.addresses} 家次。"
        )
    if changed.reworded:
        say(f"单位资料有变动、按新资料写的 {changed.reworded} 家。")
    if ready.needs_confirm:
        say(f"超过上限，正式发出时须加 --confirm {ready.letters}。")
    if dry_run:
        show(notice_words.held_rows(ready.round.held), columns=notice_words.HELD, title="暂不发")


def _show(made: RoundReport, as_json: bool) -> None:
    if as_json:
        rows = {
            "counts": [one._asdict() for one in made.counts],
            "held": [one._asdict() for one in made.held],
        }
        say_json(asdict(made) | rows)
        return
    state = notice_words.ROUND_STATES[made.state]
    say(f"第 {made.number} 轮，{notice_words.SCOPES[made.scope]}，{state}，计划日 {made.planned_on}")
    show(notice_words.count_rows(made.counts), columns=notice_words.COUNTS, title=f"发出 {made.going} 家")
    if made.samples:
        said = f"其中 {made.samples} 家引用的内容未经疾控审定，只能印示例；投递打开时不发。审定见 notices confirm。"
        say(said)
    total = sum(one.notices for one in made.held)
    show(notice_words.held_rows(made.held), columns=notice_words.HELD, title=f"暂不发 {total} 家")
