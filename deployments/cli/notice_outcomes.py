"""`yingbao notices delivered|refused|returned|receipts|listen|bounces|publish|address|refuse|allow`: what became of notices (2.7)."""

import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from deployments.cli import notice_words
from deployments.cli.notice_rounds import Number
from deployments.cli.options import (
    AsJson,
    AsOf,
    By,
    CampaignKey,
    Reason,
    day_or_today,
    parse_county,
    parse_day,
)
from deployments.cli.output import say, show
from deployments.receipts_listener import listen, token_of
from deployments.sole_service import HOST, refuse_taken_port
from models.errors import RuleRefused, UsageTrouble
from models.notice_round import NoticeState
from models.rules import notice_service
from models.rules.notice_service import Word
from models.settings import get_settings
from tasks.campaigns import open_campaign
from tasks.notice_rounds import asking, contacts, outcomes, publishing, service
from tasks.notice_rounds.outcomes import Heard
from tasks.notice_rounds.service_sheet import take_service_sheet, write_service_sheet

Numbers = Annotated[list[str] | None, typer.Argument(help="告知单编号，如 1-450206-00012，可写几个")]
Listed = Annotated[Path | None, typer.Option("--list", help="CSV，第一列是告知单编号")]
Evidence = Annotated[Path, typer.Option("--evidence", help="送达回证的扫描件、照片或截图，必填")]
OptionalEvidence = Annotated[Path | None, typer.Option("--evidence", help="扫描件、照片等")]
On = Annotated[date, typer.Option("--on", parser=parse_day, metavar="日期", help="签收日期即送达日期")]
UNIT_HELP = "单位编号、信用代码或完整名称"
Unit = Annotated[str, typer.Argument(help=UNIT_HELP)]
OneWay = Annotated[str | None, typer.Option("--channel", help="邮件（mail）或短信（sms）；不写就是全部")]
WAYS = {"mail": "mail", "邮件": "mail", "sms": "sms", "短信": "sms"}


def add_to(app: typer.Typer) -> None:
    app.command("delivered")(delivered_command)
    app.command("service-sheet")(service_sheet_command)
    app.command("service-import")(service_import_command)
    app.command("refused")(refused_command)
    app.command("returned")(returned_command)
    app.command("receipts")(receipts_command)
    app.command("listen")(listen_command)
    app.command("bounces")(bounces_command)
    app.command("publish")(publish_command)
    app.command("address")(address_command)
    app.command("do-not-contact")(refuse_command)
    app.command("allow-contact")(allow_command)


def delivered_command(
    evidence: Evidence,
    on: On,
    how: Annotated[str, typer.Option("--how", help="直接、留置、邮寄、委托、电子")],
    campaign: CampaignKey,
    by: By,
    numbers: Numbers = None,
    listed: Listed = None,
    witness: Annotated[str | None, typer.Option("--witness", help="见证人，留置送达用")] = None,
    note: Annotated[str | None, typer.Option("--note", help="说明；电子送达写同意的依据")] = None,
    as_json: AsJson = False,
) -> None:
    """登记送达，附送达回证。留置须有见证人或照片；电子须写同意的依据。"""
    wanted, way = _numbers(numbers, listed), notice_service.read_service(how)
    file = service.keep_evidence(evidence)
    word = notice_service.delivered(way, on, by, file, witness=witness, note=note)
    _record(campaign, wanted, word, as_json)


def service_sheet_command(
    number: Number,
    campaign: CampaignKey,
    county: Annotated[
        str, typer.Option("--county", parser=parse_county, metavar="县（区）", help="哪个县（区）")
    ],
    out: Annotated[Path, typer.Option("--out", help="写到哪个文件夹")] = Path("out/送达登记"),
    as_json: AsJson = False,
) -> None:
    """取送达登记表：列出该县（区）本轮纸质告知单，逐份填送达结果、日期和回证文件名。"""
    path = write_service_sheet(open_campaign(campaign), number, county, out)
    say(f"送达登记表写在 {path}。", as_json=as_json, file=str(path))


def service_import_command(
    file: Annotated[Path, typer.Argument(help="填好的送达登记表（xlsx、xls、ods、csv）")],
    campaign: CampaignKey,
    by: By,
    scans: Annotated[Path | None, typer.Option("--scans", help="扫描件在哪个文件夹，默认与表同处")] = None,
    as_json: AsJson = False,
) -> None:
    """导入送达登记表，逐行答复；同一份再导入没有变化。"""
    lines = take_service_sheet(open_campaign(campaign), file, scans or file.parent, by=by)
    show([asdict(line) for line in lines], columns=notice_words.RECORDED, as_json=as_json)
    if any(line.code for line in lines):
        raise typer.Exit(RuleRefused.exit_code)


def refused_command(
    on: On,
    reason: Reason,
    campaign: CampaignKey,
    by: By,
    numbers: Numbers = None,
    listed: Listed = None,
    evidence: OptionalEvidence = None,
    as_json: AsJson = False,
) -> None:
    """登记拒收（没有留置的）。"""
    _failed(NoticeState.REFUSED, campaign, numbers, listed, on, by, reason, evidence, as_json)


def returned_command(
    on: On,
    reason: Reason,
    campaign: CampaignKey,
    by: By,
    numbers: Numbers = None,
    listed: Listed = None,
    evidence: OptionalEvidence = None,
    as_json: AsJson = False,
) -> None:
    """登记退回：查无此单位、迁址、邮件退回等。"""
    _failed(NoticeState.RETURNED, campaign, numbers, listed, on, by, reason, evidence, as_json)


def receipts_command(
    file: Annotated[str | None, typer.Argument(help="短信平台推送的回执（JSON）；- 为标准输入")] = None,
    ask: Annotated[
        bool, typer.Option("--ask", help="向短信平台逐条查询还没有回执的短信（发出满 10 分钟、30 天以内的）")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """导入短信回执，或用 --ask 向短信平台查询；重复导入、查询不会重复计。"""
    if ask == bool(file):
        raise UsageTrouble("E1863", "请写回执文件，或用 --ask 查询，二者选一。")
    if ask:
        asking.check_can_ask()
        _heard(asking.ask_receipts(), as_json)
        return
    content = sys.stdin.read() if file == "-" else outcomes.read_told(Path(str(file)))
    _heard(outcomes.take_receipts(content), as_json)


def listen_command(
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="端口")] = 4210,
    host: Annotated[str, typer.Option("--host", help="地址；默认只在本机，前面另设反向代理（HTTPS）")] = HOST,
) -> None:
    """等短信平台把回执推送过来，直到停止；推送地址为 http://主机:端口/receipts/ 加 YINGBAO_RECEIPTS_TOKEN。"""
    token = token_of(get_settings())
    refuse_taken_port(port)
    say(f"等待短信回执：http://{host}:{port}/receipts/……（按 Ctrl+C 停止）")
    listen(host, port, token)


def bounces_command(
    path: Annotated[Path, typer.Argument(help="退信：.eml 文件、mbox 文件，或放 .eml 的文件夹")],
    as_json: AsJson = False,
) -> None:
    """导入退信；按我们的邮件编号认领，重复导入不会重复计。"""
    _heard(outcomes.take_bounces(path), as_json)


def publish_command(
    number: Number,
    campaign: CampaignKey,
    by: By,
    out: Annotated[Path, typer.Option("--out", help="写到哪个 CSV")] = Path("out/公众号名单.csv"),
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """写出可在公众号公布的名单：只有县（区）和单位名称，不含已申报的。"""
    count = publishing.publish(open_campaign(campaign), number, day_or_today(as_of), out, by=by)
    say(f"{count} 家，写在 {out}", as_json=as_json, units=count, file=str(out))


def address_command(
    by: By,
    unit: Annotated[str | None, typer.Argument(help=UNIT_HELP)] = None,
    mail: Annotated[str | None, typer.Option("--mail", help="邮箱")] = None,
    sms: Annotated[str | None, typer.Option("--sms", help="手机号码")] = None,
    listed: Annotated[
        Path | None,
        typer.Option("--list", help="名单（Excel、WPS、CSV）：单位名称或信用代码，邮箱、手机号码"),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看名单每一行会怎样")] = False,
    as_json: AsJson = False,
) -> None:
    """登记单位收告知单的邮箱或手机，单个或按名单；以前的留底。"""
    if listed:
        _tell_addresses(contacts.import_addresses(listed, by=by, rehearse=dry_run), as_json)
        return
    given = {way: address for way, address in (("mail", mail), ("sms", sms)) if address}
    if unit is None or not given or dry_run:
        raise UsageTrouble("E1550", "请写单位和 --mail 或 --sms，或用 --list 名单；--dry-run 只用于名单。")
    new = contacts.name_addresses(unit, given, by=by)
    say(f"单位 {unit}：{'已登记' if new else '没有变动'}。", as_json=as_json, unit=unit, new=new)


def _tell_addresses(rows: Sequence[contacts.AddressRow], as_json: bool) -> None:
    """Every row gets its answer; a refused one does not stop the others."""
    columns = {"row_no": "行", "name": "单位名称", "result": "结果", "code": "代码"}
    show([asdict(row) for row in rows], columns=columns, as_json=as_json)
    if any(row.code for row in rows):
        raise typer.Exit(RuleRefused.exit_code)


def refuse_command(
    unit: Unit, reason: Reason, by: By, channel: OneWay = None, as_json: AsJson = False
) -> None:
    """记入免打扰名单：以后不发（或不用某种方式发）。"""
    new = contacts.refuse(unit, _way(channel), by=by, reason=reason)
    say(f"单位 {unit}：{'已记入' if new else '原已在'}免打扰名单。", as_json=as_json, unit=unit, new=new)


def allow_command(
    unit: Unit, reason: Reason, by: By, channel: OneWay = None, as_json: AsJson = False
) -> None:
    """移出免打扰名单，包括因号码无效自动记入的。"""
    count = contacts.allow(unit, _way(channel), by=by, reason=reason)
    say(f"单位 {unit}：移出 {count} 条。", as_json=as_json, unit=unit, count=count)


def _way(channel: str | None) -> str | None:
    if channel is None:
        return None
    if channel not in WAYS:
        raise UsageTrouble("E1550", f"没有“{channel}”这种方式，请写 邮件 或 短信。")
    return WAYS[channel]


def _numbers(numbers: Sequence[str] | None, listed: Path | None) -> list[str]:
    found = [*(numbers or ()), *(service.read_numbers(listed) if listed else ())]
    if not found:
        raise UsageTrouble("E1550", "请写告知单编号，或用 --list 文件。")
    return found


def _failed(
    state: NoticeState,
    campaign: str,
    numbers: Sequence[str] | None,
    listed: Path | None,
    on: date,
    by: str,
    reason: str,
    evidence: Path | None,
    as_json: bool,
) -> None:
    file = service.keep_evidence(evidence) if evidence else None
    word = notice_service.failed(state, on, by, reason, file)
    _record(campaign, _numbers(numbers, listed), word, as_json)


def _record(campaign: str, numbers: Sequence[str], word: Word, as_json: bool) -> None:
    lines = service.record(open_campaign(campaign), numbers, word)
    show([asdict(line) for line in lines], columns=notice_words.RECORDED, as_json=as_json)
    if any(line.code for line in lines):
        raise typer.Exit(RuleRefused.exit_code)


def _heard(heard: Heard, as_json: bool) -> None:
    said = (
        f"新 {heard.new}，以前已有 {heard.known}，不是我们的 {heard.foreign}；状态有变的 {heard.settled} 份。"
    )
    say(said, as_json=as_json, **asdict(heard))
