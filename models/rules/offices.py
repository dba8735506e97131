"""Offices of a campaign: its counties, and the city they report to."""

from models.campaign import Campaign
from models.errors import UsageTrouble


def office_names(campaign: Campaign) -> dict[str, str]:
    """Code → name, the city first."""
    return {campaign.city.code: campaign.city.name} | campaign.county_names


def office_code(campaign: Campaign, words: str) -> str:
    """The code of the county or the city that a person means."""
    city = campaign.city
    known = {word: city.code for word in (city.code, city.name, city.bureau, "市级")}
    for one in campaign.counties:
        known |= dict.fromkeys((one.code, one.name, one.bureau, *one.aliases), one.code)
    if words not in known:
        raise UsageTrouble(
            "E1230",
            f"“{words}”不是本行动的县（区）。可用：{'、'.join(office_names(campaign).values())}。",
        )
    return known[words]
