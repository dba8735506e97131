"""A zone in the campaign file: read with its days, and every slip named by line and key (M05)."""

from datetime import date
from pathlib import Path

import pytest

from models.campaign import load_campaign
from models.campaign_file import CampaignRefused
from tests.make_targets import campaign_on_file
from tests.make_zones import ZONE, campaign_file

SECOND = ZONE.replace("4502K1", "4502K2").replace("柳东新区", "新城").replace("柳州汽车城", "东城")


def test_a_zone_stands_on_its_days_and_the_counties_always(tmp_path: Path) -> None:
    campaign = load_campaign(campaign_file(tmp_path))
    shipped = campaign_on_file().county_names
    assert campaign.county_names == shipped | {"4502K1": "柳东新区"}
    assert campaign.names_on(date(2024, 12, 31)) == shipped
    assert campaign.names_on(date(2025, 1, 1)) == campaign.county_names
    assert campaign.names_on(date(2025, 10, 31)) == campaign.county_names
    assert campaign.names_on(date(2025, 11, 1)) == shipped


MISTAKES = {
    "没有母县区": ('parent = "450203"\n', "", "counties[11].code", "不是 GB/T 2260 的县（区）代码"),
    "母县区不存在": ('parent = "450203"', 'parent = "450209"', "counties[11].parent", "不是本行动的县（区）代码"),
    "没有起始日": ("valid_from = 2025-01-01\n", "", "counties[11].parent", "要写 valid_from"),
    "起止颠倒": ("valid_to = 2025-10-31", "valid_to = 2024-10-31", "counties[11].valid_to", "早于 valid_from"),
    "用了国标代码": ('code = "4502K1"', 'code = "450205"', "counties[11].code", "功能区请另编"),
    "别市的代码": ('code = "4502K1"', 'code = "4503K1"', "counties[11].code", "不属于柳州市"),
    "代码写法不对": ('code = "4502K1"', 'code = "柳东"', "counties[11].code", "写法不对"),
    "没有的乡镇": ('"450203100"', '"450203999"', "counties[11].towns[1]", "不是本市乡镇（街道）的 9 位代码"),
    "日期加了引号": ("2025-01-01", '"2025-01-01"', "counties[11].valid_from", "应为日期"),
    "名称已用": ('name = "柳东新区"', 'name = "柳北区"', "counties[11].aliases", "“柳北区”重复"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "key", "message"), MISTAKES.values(), ids=MISTAKES)
def test_a_slip_is_named_by_line_and_key(tmp_path: Path, old: str, new: str, key: str, message: str) -> None:
    assert old in ZONE
    path = campaign_file(tmp_path, ZONE.replace(old, new))
    with pytest.raises(CampaignRefused) as refused:
        load_campaign(path)
    found = {one.key: one for one in refused.value.mistakes}
    assert message in found[key].message
    written = path.read_text("utf-8").splitlines()
    zone = written.index(ZONE.splitlines()[0], len(written) - 12) + 1
    assert zone <= found[key].line <= len(written)


@pytest.mark.parametrize(
    ("second", "refused"),
    [
        pytest.param(SECOND, True, id="同一天两个功能区"),
        pytest.param(SECOND.replace("2025-01-01", "2025-11-01").replace("2025-10-31", "2025-12-31"), False, id="前后相接"),
    ],
)  # fmt: skip
def test_a_town_lies_in_one_zone_at_a_time(tmp_path: Path, second: str, refused: bool) -> None:
    path = campaign_file(tmp_path, ZONE + second)
    if not refused:
        assert len(load_campaign(path).counties) == 12
        return
    with pytest.raises(CampaignRefused, match=r"counties\[12\].towns\[1\]：.*已划给柳东新区"):
        load_campaign(path)


def test_dates_are_for_zones_alone(tmp_path: Path) -> None:
    text = campaign_file(tmp_path, "").read_text("utf-8")
    path = tmp_path / "dated.toml"
    path.write_text(text.replace('name = "柳江区"', 'name = "柳江区"\nvalid_from = 2025-01-01'), "utf-8")
    with pytest.raises(CampaignRefused, match=r"counties\[5\].valid_from：只用于写了 parent 的功能区"):
        load_campaign(path)


def test_a_word_of_the_zone_may_lead_to_its_parent_at_intake_and_nowhere_else(tmp_path: Path) -> None:
    path = campaign_file(tmp_path)
    assert load_campaign(path).region_aliases["柳东新区"] == "450203"
    wrong = path.read_text("utf-8").replace('"柳东新区" = "450203"', '"柳东新区" = "450205"')
    path.write_text(wrong, "utf-8")
    with pytest.raises(CampaignRefused, match=r"region_aliases.柳东新区：“柳东新区”已是柳东新区的名称"):
        load_campaign(path)
