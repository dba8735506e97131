"""Before and after, as people read them in a receipt."""

from collections.abc import Mapping
from typing import Any

from models.rules.verdicts import words
from models.verification import Finding
from tasks.verification.checking import Desk
from tasks.verification.layout import CORRECTIONS


def verdict_words(said: Mapping[str, Any], desk: Desk) -> str:
    """停产≤6个月（2024-05-01 起）"""
    beside = [
        f"{said['since']} 起" if said["since"] else "",
        f"接收：{desk.names.get(said['other_county'], said['other_county'])}" if said["other_county"] else "",
        f"与单位 {said['duplicate_of']} 重复" if said["duplicate_of"] else "",
        f"申报编号 {said['declaration_no']}" if said["declaration_no"] else "",
        said["note"] or "",
    ]
    told = "，".join(filter(None, beside))
    return words(desk.months)[Finding(said["finding"])] + (f"（{told}）" if told else "")


def correction_words(facts: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """更正人数：25 → 30. A phone number is not told, only that it changed."""
    told = []
    for fact, value in facts.items():
        change = "已更正" if fact == "phone" else f"{now[fact] if now[fact] is not None else '空'} → {value}"
        told.append(f"{CORRECTIONS[fact]}：{change}")
    return "；".join(told)
