"""Options that many commands share."""

import getpass
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from deployments.cli.output import county_names
from models.clock import today
from models.errors import UsageTrouble
from models.settings import get_settings


def parse_day(text: str) -> date:
    """A day as 2024-08-09; anything else is a usage error in Chinese."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageTrouble("E1041", f"日期“{text}”不对，请写成 2024-08-09 的样子。") from None


def parse_county(text: str) -> str:
    """A county by its code or its name, as 450206, 柳江区 or 三江侗族自治县."""
    names = county_names()
    found = {code for code, name in names.items() if text in (code, name)}
    if len(found) != 1:
        raise UsageTrouble("E1045", f"没有叫“{text}”的县（区）。可以写：{'、'.join(names.values())}。")
    return found.pop()


def usual_campaign() -> str:
    """The campaign of this installation, where none is named."""
    return get_settings().campaign


AsJson = Annotated[bool, typer.Option("--json", help="输出一个 JSON 文档")]
AsOf = Annotated[
    date | None, typer.Option("--as-of", parser=parse_day, metavar="日期", help="截至哪一天，默认今天")
]
County = Annotated[
    str | None,
    typer.Option("--county", parser=parse_county, metavar="县（区）", help="只看一个县（区），名称或代码"),
]
By = Annotated[str, typer.Option("--by", help="谁作的决定", default_factory=getpass.getuser)]
Reason = Annotated[str, typer.Option("--reason", help="理由（必填，留痕）")]
Out = Annotated[Path, typer.Option("--out", help="输出文件夹")]
CampaignKey = Annotated[
    str,
    typer.Option("--campaign", help="行动文件的代号或路径", default_factory=usual_campaign),
]


def day_or_today(as_of: date | None) -> date:
    return as_of or today()
