"""`yingbao survey YEAR`: the sample of the yearly survey with its data sheets (C19)."""

from pathlib import Path
from typing import Annotated

import typer

from deployments.cli.options import AsJson, AsOf, CampaignKey, Out, day_or_today
from deployments.cli.output import county_names, say_json, show
from tasks.campaigns import open_campaign
from tasks.survey import draw_survey
from tasks.survey_book import ELSE, write_survey

COLUMNS = {"county": "县（区）", "sector": "行业", "staff": "人数", "population": "单位数", "drawn": "抽取"}


def survey(
    year: Annotated[int, typer.Argument(help="年度")],
    campaign: CampaignKey,
    size: Annotated[int, typer.Option("--size", help="共抽取多少家")] = 100,
    seed: Annotated[int, typer.Option("--seed", help="随机种子：同一种子、同一天的数据，结果相同")] = 1,
    everyone: Annotated[
        bool, typer.Option("--everyone", help="从全部应申报单位抽，默认只从严重行业抽")
    ] = False,
    out: Out = Path("out/调研"),
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """抽取年度调研的单位，写出调研表和完成情况汇总。"""
    opened, day = open_campaign(campaign), day_or_today(as_of)
    drawn = draw_survey(opened, year, day, wanted=size, seed=seed, everyone=everyone)
    path = write_survey(opened, drawn, out)
    names = {sector.key: sector.name for sector in opened.sectors}
    rows = [
        {
            "county": county_names().get(county, "县区不明"),
            "sector": names.get(sector, ELSE),
            "staff": staff,
            "population": one.population,
            "drawn": len(one.units),
        }
        for (county, sector, staff), one in drawn.strata.items()
    ]
    if as_json:
        units = [unit["employer_id"] for unit in drawn.units]
        say_json({"file": str(path), "as_of": day, "seed": seed, "strata": rows, "units": units})
    else:
        show(
            rows,
            columns=COLUMNS,
            title=f"共 {len(drawn.population)} 家，抽取 {len(drawn.units)} 家，写在 {path}",
        )
