"""`yingbao targets`: who must declare and has not, by which rule, in which county; frozen lists (C08)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from deployments.cli import membership, target_words
from deployments.cli.options import AsJson, AsOf, By, CampaignKey, day_or_today
from deployments.cli.output import say, say_json, show
from deployments.cli.writing import writing_into
from models.campaign import Campaign
from models.clock import SHANGHAI
from models.errors import RuleRefused, UsageTrouble
from models.queries.county_totals import CountyTotal
from models.queries.targets import Wanted
from models.rules.county_words import county_code
from models.rules.targets import Flag, Rule
from models.target import SnapshotKind
from tasks.campaigns import open_campaign
from tasks.county_workbooks import write_workbooks
from tasks.explain import explain as explain_unit
from tasks.snapshots import freeze_lists, frozen_lists, verify_snapshots
from tasks.targets import count_counties, count_groups, count_rules, find_targets, list_units

app = typer.Typer(help="申报目标：计算、查看、解释、冻结、导出；基线之后的核销与新增。", no_args_is_help=True)

County = Annotated[
    str | None, typer.Option("--county", help="县（区）的代码或名称；“县区不明”看无法定位的单位")
]


def parse_instant(text: str) -> datetime:
    """An instant, or the end of a day; without a zone it is Shanghai's."""
    try:
        given = datetime.fromisoformat(text)
    except ValueError:
        raise UsageTrouble(
            "E1049", f"时刻“{text}”不对，请写成 2024-08-09 或 2024-08-09T17:30 的样子。"
        ) from None
    if len(text) <= len("2024-08-09"):
        given += timedelta(days=1)
    return given if given.tzinfo else given.replace(tzinfo=SHANGHAI)


KnownAt = Annotated[
    datetime | None,
    typer.Option(
        "--known-at",
        parser=parse_instant,
        metavar="时刻",
        help="按当时已入库的资料算：时刻或日期（当天24时），北京时间；默认现在",
    ),
]


def code_of(campaign: Campaign, county: str | None) -> str | None:
    return None if county is None else county_code(campaign, county)


def _show_counties(totals: Sequence[CountyTotal], campaign: Campaign, day: date, as_json: bool) -> None:
    """Two tables for people, because one is too wide for any screen; one document as JSON."""
    rows = [target_words.county_row(total, campaign) for total in totals]
    show(rows, columns=target_words.COUNTIES, as_json=as_json, title=f"申报目标，截至 {day}")
    if not as_json:
        columns = target_words.indicator_columns(campaign)
        show(rows, columns=columns, title="指标（已申报/应申报）")


@app.command()
def compute(
    campaign: CampaignKey,
    as_of: AsOf = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只算给我看，不保存")] = False,
    as_json: AsJson = False,
) -> None:
    """计算全部单位的申报目标，并给出各县（区）合计。"""
    opened, day = open_campaign(campaign), day_or_today(as_of)
    _show_counties(find_targets(opened, day, rehearse=dry_run), opened, day, as_json)


@app.command()
def totals(
    campaign: CampaignKey,
    as_of: AsOf = None,
    county: County = None,
    known_at: KnownAt = None,
    as_json: AsJson = False,
) -> None:
    """各县（区）的应申报、已申报、未申报和各项指标（已申报/应申报）。"""
    opened, day = open_campaign(campaign), day_or_today(as_of)
    _show_counties(count_counties(opened, day, known_at, code_of(opened, county)), opened, day, as_json)


@app.command()
def rules(
    campaign: CampaignKey,
    as_of: AsOf = None,
    county: County = None,
    as_json: AsJson = False,
) -> None:
    """每条规则纳入或排除了多少单位；合计等于全部单位。"""
    opened, day = open_campaign(campaign), day_or_today(as_of)
    rows = target_words.rule_rows(count_rules(opened, day, code_of(opened, county)), opened)
    show(rows, columns=target_words.RULES, as_json=as_json, title=f"按规则，截至 {day}")


@app.command("list")
def list_(
    campaign: CampaignKey,
    as_of: AsOf = None,
    county: County = None,
    declared: Annotated[
        bool | None, typer.Option("--declared/--undeclared", help="已申报，或未申报（不含待审核）")
    ] = None,
    rule: Annotated[Rule | None, typer.Option("--rule", help="只看这条规则的单位（也看被排除的）")] = None,
    flag: Annotated[Flag | None, typer.Option("--flag", help="只看有这个提示的单位")] = None,
    unsure: Annotated[bool | None, typer.Option("--unsure", help="只看待人工核对的")] = None,
    pending: Annotated[bool | None, typer.Option("--pending", help="只看申报待审核的")] = None,
    ownership: Annotated[str | None, typer.Option("--ownership", help="央企 或 国企")] = None,
    park: Annotated[str | None, typer.Option("--park", help="所在园区")] = None,
    group: Annotated[str | None, typer.Option("--group", help="集团代码，见 targets groups")] = None,
    known_at: KnownAt = None,
    limit: Annotated[int | None, typer.Option("--limit", help="最多列出多少个")] = None,
    as_json: AsJson = False,
) -> None:
    """列出单位：默认是应申报单位，按工作次序；加 --rule 也能看被排除的。"""
    opened, day = open_campaign(campaign), day_or_today(as_of)
    wanted = Wanted(
        county=code_of(opened, county),
        in_r=None if rule or flag else True,
        declared=declared,
        pending=False if declared is False and pending is None else pending,
        unsure=unsure,
        rule=rule,
        flag=flag,
        ownership=ownership,
        park=park,
        group=group,
        limit=limit,
    )
    rows = [target_words.unit_row(unit, opened) for unit in list_units(opened, day, wanted, known_at)]
    show(rows, columns=target_words.LISTED, as_json=as_json, title=f"{len(rows)} 个单位，截至 {day}")


@app.command()
def explain(
    employer: Annotated[str, typer.Argument(help="单位编号、统一社会信用代码或完整名称")],
    campaign: CampaignKey,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """一个单位为什么在或不在：规则、事实和来源、申报、名单、冻结记录。"""
    opened = open_campaign(campaign)
    found = explain_unit(opened, employer, day_or_today(as_of))
    if as_json:
        say_json(found)
        return
    say(f"单位 {found['employer_id']}，截至 {found['as_of']}：{found['answer']}")
    if target := found.get("target"):
        row = target_words.unit_row(target, opened)
        show([row], columns=target_words.LISTED)
    for key, (title, columns) in target_words.EVIDENCE.items():
        if rows := found.get(key):
            show(target_words.evidence_rows(key, rows, opened), columns=columns, title=title)


@app.command()
def groups(
    campaign: CampaignKey,
    as_of: AsOf = None,
    county: County = None,
    as_json: AsJson = False,
) -> None:
    """集团的下属单位有多少应申报、多少已申报。"""
    opened = open_campaign(campaign)
    found = count_groups(opened, day_or_today(as_of), code_of(opened, county))
    show([target_words.group_row(one) for one in found], columns=target_words.GROUPS, as_json=as_json)


@app.command()
def freeze(
    kind: Annotated[SnapshotKind, typer.Option("--kind", help="issued 下发清单，baseline 基线")],
    campaign: CampaignKey,
    by: By,
    as_of: AsOf = None,
    county: Annotated[str | None, typer.Option("--county", help="只冻结一个县（区），默认全部")] = None,
    reason: Annotated[str | None, typer.Option("--reason", help="理由，如县（区）逾期未返回")] = None,
    as_json: AsJson = False,
) -> None:
    """冻结下发清单或基线。冻结以后不能再改。"""
    opened = open_campaign(campaign)
    code = None if county is None else county_code(opened, county) or opened.city.code
    frozen = freeze_lists(opened, kind, day_or_today(as_of), by=by, county=code, reason=reason)
    rows = [target_words.frozen_row(one, opened) for one in frozen]
    show(rows, columns=target_words.FROZEN, as_json=as_json, title="已冻结")


@app.command()
def frozen(
    campaign: CampaignKey,
    as_json: AsJson = False,
) -> None:
    """已冻结的清单。"""
    opened = open_campaign(campaign)
    rows = [target_words.frozen_row(one, opened) for one in frozen_lists(opened)]
    show(rows, columns=target_words.FROZEN, as_json=as_json)


@app.command()
def verify(
    campaign: CampaignKey,
    number: Annotated[int | None, typer.Argument(help="清单编号，默认全部")] = None,
    as_json: AsJson = False,
) -> None:
    """按当时的日期和当时的资料重算冻结的清单，并与存档比对。"""
    opened = open_campaign(campaign)
    proofs = verify_snapshots(opened, number)
    rows: list[dict[str, Any]] = [target_words.proof_row(proof, opened) for proof in proofs]
    show(rows, columns=target_words.PROOFS, as_json=as_json, title="冻结清单核验")
    if broken := [str(proof.snapshot) for proof in proofs if not proof.holds]:
        raise RuleRefused("E1260", f"第 {'、'.join(broken)} 号清单与存档不一致。")


@app.command()
def export(
    campaign: CampaignKey,
    out: Annotated[Path, typer.Option("--out", help="写到哪个文件夹")] = Path("out"),
    as_of: AsOf = None,
    county: County = None,
    as_json: AsJson = False,
) -> None:
    """每个县（区）一个工作簿：名单、依据、状态；另有全市待核清单。信息核对用 verification issue。"""
    opened = open_campaign(campaign)
    with writing_into(out):
        files = write_workbooks(opened, day_or_today(as_of), out, code_of(opened, county))
    say(f"写出 {len(files)} 个文件，在 {out}/", as_json=as_json, files=[str(file) for file in files])


app.command("membership")(membership.table)
app.command("remove")(membership.remove_unit)
app.command("add")(membership.add_unit)
app.command("cancel")(membership.cancel_unit)
app.command("move")(membership.move_unit)
