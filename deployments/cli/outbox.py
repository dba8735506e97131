"""`yingbao outbox list|send|reconcile`: messages on their way out, and those nobody knows the fate of (C30)."""

from dataclasses import asdict
from typing import Annotated, Any

import typer
from rich.console import Console

from deployments.cli.options import AsJson, By, Reason
from deployments.cli.output import county_names, say, say_json, show
from models.errors import EnvironmentTrouble, UsageTrouble
from models.outbox import ChannelKind, SendState
from models.rules.sending import STATE_WORDS
from tasks.operator import NAME, OFFICE
from tasks.outbox import DeliveryReport, deliver_waiting, list_messages, reconcile

app = typer.Typer(no_args_is_help=True, help="发件箱：每条消息只发一次；下落不明的由人核实，不会自动重发。")

CITY = "市级"
CHANNELS = {
    ChannelKind.FOLDER: "文件夹",
    ChannelKind.MAIL: "邮件",
    ChannelKind.BOT: "群机器人",
    ChannelKind.SMS: "短信",
}
COLUMNS = {
    "id": "编号",
    "office_name": "单位",
    "channel_name": "通道",
    "addressee": "收件人",
    "subject": "标题",
    "state_name": "状态",
    "attempts": "次数",
    "ended_at": "办结时间",
    "answer": "对方答复",
}
SENT_COLUMNS = {key: COLUMNS[key] for key in COLUMNS if key not in ("attempts", "ended_at")}


def parse_state(text: str) -> SendState:
    for state, word in STATE_WORDS.items():
        if text in (state, word):
            return state
    raise UsageTrouble("E1438", f"没有“{text}”这种状态。可以写：{'、'.join(STATE_WORDS.values())}。")


State = Annotated[
    SendState | None,
    typer.Option("--state", parser=parse_state, metavar="状态", help="只看一种状态，如 未知、unknown"),
]
Number = Annotated[int, typer.Argument(help="消息编号，见 outbox list")]
Limit = Annotated[int | None, typer.Option("--limit", min=1, help="最多发几条")]
Sent = Annotated[bool, typer.Option("--sent", help="问过对方，已收到")]
Again = Annotated[bool, typer.Option("--again", help="问过对方，没有收到，再发一次")]


@app.command("list")
def list_command(state: State = None, as_json: AsJson = False) -> None:
    """列出消息。群机器人的地址含密钥，不显示。"""
    rows = [_named(row) for row in list_messages(state=state)]
    show(rows, columns=COLUMNS, as_json=as_json, title="发件箱")


@app.command("send")
def send_command(limit: Limit = None, as_json: AsJson = False) -> None:
    """发出等待中的消息；可以随时重复运行，也可以两处同时运行。"""
    report = deliver_waiting(limit=limit)
    if as_json:
        troubles = [{"code": code, "message": message} for code, message in report.troubles]
        say_json({**asdict(report), "counts": report.counts, "troubles": troubles})
    else:
        _show_report(report)
    if report.troubles:
        raise typer.Exit(EnvironmentTrouble.exit_code)


@app.command("reconcile")
def reconcile_command(
    number: Number, reason: Reason, by: By, sent: Sent = False, again: Again = False, as_json: AsJson = False
) -> None:
    """核实一条下落不明的消息：已收到（--sent），或再发一次（--again）。"""
    if sent == again:
        raise UsageTrouble("E1438", "请在 --sent（已收到）和 --again（再发一次）中选一个。")
    reconcile(number, sent=sent, by=by, reason=reason)
    done = "记为已收到" if sent else "等待再发一次"
    say(f"消息 {number} {done}。", as_json=as_json, number=number, state="sent" if sent else "waiting")


def _show_report(report: DeliveryReport) -> None:
    if report.lines:
        rows = [_named({**asdict(line), "id": line.number}) for line in report.lines]
        show(rows, columns=SENT_COLUMNS, title="本次处理")
    counts = "，".join(f"{STATE_WORDS[SendState(state)]} {number}" for state, number in report.counts.items())
    say(f"处理 {len(report.lines)} 条{'：' + counts if counts else ''}。")
    for sentence in report.held:
        say(f"{sentence}。")
    for code, message in report.troubles:
        Console(stderr=True).print(f"[{code}] {message}", style="red", markup=False)


def _named(row: dict[str, Any]) -> dict[str, Any]:
    office = {**county_names(), OFFICE: NAME}.get(row["office"])
    return {
        **row,
        "office_name": office or (CITY if row["office"].endswith("00") else row["office"]),
        "channel_name": CHANNELS[ChannelKind(row["channel"])],
        "state_name": STATE_WORDS[SendState(row["state"])],
    }
