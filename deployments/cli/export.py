"""`yingbao export`: what analysts take away as xlsx, csv or parquet."""

from pathlib import Path
from typing import Annotated

import typer

from deployments.cli.options import AsJson, AsOf, CampaignKey, County, day_or_today
from deployments.cli.output import say
from deployments.cli.targets import KnownAt
from models.errors import UsageTrouble
from models.rules.months import read_month
from tasks.campaigns import open_campaign
from tasks.exporting import export_figures, export_units

app = typer.Typer(
    help="导出给分析人员：.xlsx、.csv 或 .parquet，按文件名的结尾决定。只读。", no_args_is_help=True
)
ToFile = Annotated[Path, typer.Argument(help="写到哪个文件，结尾是 .xlsx、.csv 或 .parquet")]
Month = Annotated[
    str | None, typer.Option("--month", help="已冻结的月份，如 2024-08：导出公布时的数字，不重算")
]


@app.command("units")
def units_command(
    file: ToFile,
    campaign: CampaignKey,
    county: County = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: AsJson = False,
) -> None:
    """某一天的全部用人单位：事实、是否应申报及依据、是否已申报。列的含义见 docs/analysis-views.md。"""
    day = day_or_today(as_of)
    rows = export_units(open_campaign(campaign), day, file, county=county, known_at=known_at)
    say(f"截至 {day} 的 {rows} 家单位写在 {file}。", as_json=as_json, file=str(file), rows=rows)


@app.command("figures")
def figures_command(
    file: ToFile,
    campaign: CampaignKey,
    county: County = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    month: Month = None,
    as_json: AsJson = False,
) -> None:
    """某一天的全部考核数字，每个县（区）、每个数一行：代号、名称、定义、数；率给出分子、分母和印出的文字。"""
    opened = open_campaign(campaign)
    if month is None:
        day = day_or_today(as_of)
        rows = export_figures(opened, file, as_of=day, known_at=known_at, county=county)
        of_what = f"截至 {day} "
    elif as_of or known_at:
        raise UsageTrouble("E1910", "--month 导出公布时的数字，不能再写 --as-of 或 --known-at。")
    else:
        month = read_month(month)
        rows = export_figures(opened, file, month=month, county=county)
        of_what = f"{month} 公布"
    said = f"{of_what}的数字共 {rows} 行写在 {file}。"
    say(said, as_json=as_json, file=str(file), rows=rows)
