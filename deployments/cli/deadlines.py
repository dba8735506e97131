"""`yingbao deadlines`: who owes what by when, what was handed in, and the reminders of every day (C25–C27, C30)."""

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from deployments.cli import contacts, deadline_words
from deployments.cli.options import AsJson, AsOf, By, CampaignKey, County, Reason, day_or_today, parse_day
from deployments.cli.output import county_names, say, say_json, show
from models.clock import today
from models.errors import UsageTrouble
from models.rules.membership import check_day
from models.rules.offices import office_code, office_names
from tasks.campaigns import open_campaign
from tasks.deadlines import TickReport
from tasks.deadlines import tick as run_tick
from tasks.obligations import accept, extend, hand_in, history, list_obligations, reminders, report_nothing
from tasks.obligations import send_back as take_back

app = typer.Typer(help="期限：县（区）事项、交回、受理、退回、延期、提醒、联系人。", no_args_is_help=True)
contacts.add_to(app)

Key = Annotated[str, typer.Argument(help="事项代号，如 summary-2024、monthly-2024-09（见 deadlines list）")]
Of = Annotated[str, typer.Option("--county", help="哪个县（区），名称或代码")]
On = Annotated[
    date | None, typer.Option("--as-of", parser=parse_day, metavar="日期", help="哪一天的事，默认今天")
]
File = Annotated[Path | None, typer.Argument(help="报送的文件；总结必须有")]
OptionalReason = Annotated[str | None, typer.Option("--reason", help="理由；县（区）未交而受理的必填")]


def past_day(as_of: date | None) -> date:
    day = day_or_today(as_of)
    check_day(day, today())
    return day


@app.command("list")
def list_command(
    campaign: CampaignKey, county: County = None, as_of: AsOf = None, as_json: AsJson = False
) -> None:
    """谁欠什么、期限、状态、逾期几天、答复了多少、谁负责。"""
    day = day_or_today(as_of)
    rows = [deadline_words.owed_row(row) for row in list_obligations(open_campaign(campaign), day, county)]
    show(rows, columns=deadline_words.OWED, as_json=as_json, title=f"县（区）事项，截至 {day}")


@app.command("return")
def return_command(
    key: Key,
    county: Of,
    campaign: CampaignKey,
    by: By,
    file: File = None,
    as_of: On = None,
    as_json: AsJson = False,
) -> None:
    """登记交回：总结、月度情况；文件按校验码留存。核对表用 verification return。"""
    opened, day = open_campaign(campaign), past_day(as_of)
    code = office_code(opened, county)
    kept = hand_in(opened, code, key, file, on=day, by=by)
    sha256 = kept[0] if kept else None
    said = f"，文件校验码 {sha256[:12]}…" if sha256 else ""
    told = f"{office_names(opened)[code]}的 {key} 于 {day} 交回{said}。"
    say(told, as_json=as_json, county=code, key=key, on=day, sha256=sha256)


@app.command("nothing")
def nothing_command(
    key: Key, county: Of, campaign: CampaignKey, by: By, as_of: On = None, as_json: AsJson = False
) -> None:
    """登记“无事项”：明确说没有，与没有回音不同。"""
    opened, day = open_campaign(campaign), past_day(as_of)
    code = office_code(opened, county)
    report_nothing(opened, code, key, on=day, by=by)
    told = f"{office_names(opened)[code]}的 {key} 于 {day} 报无事项。"
    say(told, as_json=as_json, county=code, key=key, on=day)


@app.command("accept")
def accept_command(
    key: Key,
    county: Of,
    campaign: CampaignKey,
    by: By,
    reason: OptionalReason = None,
    as_of: On = None,
    as_json: AsJson = False,
) -> None:
    """受理。核对的受理连同冻结基线，用 verification accept。"""
    opened, day = open_campaign(campaign), past_day(as_of)
    code = office_code(opened, county)
    accept(opened, code, key, on=day, by=by, reason=reason)
    say(
        f"{office_names(opened)[code]}的 {key} 于 {day} 受理。",
        as_json=as_json,
        county=code,
        key=key,
        on=day,
    )


@app.command("send-back")
def send_back_command(
    key: Key,
    county: Of,
    reason: Reason,
    campaign: CampaignKey,
    by: By,
    as_of: On = None,
    as_json: AsJson = False,
) -> None:
    """退回重报：重新计入未交，次日起重新提醒。"""
    opened, day = open_campaign(campaign), past_day(as_of)
    code = office_code(opened, county)
    take_back(opened, code, key, on=day, by=by, reason=reason)
    told = f"{office_names(opened)[code]}的 {key} 于 {day} 退回重报。"
    say(told, as_json=as_json, county=code, key=key, on=day)


@app.command("extend")
def extend_command(
    key: Key,
    until: Annotated[
        date, typer.Option("--until", parser=parse_day, metavar="日期", help="新的期限（含当天）")
    ],
    reason: Reason,
    campaign: CampaignKey,
    by: By,
    county: Annotated[str | None, typer.Option("--county", help="哪个县（区），名称或代码")] = None,
    everyone: Annotated[bool, typer.Option("--all", help="所有还没有交的县（区）")] = False,
    as_of: On = None,
    as_json: AsJson = False,
) -> None:
    """延期：原期限留痕，提醒按新期限重新排。"""
    if (county is None) != everyone:
        raise UsageTrouble("E1041", "请写明 --county 县（区），或 --all。")
    opened, day = open_campaign(campaign), past_day(as_of)
    code = office_code(opened, county) if county else None
    made = extend(opened, key, until=until, reason=reason, on=day, by=by, county=code)
    names = office_names(opened)
    told = f"{'、'.join(names[one] for one in made.counties) or '没有县（区）'}的 {key} 延期到 {until}。"
    if made.passed_over:
        told += (
            f"不需要延期：{'、'.join(f'{names[one]}（{why}）' for one, why in made.passed_over.items())}。"
        )
    say(told, as_json=as_json, key=key, until=until, counties=made.counties, passed_over=made.passed_over)


@app.command("reminders")
def reminders_command(campaign: CampaignKey, county: County = None, as_json: AsJson = False) -> None:
    """哪一天为哪一项发过哪一级提醒。"""
    rows = [deadline_words.sent_row(one) for one in reminders(open_campaign(campaign), county)]
    show(rows, columns=deadline_words.SENT, as_json=as_json, title="发出的提醒")


@app.command("history")
def history_command(key: Key, county: Of, campaign: CampaignKey, as_json: AsJson = False) -> None:
    """一个事项的全部经过：提醒、交回、退回、延期、受理。"""
    opened = open_campaign(campaign)
    code = office_code(opened, county)
    rows = [deadline_words.history_row(row) for row in history(opened, code, key)]
    title = f"{office_names(opened)[code]}　{key}"
    show(rows, columns=deadline_words.HISTORY, as_json=as_json, title=title)


@app.command("tick")
def tick_command(
    campaign: CampaignKey,
    as_of: AsOf = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看会发什么，不发也不保存")] = False,
    as_json: AsJson = False,
) -> None:
    """每日一次：开列新到的事项、发当天的提醒。同一天再运行不会重发，漏掉的日子下次补上。"""
    day = day_or_today(as_of)
    if not dry_run:
        check_day(day, today())
    report = run_tick(open_campaign(campaign), day, rehearse=dry_run)
    if as_json:
        say_json({**asdict(report), "dry_run": dry_run})
        return
    _tell(report, dry_run=dry_run)


def _tell(report: TickReport, *, dry_run: bool) -> None:
    say(f"{'演算，' if dry_run else ''}{report}。")
    rows: list[dict[str, Any]] = [asdict(one) for one in report.reminders]
    if rows:
        show(rows, columns={"county": "县（区）", "key": "事项", "name": "内容", "told": "提醒"})
    if dry_run:
        for one in report.digests:
            say(f"\n——— 给 {'、'.join(one.to)} ———\n{one.subject}\n\n{one.body}")
    if report.without_contact:
        names = "、".join(county_names().get(code, code) for code in report.without_contact)
        say(f"[E1291] 没有联系人：{names}。用 yingbao deadlines contact set 登记。")
