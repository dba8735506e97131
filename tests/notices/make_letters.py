"""Letters with sound defaults: an ironworks in 拉堡镇."""

from datetime import date
from typing import Any

from models.campaign import Campaign
from models.rules.notice_words import Variant
from notices.letter import LetterData
from tasks.campaigns import open_campaign

BUREAU = "柳江区卫生健康局"


def campaign() -> Campaign:
    return open_campaign("liuzhou-2024-2025")


def make_letter(number: int = 1, **changes: Any) -> LetterData:
    links = campaign().links
    given: dict[str, Any] = {
        "number": f"450206-{number:05d}",
        "employer": "柳州市鑫鸿铸造有限公司",
        "section": "制造业",
        "division": "黑色金属冶炼和压延加工业",
        "group": "炼铁",
        "hazards": ("矽尘（游离SiO2含量≥10%）", "煤尘", "噪声"),
        "diseases": ("矽肺", "煤工尘肺", "噪声聋"),
        "variant": Variant.DECLARE,
        "bureau": BUREAU,
        "day": date(2024, 8, 9),
        "manual": links.manual,
        "platform": links.platform,
        "county": "柳江区",
        "town": "拉堡镇",
        "address": "柳江区拉堡镇柳堡路1号",
        "phone": "0772-7212345",
    }
    return LetterData(**given | changes)
