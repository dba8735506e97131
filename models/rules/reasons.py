"""Why a unit is on the list and what state it is in, in the words a county reads (C08, C09)."""

from collections.abc import Mapping
from typing import Any

from models.campaign import Campaign
from models.inbound import Kind
from models.rules.targets import Flag
from models.state import State

FOUND = {
    Kind.SURVEY: "现状调查有危害因素",
    Kind.ASSOCIATION: "协会名单有危害因素",
    Kind.LEAD: "线索",
    Kind.PROGRAMME: "专项名单（专项名称待核）",
    Kind.REGISTRY: "名册写有危害因素",
}


def why_listed(unit: Mapping[str, Any], campaign: Campaign) -> str:
    """Every ground, the deciding one first: 严重行业：冶金；专项名单：帮扶 …"""
    grounds = [_sector(unit, campaign)]
    if unit["programmes"]:
        grounds.append(f"专项名单：{programme_names(unit, campaign)}")
    grounds += [_found(way) for way in unit["found"]]
    if unit["risk"] in campaign.scope.catalogue_risks:
        grounds.append(f"国家风险分类目录：{unit['risk']}")
    if unit.get("extra"):
        grounds.append(f"县（区）增加行业：{unit['extra']}")
    return "；".join(ground for ground in grounds if ground)


def programme_names(unit: Mapping[str, Any], campaign: Campaign) -> str:
    names = {programme.key: programme.name for programme in campaign.programmes}
    return "、".join(names.get(key, key) for key in unit["programmes"])


def state_text(unit: Mapping[str, Any], campaign: Campaign) -> str:
    """Operating state, what to look at, and how far its declaration is."""
    since = f"（{unit['state_on']}起）" if unit["state_on"] and unit["state"] != State.OPERATING else ""
    words = [f"{unit['state'] or '状态不明'}{since}"]
    if unit["flag"] and unit["flag"] != Flag.STATE_UNKNOWN:
        words.append(Flag(unit["flag"]).told(campaign.stopped_months_limit))
    if unit["pending"]:
        words.append("申报待审核")
    if unit["unsure"]:
        words.append("疑似已申报，待人工核对")
    return "；".join(words)


def declared_day(unit: Mapping[str, Any]) -> str | None:
    """The day of approval; 推定 where the export gave none (Q1)."""
    if unit["declared_on"] is None:
        return None
    return f"{unit['declared_on']}{'（推定）' if unit.get('presumed') else ''}"


def _sector(unit: Mapping[str, Any], campaign: Campaign) -> str | None:
    names = {sector.key: sector.name for sector in campaign.sectors}
    if not unit["sector"]:
        return None
    argued = f"（{unit['borderline']}，归类可议）" if unit["borderline"] else ""
    return f"严重行业：{names.get(unit['sector'], unit['sector'])}{argued}"


def _found(way: str) -> str:
    kind, _, channel = way.partition(":")
    return f"{FOUND.get(Kind(kind), kind)}{'：' if channel else ''}{channel}"
