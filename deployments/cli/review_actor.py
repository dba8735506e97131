"""Who acts in `yingbao review`: a county, the city, the region, an employer by its number, or the help desk (1.1)."""

from typing import Annotated

import typer

from deployments.cli.output import county_names
from models.errors import UsageTrouble
from models.filing import Level
from models.rules.review import Actor

CITY, REGION, DESK = "市级", "自治区", "在线咨询"
EMPLOYER = "单位:"
As = Annotated[
    str,
    typer.Option(
        "--as",
        metavar="身份",
        help="以谁的身份：县（区）名称或代码、市级、自治区、单位:注册编号、在线咨询",
    ),
]


def actor_of(said: str, by: str) -> Actor:
    """柳江区, 450206, 市级, 自治区, 单位:12 or 在线咨询, and the person who does it."""
    words = said.strip().replace("：", ":")
    number = words.removeprefix(EMPLOYER)
    if number != words and number.isascii() and number.isdigit():
        return Actor(Level.EMPLOYER, str(int(number)), by)
    city = city_code()
    offices = {CITY: (Level.CITY, city), city: (Level.CITY, city)}
    offices |= {word: (Level.REGION, region_of(city)) for word in (REGION, region_of(city))}
    offices |= {DESK: (Level.DESK, DESK)}
    names = county_names()
    offices |= {word: (Level.COUNTY, code) for code, name in names.items() for word in (code, name)}
    if words not in offices:
        known = "、".join((*names.values(), CITY, REGION, f"{EMPLOYER}编号", DESK))
        raise UsageTrouble("E1700", f"不知道“{said}”是谁。--as 可以写：{known}。")
    level, code = offices[words]
    return Actor(level, code, by)


def city_code() -> str:
    return f"{next(iter(county_names()))[:4]}00"


def region_of(city: str) -> str:
    return f"{city[:2]}0000"
