"""`yingbao export`: what analysts take away as xlsx, csv or parquet."""

from pathlib import Path
from typing import Annotated

import typer

from deployments.cli.options import AsJson, AsOf, CampaignKey, County, day_or_today
from deployments.cli.output import say
from tasks.campaigns import open_campaign
from tasks.exporting import export_units

app = typer.Typer(
    help="导出给分析人员：.xlsx、.csv 或 .parquet，按文件名的结尾决定。只读。", no_args_is_help=True
)
ToFile = Annotated[Path, typer.Argument(help="写到哪个文件，结尾是 .xlsx、.csv 或 .parquet")]


@app.command("units")
def units_command(
    file: ToFile, campaign: CampaignKey, county: County = None, as_of: AsOf = None, as_json: AsJson = False
) -> None:
    """某一天的全部用人单位：事实、是否应申报及依据、是否已申报。列的含义见 docs/analysis-views.md。"""
    day = day_or_today(as_of)
    rows = export_units(open_campaign(campaign), day, file, county=county)
    say(f"截至 {day} 的 {rows} 家单位写在 {file}。", as_json=as_json, file=str(file), rows=rows)
