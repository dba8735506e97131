"""Declarations with nothing wrong, as JSON documents, and what else is known of their units."""

import random
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

Document = dict[str, Any]
LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
COUNTIES = [
    "450202",
    "450203",
    "450204",
    "450205",
    "450206",
    "450222",
    "450223",
    "450224",
    "450225",
    "450226",
]
INDUSTRIES = ["2411", "3011", "3110", "3391", "2614", "1011", "3670", "2021"]
FACTORS = {
    "dust": ["矽尘", "煤尘", "水泥粉尘", "电焊烟尘", "铸造粉尘"],
    "chemical": ["苯", "甲苯", "一氧化碳", "氨", "铅及其化合物（不包括四乙基铅）"],
    "physical": ["噪声", "高温", "振动"],
    "radioactive": ["密封放射源产生的电离辐射"],
    "biological": ["布鲁氏菌"],
    "other": ["金属烟"],
}
DAY = date(2024, 9, 2)


@dataclass
class Filed:
    """One declaration with what the checks may know beside it, and the codes of what was planted."""

    document: Document
    on: date = DAY
    unit: dict[str, Any] = field(default_factory=dict)
    last: Document | None = None
    last_on: date | None = None
    registered: dict[str, Any] = field(default_factory=dict)
    principal: str | None = None
    parents: set[str] = field(default_factory=set)
    planted: set[str] = field(default_factory=set)


def sound(number: int, dice: random.Random) -> Filed:
    """The number-th declaration: a first one, a change or an update, in one of the forms that are right."""
    document: Document = {"type": "初次申报", "year": 2024, "basics": _basics(number, dice)}
    exposed = document["basics"]["exposed"]
    document["products"] = dice.choice(PRODUCTS)(dice)
    document["hazards"] = _hazards(dice, exposed)
    document["monitoring"] = _monitoring(dice)
    document["surveillance"] = _surveillance(dice, document["hazards"])
    made = Filed(document)
    _with_history(made, dice)
    basics = document["basics"]
    made.unit = {name: basics[name] for name in ("name", "industry", "size", "headcount")}
    made.registered = {name: basics[name] for name in ("credit_code", "is_branch", "county")}
    return made


def sound_first(facts: Document, on: date, dice: random.Random) -> Document:
    """A first declaration of a firm with these facts, filed on that day."""
    basics = _basics(0, dice) | facts
    basics["exposed"] = dice.randint(10, basics["headcount"])
    document: Document = {"type": "初次申报", "year": on.year, "basics": basics, "event_on": None}
    document["products"] = dice.choice(PRODUCTS)(dice)
    document["hazards"] = _hazards(dice, basics["exposed"])
    document["monitoring"] = _monitoring(dice)
    document["surveillance"] = _surveillance(dice, document["hazards"])
    return document


def credit_code(number: int) -> str:
    """A right check digit, worked out from the standard's own table of weights."""
    body = f"91450200{number:09d}"
    weights = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
    total = sum(LETTERS.index(letter) * weight for letter, weight in zip(body, weights, strict=True))
    return body + LETTERS[-total % 31]


def _basics(number: int, dice: random.Random) -> Document:
    headcount = dice.randint(12, 800)
    return {
        "name": f"柳州市第{number}机械有限公司",
        "credit_code": credit_code(number),
        "is_branch": dice.random() < 0.05,
        "county": dice.choice(COUNTIES),
        "registered_address": "柳州市示例路1号",
        "workplace_address": "柳州市示例路1号",
        "size": dice.choice("大中小微"),
        "economic_type": "私营有限责任公司",
        "industry": dice.choice(INDUSTRIES),
        "contact": "韦某",
        "phone": f"13{dice.randint(0, 999_999_999):09d}",
        "headcount": headcount,
        "outsourced": dice.randint(0, 30),
        "exposed": dice.randint(10, headcount),
        "diseased": dice.choice([0, 0, 0, 1]),
        "leader_trained": dice.random() < 0.8,
        "manager_trained": dice.random() < 0.8,
    }


PRODUCTS: list[Callable[[random.Random], Document]] = [
    lambda dice: {"rows": [{"name": "铸件", "output": str(dice.randint(0, 9000)), "unit": "吨"}]},
    lambda dice: {
        "rows": [{"name": name, "output": dice.randint(1, 9), "unit": "台"} for name in ("甲", "乙")]
    },
    lambda _: {"secret": True},
    lambda _: {"rows": [{"name": "无", "output": 0, "unit": "无"}]},
]


def _hazards(dice: random.Random, most: int) -> Document:
    """Dust is always there, so that every error finds its place."""
    found: Document = {}
    for kind, names in FACTORS.items():
        if kind == "dust" or dice.random() < 0.4:
            persons = dice.randint(5, most)
            chosen = dice.sample(names, dice.randint(1, min(2, len(names))))
            factors = [{"name": name, "exposed": dice.randint(1, persons)} for name in chosen]
            found[kind] = {"present": True, "exposed": persons, "factors": factors}
        else:
            found[kind] = {"present": False, "exposed": dice.choice([0, None])}
    return found


def _monitoring(dice: random.Random) -> Document:
    if dice.random() < 0.2:
        return {"done": False}
    points = dice.randint(1, 40)
    row = {"of": "粉尘", "measured": points, "exceeding": dice.randint(0, points)}
    return {"done": True, "agency": "甲所/乙所", "report_nos": "A-1/B-2", "rows": [row]}


def _surveillance(dice: random.Random, hazards: Document) -> Document:
    if dice.random() < 0.2:
        return {"done": False}
    due = hazards["dust"]["exposed"]
    rows = [{"of": "dust", "during_due": due, "during_done": dice.randint(0, due)}]
    return {"done": True, "agency": "甲医院", "report_nos": "TJ-1", "rows": rows}


def _with_history(made: Filed, dice: random.Random) -> None:
    kind = dice.choice(["初次申报", "变更申报", "年度更新"])
    made.document["type"] = kind
    if kind == "初次申报":
        made.document["event_on"] = dice.choice([None, "2024-08-03", "2024-09-02"])
        return
    made.last = deepcopy(made.document)
    made.last_on = DAY - timedelta(days=dice.randint(340, 390))
    if kind == "变更申报":
        reason, longest = dice.choice([("工艺变更", 15), ("扩建项目", 30)])
        day = DAY - timedelta(days=dice.randint(0, longest))
        made.document |= {"reason": reason, "event_on": day.isoformat()}
