"""Which severe sector a code belongs to (C02, C22, 2.4, Q7)."""

from pathlib import Path

import pytest

from models.campaign import load_campaign
from models.campaign_parts import Borderline, ExtraSector, Sector
from models.reference import industries
from models.rules.sectors import extra_table, sector_of, sector_table

SECTORS = load_campaign(Path("deployments/campaigns/liuzhou-2024-2025.toml")).sectors
CODES = [row["code"] for row in industries().iter_rows(named=True) if row["level"] != "门类"]


@pytest.mark.parametrize(
    ("industry", "sector"),
    [
        ("06", "mining"),
        ("0810", "mining"),
        ("1019", "mining"),
        ("07", None),
        ("1110", None),
        ("3110", "metallurgy"),
        ("3216", "metallurgy"),
        ("2511", "chemical"),
        ("2614", "chemical"),
        ("2710", None),
        ("30", "building_materials"),
        ("3011", "building_materials"),
        ("305", "building_materials"),
        ("3073", "building_materials"),
        ("3311", None),
        ("4411", None),
        ("3", None),
        ("", None),
        (None, None),
    ],
)
def test_sector_of(industry: str | None, sector: str | None) -> None:
    assert sector_of(industry, SECTORS) == sector


def switched(name: str, included: bool) -> list[Sector]:
    """The campaign's sectors with one borderline group decided."""
    return [
        sector.model_copy(
            update={
                "borderline": tuple(
                    group.model_copy(update={"included": included}) if group.name == name else group
                    for group in sector.borderline
                )
            }
        )
        for sector in SECTORS
    ]


@pytest.mark.parametrize(
    ("group", "included", "industry", "sector"),
    [
        ("玻璃制品", False, "3054", None),
        ("玻璃制品", False, "305", None),
        ("玻璃制品", False, "3041", "building_materials"),
        ("日用、特种等陶瓷", False, "3074", None),
        ("日用、特种等陶瓷", False, "3071", "building_materials"),
        ("有色金属冶炼和压延", False, "3216", None),
        ("医药制造", True, "2710", "chemical"),
        ("石油和天然气开采", True, "0710", "mining"),
    ],
)
def test_a_borderline_group_can_be_switched(
    group: str, included: bool, industry: str, sector: str | None
) -> None:
    assert sector_of(industry, switched(group, included)) == sector


def test_table_agrees_with_the_single_question() -> None:
    table = {row.code: row.sector for row in sector_table(SECTORS, CODES)}
    assert table == {code: sector for code in CODES if (sector := sector_of(code, SECTORS))}
    assert set(table.values()) == {sector.key for sector in SECTORS}


@pytest.mark.parametrize(
    ("code", "group"),
    [
        ("32", "有色金属冶炼和压延"),
        ("3216", "有色金属冶炼和压延"),
        ("3110", None),
        ("3054", "玻璃制品"),
        ("3071", None),
    ],
)
def test_borderline_codes_stay_visible(code: str, group: str | None) -> None:
    rows = {row.code: row.borderline for row in sector_table(SECTORS, CODES)}
    assert rows[code] == group


def test_county_extras_stay_apart() -> None:
    """C22: adding a field leaves the severe sectors as they are, and takes nothing from them."""
    extras = [
        ExtraSector(county="450203", name="汽车制造", codes=("C36",)),
        ExtraSector(county="450224", name="采选", codes=("B10", "C20")),
    ]
    rows = extra_table(extras, SECTORS, CODES)
    assert {row.county for row in rows if row.code == "3660"} == {"450203"}
    assert "1011" not in {row.code for row in rows}
    assert ("450224", "2011", "采选") in rows


def test_longer_code_of_another_sector_wins() -> None:
    sectors = [
        Sector(key="a", name="甲", codes=("26",)),
        Sector(
            key="b",
            name="乙",
            codes=("264",),
            borderline=(Borderline(name="丙", codes=("2645",), included=False, why="试"),),
        ),
    ]
    assert [sector_of(code, sectors) for code in ("2611", "2641", "2645")] == ["a", "b", None]
