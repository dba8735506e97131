"""The set rules answer as the scalar rules do, on units nobody thought of (design 3)."""

import random
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.actions.target_basis import Moment
from models.actions.targets import store_targets
from models.campaign import Campaign
from models.employer import Employer
from models.inbound import Kind
from models.lead import LeadJudgement
from models.reference import industries
from models.rules.groups import group_key
from models.rules.indicators import counts_in
from models.rules.sectors import extra_table, sector_of
from models.rules.targets import Bounds, Grounds, Rule, Unit, Word, flag_of, heard, rule_of
from models.rules.work_order import age_rank, severity_rank, size_rank, work_order
from models.target import Target
from models.verification import Finding, Transfer, Verdict
from tests.make_targets import DAY, campaign_with, declare, list_on, make_employer

EXTRA = ({"county": "450203", "name": "医药制造", "codes": ("C27",)},)
EDGES = [date(2024, 2, 8), date(2024, 2, 9), DAY, DAY + timedelta(1), date(2024, 1, 31), date(2023, 8, 31)]
PROGRAMMES = ("treatment", "monitoring", "assistance")


def random_facts(chance: random.Random) -> dict[str, Any]:
    day = chance.choice([None, *EDGES])
    return {
        "county": chance.choice([None, "450200", "450206", "450203", "450305"]),
        "industry": chance.choice(
            [None, "3110", "3240", "3630", "2720", "0610", "2710", "8810", "3051", "06", "1120", "4411"]
        ),
        "state": chance.choice([None, "在营", "在营", "停产", "停产", "注销", "吊销", "迁出"]),
        "state_on": day,
        "headcount": chance.choice([None, 0, 9, 10, 11, 19, 20, 300, 2000]),
        "size": chance.choice([None, None, "大", "中", "小", "微"]),
        "established_on": chance.choice([None, date(1880, 1, 1), date(1999, 5, 4), date(2023, 12, 31)]),
        "parent_code": chance.choice([None, None, "P", "S"]),
        "credit_code": chance.choice([None, "S", "T"]),
        "group_name": chance.choice([None, "柳钢集团"]),
        "branch_part": chance.choice(["", "", "柳江分公司", None]),
        "is_branch": chance.choice([None, None, True, False]),
    }


def test_set_rules_agree_with_scalar_rules(db: Session) -> None:
    campaign, chance = campaign_with(extras=EXTRA), random.Random(20240809)
    units = [make_employer(db, **random_facts(chance)) for _ in range(300)]
    lists = {unit.id: random_lists(db, unit, chance) for unit in units if chance.random() < 0.3}
    words = {unit.id: random_word(db, campaign, unit, chance) for unit in units if chance.random() < 0.4}
    moved = {unit.id: random_move(db, campaign, unit, chance) for unit in units if chance.random() < 0.1}
    store_targets(db, campaign, Moment(DAY))
    stored = {target.employer_id: target for target in db.scalars(select(Target))}
    assert stored.keys() >= {unit.id for unit in units}
    assert {target.rule for target in stored.values()} == set(Rule), "the sample misses a rule"
    for unit in units:
        said = words.get(unit.id), moved.get(unit.id)
        assert told(stored[unit.id]) == expected(unit, campaign, *lists.get(unit.id, ([], [])), *said)


def random_word(db: Session, campaign: Campaign, unit: Employer, chance: random.Random) -> Word | None:
    """A verdict, perhaps ended or not yet in force; a duplicate is one of a unit without a verdict."""
    finding = chance.choice(list(Finding))
    since = chance.choice(EDGES) if finding in (*STOPPED, Finding.DEREGISTERED) else None
    told_on = chance.choice([DAY - timedelta(1), DAY, DAY + timedelta(1)])
    given: dict[str, Any] = {"finding": finding, "since": since, "effective_on": told_on}
    given |= {"other_county": "450203"} if finding is Finding.ELSEWHERE else {}
    given |= {"duplicate_of": make_employer(db, industry="8810").id} if finding is Finding.DUPLICATE else {}
    ended_on = chance.choice([None, None, DAY, DAY + timedelta(1)])
    given |= {"ended_on": ended_on, "ended_at": func.now(), "ended_by": "张三"} if ended_on else {}
    db.add(Verdict(campaign=campaign.key, county="450206", employer_id=unit.id, by="张三", **given))
    db.flush()
    in_force = told_on <= DAY and (ended_on is None or ended_on > DAY)
    return Word(finding, since, told_on) if in_force else None


def random_move(db: Session, campaign: Campaign, unit: Employer, chance: random.Random) -> str | None:
    """A transfer that the other county confirmed, refused or has not answered."""
    answer = chance.choice([None, "refused", "accepted", "accepted"])
    given: dict[str, Any] = {"employer_id": unit.id, "from_county": "450206", "to_county": "450203"}
    asking = Verdict(campaign=campaign.key, county="450206", employer_id=0, finding="other", by="张三")
    asking.effective_on, asking.ended_on, asking.ended_by = DAY, DAY, "张三"
    asking.ended_at = func.now()
    db.add(asking)
    db.flush()
    given |= {"verdict_id": asking.id, "asked_on": DAY}
    given |= (
        {"answer": answer, "answered_on": DAY, "answered_at": func.now(), "answered_by": "李四"}
        if answer
        else {}
    )
    db.add(Transfer(campaign=campaign.key, **given))
    db.flush()
    return "450203" if answer == "accepted" else None


STOPPED = (Finding.STOPPED_SHORT, Finding.STOPPED_LONG)


def random_lists(db: Session, unit: Employer, chance: random.Random) -> tuple[list[str], list[str]]:
    if chance.random() < 0.3:
        list_on(db, Kind.LEAD, unit, {"name": unit.name, "channel": "协管员"})
        return [], ["lead:协管员"]
    programme, year = chance.choice(PROGRAMMES), chance.choice([2023, 2024, 2025, None])
    list_on(db, Kind.PROGRAMME, unit, {"name": unit.name, "programme": programme, "programme_year": year})
    return ([] if year == 2025 else [programme]), []


def told(target: Target) -> dict[str, Any]:
    names = [
        "county",
        "unsure",
        "rule",
        "flag",
        "in_r",
        "sector",
        "extra",
        "programmes",
        "found",
        "indicators",
        "group_key",
        "work_order",
    ]
    return {name: getattr(target, name) for name in names}


def expected(
    unit: Employer,
    campaign: Campaign,
    programmes: list[str],
    found: list[str],
    word: Word | None,
    moved_to: str | None,
) -> dict[str, Any]:
    sector = sector_of(unit.industry, campaign.sectors)
    extras = {
        (row.county, row.code): row.extra
        for row in extra_table(campaign.extras, campaign.sectors, industries()["code"])
    }
    grounds = Grounds(
        sector=sector,
        risk=RISK.get(unit.industry or ""),
        programmes=programmes,
        found=found,
        extra=extras.get((moved_to or unit.county or "", unit.industry or "")),
    )
    counties = {county.code for county in campaign.counties}
    bounds = Bounds(
        campaign.city.code, counties, campaign.scope.catalogue_risks, campaign.stopped_months_limit
    )
    facts = heard(Unit(unit.county, unit.industry, unit.state, unit.state_on), word, moved_to, DAY)
    rule = rule_of(facts, grounds, bounds, DAY, word.finding if word else None)
    counted = [
        indicator.key
        for indicator in campaign.indicators
        if rule.in_r and counts_in(indicator, sector=sector, programmes=programmes, headcount=unit.headcount)
    ]
    ranks = {
        "severity": severity_rank(sector, grounds.risk),
        "size": size_rank(unit.size, unit.headcount),
        "age": age_rank(unit.established_on),
    }
    return {
        "county": None if facts.county == campaign.city.code else facts.county,
        "unsure": word is not None and word.finding is Finding.DECLARED,
        "rule": rule,
        "flag": flag_of(facts, rule, DAY),
        "in_r": rule.in_r,
        "sector": sector,
        "extra": grounds.extra,
        "programmes": programmes,
        "found": found,
        "indicators": counted,
        "group_key": group_key(
            unit.parent_code,
            unit.credit_code,
            unit.group_name,
            is_branch=bool(unit.is_branch or unit.branch_part),
        ),
        "work_order": work_order(ranks, campaign.work_order),  # type: ignore[arg-type]
    }


# read from the catalogue by hand
SEVERE = ("3110", "3240", "0610", "2710", "06", "1120", "4411", "3051", "3630")
RISK = dict.fromkeys(SEVERE, "严重") | {"2720": "一般"}


def test_declared_and_waiting(db: Session) -> None:
    """Q1 by the day: declared from the approval on, until it no longer stands; unsure clears nobody."""
    units = {
        name: make_employer(db)
        for name in ["none", "sure", "last", "ended", "ends_today", "future", "unsure", "pending", "both"]
    }
    declare(db, units["sure"], from_on=date(2024, 7, 1))
    declare(db, units["last"], from_on=DAY)
    declare(db, units["ended"], from_on=date(2024, 7, 1), to_on=date(2024, 8, 1))
    declare(db, units["ends_today"], from_on=date(2024, 7, 1), to_on=DAY)
    declare(db, units["future"], from_on=DAY + timedelta(1))
    declare(db, units["unsure"], verdict="unsure")
    declare(db, units["pending"], from_on=None)
    declare(db, units["both"], from_on=date(2024, 7, 1))
    declare(db, units["both"], from_on=None)
    store_targets(db, campaign_with(), Moment(DAY))
    stored = {target.employer_id: target for target in db.scalars(select(Target))}
    states = {
        name: (one.declared, one.pending, one.unsure)
        for name, one in ((name, stored[unit.id]) for name, unit in units.items())
    }
    assert states == {
        "none": (False, False, False),
        "sure": (True, False, False),
        "last": (True, False, False),
        "ended": (False, False, False),
        "ends_today": (False, False, False),
        "future": (False, False, False),
        "unsure": (False, False, True),
        "pending": (False, True, False),
        "both": (True, False, False),
    }
    assert stored[units["sure"].id].declared_on == date(2024, 7, 1)


@pytest.mark.parametrize(
    ("kind", "row", "rule", "found"),
    [
        (Kind.LEAD, {"channel": "监督执法"}, Rule.FOUND, ["lead:监督执法"]),
        (Kind.LEAD, {"channel": None}, Rule.INDUSTRY_OUTSIDE, []),
        (Kind.SURVEY, {"hazards": "矽尘"}, Rule.FOUND, ["survey"]),
        (Kind.SURVEY, {"hazards": ""}, Rule.INDUSTRY_OUTSIDE, []),
        (Kind.ASSOCIATION, {"hazards": "噪声"}, Rule.FOUND, ["association"]),
        (Kind.REGISTRY, {"hazards": "噪声"}, Rule.INDUSTRY_OUTSIDE, []),
        (Kind.PROGRAMME, {"programme": None, "programme_year": 2024}, Rule.FOUND, ["programme"]),
        (Kind.PROGRAMME, {"programme": "treatment", "programme_year": 2025}, Rule.INDUSTRY_OUTSIDE, []),
    ],
    ids=lambda value: str(value),
)
def test_what_brings_a_unit_in_from_outside_the_sectors(
    db: Session, kind: Kind, row: dict[str, Any], rule: Rule, found: list[str]
) -> None:
    unit = make_employer(db, industry="8310")
    list_on(db, kind, unit, row)
    store_targets(db, campaign_with(), Moment(DAY))
    stored = db.scalars(select(Target)).one()
    assert (stored.rule, stored.found) == (rule, found)


def test_a_lead_that_is_no_employer_brings_nobody_in(db: Session) -> None:
    unit = make_employer(db, industry="8310")
    entry = list_on(db, Kind.LEAD, unit, {"channel": "协管员"})
    judged = LeadJudgement(entry=entry, outcome="非用人单位", reason="是住户", by="张三")
    db.add(judged)
    db.flush()
    store_targets(db, campaign_with(), Moment(DAY))
    assert db.scalars(select(Target.rule)).one() == Rule.INDUSTRY_OUTSIDE
    judged.undone_at, judged.undone_by = judged.recorded_at, "张三"
    db.flush()
    store_targets(db, campaign_with(), Moment(DAY))
    assert db.scalars(select(Target.rule)).one() == Rule.FOUND


@pytest.mark.parametrize(
    ("platform", "pending"), [("广西", True), ("国家", True), ("原安监", False), (None, True)]
)
def test_waiting_counts_on_the_platforms_that_count(db: Session, platform: str | None, pending: bool) -> None:
    declare(db, make_employer(db), from_on=None, platform=platform)
    store_targets(db, campaign_with(), Moment(DAY))
    assert db.scalars(select(Target.pending)).one() is pending
