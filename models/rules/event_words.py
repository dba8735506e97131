"""The codes inside a recorded event as people read them: {finding:operating} is 正常生产经营."""

import re

from models.campaign import Campaign
from models.rules.membership_words import addition_name, removal_name
from models.rules.verdicts import words

ANSWERS = {"accepted": "接收", "refused": "不接收", "withdrawn": "撤回"}
LINKS = {"sure": "确认为该单位", "unsure": "待人工核对", "rejected": "认定不是该单位"}
METHODS = {
    "code": "信用代码相同",
    "code_damaged": "信用代码差一两位、名称相符",
    "code_renamed": "信用代码相同、已更名",
    "legacy": "注册号相同",
    "name_county": "名称和县（区）相同",
    "sibling": "与该单位另一条申报相符",
    "model": "按证据评分",
    "person": "人工判断",
}
MARK = re.compile(r"\{(finding|removed|added|county|answer|link|method):([^{}]*)\}")


def in_words(told: str, campaign: Campaign) -> str:
    """A code that this version does not know stays as it is."""
    return MARK.sub(lambda mark: _word(mark[1], mark[2], campaign), told)


def _word(kind: str, code: str, campaign: Campaign) -> str:
    match kind:
        case "removed":
            return removal_name(code, campaign)
        case "added":
            return addition_name(code, campaign)
        case "county":
            return campaign.county_names.get(code, code or "县区不明")
        case "finding":
            return {str(one): said for one, said in words(campaign.stopped_months_limit).items()}.get(
                code, code
            )
    return {"answer": ANSWERS, "link": LINKS, "method": METHODS}[kind].get(code, code)
