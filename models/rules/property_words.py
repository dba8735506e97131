"""What a value of a property is called in a table (C17): sectors by name, rungs as stages, towns as they are called."""

from models.campaign import Campaign
from models.fieldwork import Rung
from models.reference.words import industry_text, town_name
from models.rules.figure_words import figure_name

UNSAID = "（未登记）"
NONE = {
    "sector": "其他行业",
    "programme": "（不在名单）",
    "indicator": "（不计入指标）",
    "department": "（未对应部门）",
    "group": "（不属集团）",
    "rung": "（尚未告知）",
}


def property_word(campaign: Campaign, key: str, value: str) -> str:
    """A value that is its own name stays as it is."""
    if not value:
        return NONE.get(key, UNSAID)
    match key:
        case "sector":
            return figure_name(f"sector:{value}", campaign)
        case "indicator":
            return figure_name(value, campaign)
        case "programme":
            return next((one.name for one in campaign.programmes if one.key == value), value)
        case "rung":
            return Rung(int(value)).words
        case "town":
            return town_name(value) or value
        case "industry":
            return industry_text(value)
    return value
