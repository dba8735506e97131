"""`yingbao deadlines contact …` and `plan`: who answers for each county, and its own plan (C31)."""

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from deployments.cli import deadline_words
from deployments.cli.options import AsJson, By, CampaignKey, day_or_today, parse_day
from deployments.cli.output import say, say_json, show
from models.clock import today
from models.rules.contacts import read_person
from models.rules.membership import check_day
from models.rules.offices import office_code, office_names
from tasks.campaigns import open_campaign
from tasks.contacts import import_contacts, list_contacts, name_contact, receive_plan

contact_app = typer.Typer(help="联系人：登记、清单、批量导入。", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    app.add_typer(contact_app, name="contact")
    app.command("plan")(plan_command)


@contact_app.command("set")
def set_command(
    county: Annotated[str, typer.Argument(help="县（区）或柳州市，名称或代码")],
    name: Annotated[str, typer.Option("--name", help="姓名")],
    campaign: CampaignKey,
    by: By,
    phone: Annotated[str | None, typer.Option("--phone", help="电话")] = None,
    mail: Annotated[str | None, typer.Option("--mail", help="邮箱")] = None,
    bot: Annotated[str | None, typer.Option("--bot", help="群机器人地址（含密钥，只显示开头）")] = None,
    as_json: AsJson = False,
) -> None:
    """登记联系人；原来的留痕，新的从现在起收提醒。"""
    opened = open_campaign(campaign)
    office = office_code(opened, county)
    person = read_person(name, phone, mail, bot)
    changed = name_contact(opened, office, person, by=by)
    told = f"{office_names(opened)[office]}的联系人：{person.name}{'' if changed else '（与原来相同）'}。"
    if not (person.mail or person.bot):
        told += "没有邮箱和机器人地址，提醒只写入文件夹，需人工转告。"
    say(told, as_json=as_json, office=office, changed=changed)


@contact_app.command("list")
def list_command(campaign: CampaignKey, as_json: AsJson = False) -> None:
    """市级和每个县（区）的联系人；没有的列为错误行。"""
    rows = list_contacts(open_campaign(campaign))
    if not as_json:
        rows = [row | {"trouble": row["trouble"] and f"[{row['code']}] {row['trouble']}"} for row in rows]
    show(rows, columns=deadline_words.CONTACTS, as_json=as_json, title="联系人")


@contact_app.command("import")
def import_command(
    file: Annotated[Path, typer.Argument(help="xlsx 或 csv，列：县区、姓名、电话、邮箱、机器人地址")],
    campaign: CampaignKey,
    by: By,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只检查不保存")] = False,
    as_json: AsJson = False,
) -> None:
    """批量登记联系人，逐行答复；认不出的行不影响其他行。"""
    results = [asdict(one) for one in import_contacts(open_campaign(campaign), file, by=by, rehearse=dry_run)]
    wrong = sum(one["code"] is not None for one in results)
    if as_json:
        say_json({"rows": results, "wrong": wrong, "dry_run": dry_run})
        return
    show(results, columns=deadline_words.IMPORTED, title="联系人名单")
    say(f"共 {len(results)} 行，有问题 {wrong} 行{'（演算，没有保存）' if dry_run else ''}。")


def plan_command(
    file: Annotated[Path, typer.Argument(help="县（区）的实施方案，任何格式")],
    county: Annotated[str, typer.Option("--county", help="哪个县（区），名称或代码")],
    campaign: CampaignKey,
    by: By,
    as_of: Annotated[
        date | None, typer.Option("--as-of", parser=parse_day, metavar="日期", help="哪一天收到，默认今天")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """登记县（区）的实施方案，按校验码留存；最后一份有效。"""
    opened, day = open_campaign(campaign), day_or_today(as_of)
    check_day(day, today())
    office = office_code(opened, county)
    sha256 = receive_plan(opened, office, file, on=day, by=by)
    told = f"{office_names(opened)[office]}的实施方案已留存，校验码 {sha256[:12]}…。"
    say(told, as_json=as_json, county=office, sha256=sha256, on=day)
