"""Which line a unit counts in on a day: by hand, and in SQL as by the rule on units nobody thought of (M05)."""

import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from models.actions.target_zones import line_expression
from models.campaign import Campaign, load_campaign
from models.rules.zones import line_on
from tests.make_targets import campaign_on_file
from tests.make_zones import PARENT, TOWN, ZONE, ZONE_CODE, campaign_file

CITY, OTHER = "450200", "450206"
INSIDE, BEFORE, AFTER = date(2025, 6, 1), date(2024, 12, 31), date(2025, 11, 1)
IN_ZONE = "鱼峰区柳东新区雒容镇强容路"


@pytest.fixture
def campaign(tmp_path: Path) -> Campaign:
    second = (
        ZONE.replace("4502K1", "4502K2").replace("柳东新区", "阳和新区").replace("柳州汽车城", "阳和工业园")
    )
    second = second.replace('towns = ["450203100"]\n', "").replace("2025-01-01", "2025-05-01")
    return load_campaign(campaign_file(tmp_path, ZONE + second))


CASES = {
    "乡镇在功能区": ((PARENT, TOWN, None), INSIDE, ZONE_CODE),
    "地址写了功能区": ((PARENT, None, IN_ZONE), INSIDE, ZONE_CODE),
    "地址写了别名": ((PARENT, None, "柳州汽车城大道1号"), INSIDE, ZONE_CODE),
    "县区不明但地址写了": ((None, None, IN_ZONE), INSIDE, ZONE_CODE),
    "只写了市但地址写了": ((CITY, None, IN_ZONE), INSIDE, ZONE_CODE),
    "母县区的其他单位": ((PARENT, "450203001", "驾鹤路"), INSIDE, PARENT),
    "别的县区的单位不动": ((OTHER, None, IN_ZONE), INSIDE, OTHER),
    "前一日": ((PARENT, TOWN, IN_ZONE), BEFORE, PARENT),
    "起始日": ((PARENT, TOWN, None), date(2025, 1, 1), ZONE_CODE),
    "最后一日": ((PARENT, TOWN, None), date(2025, 10, 31), ZONE_CODE),
    "撤销以后": ((PARENT, TOWN, None), AFTER, PARENT),
    "划转到功能区的": ((ZONE_CODE, None, None), INSIDE, ZONE_CODE),
    "划转到还没有的功能区": ((ZONE_CODE, None, None), BEFORE, PARENT),
    "两个都写的归文件里在前的": ((PARENT, None, "阳和新区与柳东新区交界"), INSIDE, ZONE_CODE),
    "什么也不知道": ((None, None, None), INSIDE, None),
}


def asked(db: Session, campaign: Campaign, unit: tuple[Any, ...], day: date) -> str | None:
    line, given = line_expression(campaign, day, "e.county")
    county, town, address = unit
    facts = """(SELECT CAST(:county AS text) AS county, CAST(:town AS text) AS town, CAST(:address AS text) AS address,
        CAST(NULL AS text) AS registered_address) e"""
    values = given | {"county": county, "town": town, "address": address, "city": CITY}
    return db.scalar(text(f"SELECT {line} FROM {facts}"), values)


@pytest.mark.parametrize(("unit", "day", "expected"), CASES.values(), ids=CASES)
def test_the_line_of_a_unit(
    db: Session, campaign: Campaign, unit: tuple[Any, ...], day: date, expected: str | None
) -> None:
    assert line_on(*unit, campaign.counties, CITY, day) == expected
    assert asked(db, campaign, unit, day) == expected


def test_random_units_are_placed_alike(db: Session, campaign: Campaign) -> None:
    dice = random.Random(7)
    counties = [None, CITY, PARENT, OTHER, ZONE_CODE, "4502K2", "450102"]
    addresses = [None, "", IN_ZONE, "阳和新区和信路", "柳石路", "柳州汽车城与阳和工业园"]
    days = [BEFORE, date(2025, 1, 1), date(2025, 4, 30), date(2025, 5, 1), INSIDE, AFTER]
    for _ in range(300):
        unit = (dice.choice(counties), dice.choice([None, TOWN, "450206100"]), dice.choice(addresses))
        day = dice.choice(days)
        assert asked(db, campaign, unit, day) == line_on(*unit, campaign.counties, CITY, day), (unit, day)


def test_without_zones_nothing_is_asked() -> None:
    assert line_expression(campaign_on_file(), INSIDE, "here") == ("here", {})
