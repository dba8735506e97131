"""Why a unit counts in a figure or does not, in words: the rule, and what decided it (1.7, C08)."""

from collections.abc import Mapping
from typing import Any

from models.campaign import Campaign
from models.rules.membership_words import addition_name, removal_name
from models.rules.reasons import programme_names
from models.rules.targets import Flag, Rule

POPULATIONS = {"R": "应申报 R", "N": "扩面目标 N", "E": "县（区）增加领域"}


def why_counted(row: Mapping[str, Any], campaign: Campaign) -> str:
    """One sentence for one row of the laid-out units."""
    parts = [_membership(row, campaign)] if row["population"] == "N" else [_rule(row, campaign)]
    parts.append(_declared(row))
    if row["population"] == "N" and not row["removed"] and not row["in_r"]:
        parts.append(f"现有资料显示：{_rule(row, campaign)}，待复核")
    return "；".join(part for part in parts if part)


def _membership(row: Mapping[str, Any], campaign: Campaign) -> str:
    if row["based"]:
        joined = "列入基线"
    elif row["added_on"] is None:
        joined = "基线日已申报，后失去审核通过记录，计入新增"
    else:
        joined = f"{row['added_on']} 新增（{addition_name(row['added_reason'], campaign)}）"
    if not row["removed"]:
        return joined
    return f"{joined}；{row['removed_on']} 核销（{removal_name(row['removed_reason'], campaign)}）"


def _rule(row: Mapping[str, Any], campaign: Campaign) -> str:
    if row["rule"] is None:
        return "当日没有这个单位的资料"
    told = [Rule(row["rule"]).told(campaign.stopped_months_limit)]
    if row["sector"]:
        told.append(next((one.name for one in campaign.sectors if one.key == row["sector"]), row["sector"]))
    if row["programmes"]:
        told.append(programme_names(row, campaign))
    told.append("人数不明" if row["headcount"] is None else f"{row['headcount']} 人")
    if row["flag"]:
        told.append(Flag(row["flag"]).told(campaign.stopped_months_limit))
    return "，".join(dict.fromkeys(told))


def _declared(row: Mapping[str, Any]) -> str:
    if row["declared"]:
        return f"{row['declared_on']} 起有有效审核通过记录"
    state = "申报待审核" if row["pending"] else "未申报"
    doubt = "，疑似已申报待人工核对" if row["unsure"] else ""
    own = f"，本系统 {row['own_on']} 审核通过、平台未显示" if row["own_on"] else ""
    return f"{state}{doubt}{own}"
