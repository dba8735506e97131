"""Who must declare, who need not, and by which rule (C08, C09, Q3; 应申报 R of 1.7).

The set form of the same rules is in models.actions.target_judging; a test holds the two together.
"""

from collections.abc import Collection, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from models.rules.standstill import is_short_stop, state_on_day
from models.state import State
from models.verification import Finding


class Rule(StrEnum):
    """Every unit gets exactly one, so that the counts by rule add up to all units."""

    SECTOR = "sector"
    PROGRAMME = "programme"
    FOUND = "found"
    CATALOGUE = "catalogue"
    EXTRA = "extra"
    STOPPED_LONG = "stopped_long"
    INDUSTRY_UNKNOWN = "industry_unknown"
    INDUSTRY_OUTSIDE = "industry_outside"
    NO_HAZARD = "no_hazard"
    DUPLICATE = "duplicate"
    OUTSIDE_CITY = "outside_city"
    MOVED_OUT = "moved_out"
    DEREGISTERED = "deregistered"

    def told(self, months: int) -> str:
        """In Chinese; `months` is how long a standstill may last."""
        return RULE_TEXTS[self].format(months=months)

    @property
    def in_r(self) -> bool:
        return self in IN_R


RULE_TEXTS = {
    Rule.SECTOR: "属职业病危害严重行业",
    Rule.PROGRAMME: "列入专项名单",
    Rule.FOUND: "调查、协会名单或线索发现",
    Rule.CATALOGUE: "行业列入国家职业病危害风险分类目录",
    Rule.EXTRA: "县（区）自行增加的行业（单列，不计入应申报）",
    Rule.STOPPED_LONG: "停产停业超过{months}个月，不强制纳入，待复核",
    Rule.INDUSTRY_UNKNOWN: "行业不明，待核实",
    Rule.INDUSTRY_OUTSIDE: "行业不在行动范围",
    Rule.NO_HAZARD: "县（区）核对：无职业病危害因素",
    Rule.DUPLICATE: "县（区）核对：与名单上另一单位重复",
    Rule.OUTSIDE_CITY: "不在本市",
    Rule.MOVED_OUT: "已迁出",
    Rule.DEREGISTERED: "已注销",
}
IN_R = frozenset({Rule.SECTOR, Rule.PROGRAMME, Rule.FOUND, Rule.CATALOGUE})


class Flag(StrEnum):
    """What a person should look at; by itself it removes nobody."""

    STOPPED_LONG = "stopped_long"
    STATE_DAY_UNKNOWN = "state_day_unknown"
    STATE_UNKNOWN = "state_unknown"
    REVOKED = "revoked"

    def told(self, months: int) -> str:
        return FLAG_TEXTS[self].format(months=months)


FLAG_TEXTS = {
    Flag.STOPPED_LONG: "停产超过{months}个月，待复核",
    Flag.STATE_DAY_UNKNOWN: "状态日期不明",
    Flag.STATE_UNKNOWN: "经营状态不明",
    Flag.REVOKED: "吊销未注销",
}


STANDSTILL = (State.SUSPENDED, State.REVOKED)


class Unit(NamedTuple):
    county: str | None = None
    industry: str | None = None
    state: str | None = None
    state_on: date | None = None


class Word(NamedTuple):
    """What the county found (C25), as far as it is in force on the day."""

    finding: Finding
    since: date | None
    effective_on: date


class Grounds(NamedTuple):
    """What speaks for including a unit; any one is enough."""

    sector: str | None = None
    risk: str | None = None
    programmes: Sequence[str] = ()
    found: Sequence[str] = ()
    extra: str | None = None


class Bounds(NamedTuple):
    """What the campaign file says of places, risks and standstill."""

    city: str
    counties: Collection[str]
    risks: Collection[str]
    months: int


FOUND_STATE = {
    Finding.OPERATING: State.OPERATING,
    Finding.STOPPED_SHORT: State.SUSPENDED,
    Finding.STOPPED_LONG: State.SUSPENDED,
    Finding.DEREGISTERED: State.DEREGISTERED,
}
ENDINGS = (State.DEREGISTERED, State.MOVED_OUT)


def heard(unit: Unit, word: Word | None, moved_to: str | None, as_of: date) -> Unit:
    """The unit as its county found it: a confirmed transfer tells where it is, a verdict in what state.

    A list that says 注销 or 迁出 from a day after the verdict knows more than the verdict.
    """
    unit = unit._replace(county=moved_to or unit.county)
    if word is None or word.finding not in FOUND_STATE:
        return unit
    ended = unit.state in ENDINGS and unit.state_on is not None
    if ended and word.effective_on < unit.state_on <= as_of:  # type: ignore[operator]
        return unit
    return unit._replace(state=FOUND_STATE[word.finding], state_on=word.since)


def rule_of(
    unit: Unit, grounds: Grounds, bounds: Bounds, as_of: date, finding: Finding | None = None
) -> Rule:
    """The first rule that applies. A unit without a county stays in: the city counts it (Q15)."""
    state = state_on_day(unit.state, unit.state_on, as_of)
    if state == State.DEREGISTERED:
        return Rule.DEREGISTERED
    if state == State.MOVED_OUT:
        return Rule.MOVED_OUT
    if unit.county not in (None, bounds.city, *bounds.counties):
        return Rule.OUTSIDE_CITY
    if finding in (Finding.DUPLICATE, Finding.NO_HAZARD):
        return Rule.DUPLICATE if finding is Finding.DUPLICATE else Rule.NO_HAZARD
    ground = _ground(grounds, bounds)
    if ground is None:
        return Rule.INDUSTRY_UNKNOWN if unit.industry is None else Rule.INDUSTRY_OUTSIDE
    return Rule.STOPPED_LONG if _is_long_stop(unit, bounds, as_of) else ground


def _ground(grounds: Grounds, bounds: Bounds) -> Rule | None:
    if grounds.sector:
        return Rule.SECTOR
    if grounds.programmes:
        return Rule.PROGRAMME
    if grounds.found:
        return Rule.FOUND
    if grounds.risk in bounds.risks:
        return Rule.CATALOGUE
    return Rule.EXTRA if grounds.extra else None


def _is_long_stop(unit: Unit, bounds: Bounds, as_of: date) -> bool:
    """Without a stop date nobody can say it is long: the unit stays in and is flagged.

    A licence revoked (吊销未注销) forbids to operate: a standstill from its day, though not yet a deregistration.
    """
    stopped = unit.state in STANDSTILL and unit.state_on is not None
    return stopped and not is_short_stop(unit.state_on, as_of, bounds.months)  # type: ignore[arg-type]


def flag_of(unit: Unit, rule: Rule, as_of: date) -> Flag | None:
    if rule is Rule.STOPPED_LONG:
        return Flag.STOPPED_LONG
    if not (rule.in_r or rule is Rule.EXTRA):
        return None
    state = state_on_day(unit.state, unit.state_on, as_of)
    if state is None:
        return Flag.STATE_UNKNOWN
    if state == State.REVOKED:
        return Flag.REVOKED
    return Flag.STATE_DAY_UNKNOWN if state == State.SUSPENDED and unit.state_on is None else None
