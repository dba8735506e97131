"""Which county a person means by a code, a name or one of its other names."""

from models.campaign import Campaign
from models.errors import UsageTrouble

UNKNOWN = ("县区不明", "不明")


def county_code(campaign: Campaign, words: str) -> str:
    """The code; the empty text for the units whose county nobody knows."""
    if words in UNKNOWN:
        return ""
    for county in campaign.counties:
        if words in (county.code, county.name, *county.aliases):
            return county.code
    names = "、".join(county.name for county in campaign.counties)
    raise UsageTrouble("E1230", f"“{words}”不是本行动的县（区）。可用：{names}、{UNKNOWN[0]}。")
