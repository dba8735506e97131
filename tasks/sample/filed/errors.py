"""Errors planted in sound declarations: each with the code it must be found by, and what it touches."""

import random
from collections.abc import Callable
from copy import deepcopy
from datetime import date, timedelta
from typing import NamedTuple

from tasks.sample.filed.sound import DAY, Filed, credit_code, sound

LOST = "E1637"
YEAR_AGO, ELEVEN_MONTHS_AGO, THIRTEEN_MONTHS_AGO = date(2023, 9, 2), date(2023, 10, 2), date(2023, 8, 2)


class Error(NamedTuple):
    """`touches`: two errors with a word in common are not planted together."""

    code: str
    touches: str
    plant: Callable[[Filed], None]

    def into(self, filed: Filed) -> None:
        """The last declaration goes along with it, unless their difference is the error."""
        self.plant(filed)
        filed.planted.add(self.code)
        if filed.last is None or self.code == LOST:
            return
        if "hazards" in self.touches:
            filed.last["hazards"] = deepcopy(filed.document["hazards"])
        if "industry" in self.touches:
            filed.last["basics"] = {**filed.last["basics"], "industry": filed.document["basics"]["industry"]}


def _set(path: str, value: object) -> Callable[[Filed], None]:
    def plant(filed: Filed) -> None:
        *above, last = path.split(".")
        at = filed.document
        for step in above:
            at = at[int(step)] if isinstance(at, list) else at[step]
        at[last] = value

    return plant


def _more_than_all(filed: Filed) -> None:
    """One person more than the total, in the class alone."""
    filed.document["hazards"]["dust"]["exposed"] = filed.document["basics"]["exposed"] + 1


def _more_than_the_class(filed: Filed) -> None:
    dust, basics = filed.document["hazards"]["dust"], filed.document["basics"]
    dust["exposed"] = basics["exposed"] - 1
    dust["factors"] = [{**factor, "exposed": dust["exposed"] + 1} for factor in dust["factors"][:1]]


def _more_than_staff(filed: Filed) -> None:
    basics = filed.document["basics"]
    basics["exposed"] = basics["headcount"] + basics["outsourced"] + 1


def _only_biological(filed: Filed) -> None:
    hazards = filed.document["hazards"]
    for kind in ("chemical", "physical", "radioactive", "dust"):
        hazards[kind] = {"present": False}
    hazards["biological"] = {"present": True, "exposed": 3}
    filed.document["surveillance"] = {"done": True, "report_nos": "TJ-1"}


def _branch(filed: Filed) -> None:
    basics = filed.document["basics"]
    basics |= {"is_branch": True, "parent_code": basics["credit_code"]}


def _taken(filed: Filed) -> None:
    filed.document["basics"]["is_branch"], filed.principal = False, "某分公司"


def _after(kind: str, last_on: date) -> Callable[[Filed], None]:
    """A type, and the day of the last declaration."""

    def plant(filed: Filed) -> None:
        filed.document |= {"type": kind, "reason": None, "event_on": None}
        filed.last, filed.last_on = filed.last or deepcopy(filed.document), last_on

    return plant


def _never_before(kind: str) -> Callable[[Filed], None]:
    def plant(filed: Filed) -> None:
        reason = {"reason": "工艺变更", "event_on": DAY.isoformat()} if kind == "变更申报" else {}
        filed.document |= {"type": kind, "reason": None, "event_on": None} | reason
        filed.last = filed.last_on = None

    return plant


def _changed(reason: str, days: int) -> Callable[[Filed], None]:
    def plant(filed: Filed) -> None:
        _after("变更申报", YEAR_AGO)(filed)
        filed.document |= {"reason": reason, "event_on": (DAY - timedelta(days=days)).isoformat()}

    return plant


def _first(day: date) -> Callable[[Filed], None]:
    def plant(filed: Filed) -> None:
        _never_before("初次申报")(filed)
        filed.document["event_on"] = day.isoformat()

    return plant


def _lost(filed: Filed) -> None:
    _after("年度更新", YEAR_AGO)(filed)
    assert filed.last is not None
    dust = {"present": True, "exposed": 5, "factors": [{"name": "石棉粉尘", "exposed": 1}]}
    filed.last = {**filed.last, "hazards": {"dust": dust}}


def _resized(filed: Filed) -> None:
    _after("年度更新", YEAR_AGO)(filed)
    assert filed.last is not None
    other = {"economic_type": "国有企业"}
    filed.last = {**filed.last, "basics": {**filed.last["basics"], **other}}


def _grown(filed: Filed) -> None:
    _after("年度更新", YEAR_AGO)(filed)
    assert filed.last is not None
    few = filed.document["basics"]["headcount"] * 3 + 10
    filed.last = {**filed.last, "basics": {**filed.last["basics"], "headcount": few}}


def _unit(**facts: object) -> Callable[[Filed], None]:
    return lambda filed: filed.unit.update(facts)


def _no_such_county(filed: Filed) -> None:
    filed.document["basics"]["county"] = filed.registered["county"] = "450299"


def _no_such_industry(filed: Filed) -> None:
    filed.document["basics"]["industry"], filed.unit["industry"] = "0000", None


def _other_code(filed: Filed) -> None:
    filed.registered["credit_code"] = credit_code(999_999_999)


def _other_county(filed: Filed) -> None:
    own = filed.document["basics"]["county"]
    filed.registered["county"] = "450205" if own != "450205" else "450206"


POINTS = {
    "done": True,
    "agency": "甲所",
    "report_nos": "A-1",
    "rows": [{"of": "噪声", "measured": 3, "exceeding": 4}],
}
EXAMINED = {"done": True, "report_nos": "T-1", "rows": [{"of": "dust", "before_due": 1, "before_done": 2}]}

ERRORS = (
    Error("E1610", "contact", _set("basics.contact", None)),
    Error("E1610", "trained", _set("basics.leader_trained", None)),
    Error("E1611", "phone", _set("basics.phone", "0772-2825001")),
    Error("E1612", "diseased", _set("basics.diseased", -1)),
    Error("E1613", "hazards surveillance", _only_biological),
    Error("E1614", "hazards exposed", _more_than_all),
    Error("E1615", "code branch", _branch),
    Error("E1616", "branch", lambda filed: filed.document["basics"].update(is_branch=False, parent_code=credit_code(7))),
    Error("E1617", "code branch", _taken),
    Error("E1618", "products", _set("products", {"rows": []})),
    Error("E1618", "products", _set("products", {"rows": [{"name": "无", "output": 3}]})),
    Error("E1619", "surveillance", _set("surveillance", {"done": True, "report_nos": "A//B"})),
    Error("E1620", "monitoring", _set("monitoring", None)),
    Error("E1621", "type", _after("初次申报", YEAR_AGO)),
    Error("E1622", "type", _after("变更申报", YEAR_AGO)),
    Error("E1623", "type", _never_before("年度更新")),
    Error("E1624", "type", _never_before("变更申报")),
    Error("E1626", "county", _no_such_county),
    Error("E1627", "industry", _no_such_industry),
    Error("E1628", "hazards", _set("hazards.dust.factors.0.name", "月球尘")),
    Error("E1629", "hazards", _set("hazards.dust.factors.0.name", "激光")),
    Error("E1630", "type", _after("年度更新", ELEVEN_MONTHS_AGO)),
    Error("E1630", "type", _after("年度更新", THIRTEEN_MONTHS_AGO)),
    Error("E1631", "type", _changed("工艺变更", 16)),
    Error("E1631", "type", _changed("技改项目", 31)),
    Error("E1632", "type", _first(DAY - timedelta(days=31))),
    Error("E1633", "industry", _unit(industry="5411")),
    Error("E1634", "size", _unit(size="不详")),
    Error("E1635", "headcount", _unit(headcount=3000)),
    Error("E1636", "name", _unit(name="别的单位")),
    Error("E1637", "type hazards", _lost),
    Error("E1638", "type", _resized),
    Error("E1639", "type", _grown),
    Error("E1640", "hazards", _set("hazards.dust.exposed", None)),
    Error("E1641", "hazards exposed", _more_than_the_class),
    Error("E1642", "exposed", _more_than_staff),
    Error("E1643", "monitoring", _set("monitoring", POINTS)),
    Error("E1644", "monitoring", _set("monitoring", {"done": True, "agency": "甲所"})),
    Error("E1645", "surveillance", _set("surveillance", EXAMINED)),
    Error("E1647", "code", _other_code),
    Error("E1648", "county", _other_county),
    Error("E1649", "type", _first(DAY + timedelta(days=1))),
)  # fmt: skip


def make_filed(count: int, seed: int) -> list[Filed]:
    """`count` declarations: four in ten sound, the others with one to three errors that keep out of each other's way."""
    dice = random.Random(seed)
    made = []
    for number in range(1, count + 1):
        filed = sound(number, dice)
        if dice.random() >= 0.4:
            for error in _apart(dice, dice.randint(1, 3)):
                error.into(filed)
        made.append(filed)
    return made


def _apart(dice: random.Random, most: int) -> list[Error]:
    chosen: list[Error] = []
    taken: set[str] = set()
    for error in dice.sample(ERRORS, most):
        if not taken & set(error.touches.split()):
            chosen.append(error)
            taken |= set(error.touches.split())
    return chosen
