"""Targets end to end on a small city: totals add up, extras stay apart, any day can be asked (C02-C09, C22, C23)."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from models.database import session
from models.employer import Employer
from models.inbound import Kind
from models.queries.county_totals import CountyTotal, county_totals
from models.queries.targets import (
    Wanted,
    computed_day,
    find_employers,
    group_totals,
    list_targets,
    rule_totals,
)
from models.rules.targets import Rule
from models.target import Target, TargetDay
from tasks.targets import compute_targets, count_counties, find_targets, refresh_targets, see_targets
from tests.make_targets import (
    DAY,
    campaign_on_file,
    campaign_with,
    declare,
    list_on,
    make_employer,
    make_known,
)

LIUJIANG, LIUBEI = "450206", "450205"
PLAIN = {"industry": "8310"}  # 幼儿园: no sector, no catalogue risk


def make_city(db: Session) -> dict[str, Employer]:
    units = {
        "steel": make_employer(db, headcount=9),
        "declared steel": make_employer(db, headcount=10),
        "copper": make_employer(db, industry="3211", headcount=None, county=LIUBEI),
        "on two lists": make_employer(db, **PLAIN, county=LIUBEI),
        "next year's list": make_employer(db, **PLAIN),
        "surveyed with hazards": make_employer(db, **PLAIN),
        "surveyed without": make_employer(db, **PLAIN),
        "lead": make_employer(db, industry=None),
        "industry unknown": make_employer(db, industry=None),
        "county unknown": make_employer(db, county=None),
        "elsewhere": make_employer(db, county="450305"),
        "gone": make_employer(db, state="注销", state_on=DAY),
        "stopped long": make_employer(db, state="停产", state_on=date(2024, 2, 8)),
        "kindergarten": make_employer(db, **PLAIN),
    }
    declare(db, units["declared steel"])
    declare(db, units["steel"], from_on=None)
    declare(db, units["copper"], verdict="unsure")
    for programme in ("treatment", "assistance"):
        list_on(db, Kind.PROGRAMME, units["on two lists"], {"programme": programme, "programme_year": 2023})
    list_on(
        db, Kind.PROGRAMME, units["next year's list"], {"programme": "monitoring", "programme_year": 2025}
    )
    list_on(db, Kind.SURVEY, units["surveyed with hazards"], {"name": "有尘幼儿园", "hazards": "噪声"})
    list_on(db, Kind.SURVEY, units["surveyed without"], {"name": "无尘幼儿园"})
    list_on(db, Kind.LEAD, units["lead"], {"name": "线索厂", "channel": "监测"})
    return units


def by_name(totals: list[CountyTotal]) -> dict[str, CountyTotal]:
    return {total.name: total for total in totals}


def test_every_unit_has_one_rule_and_all_adds_up(db: Session) -> None:
    units = make_city(db)
    compute_targets(db, campaign_on_file(), DAY)
    rules = {name: db.get_one(Target, ("liuzhou-2024-2025", unit.id)).rule for name, unit in units.items()}
    assert rules == {
        "steel": Rule.SECTOR,
        "declared steel": Rule.SECTOR,
        "copper": Rule.SECTOR,
        "on two lists": Rule.PROGRAMME,
        "next year's list": Rule.INDUSTRY_OUTSIDE,
        "surveyed with hazards": Rule.FOUND,
        "surveyed without": Rule.INDUSTRY_OUTSIDE,
        "lead": Rule.FOUND,
        "industry unknown": Rule.INDUSTRY_UNKNOWN,
        "county unknown": Rule.SECTOR,
        "elsewhere": Rule.OUTSIDE_CITY,
        "gone": Rule.DEREGISTERED,
        "stopped long": Rule.STOPPED_LONG,
        "kindergarten": Rule.INDUSTRY_OUTSIDE,
    }
    assert sum(row["units"] for row in rule_totals(db, campaign_on_file())) == len(units)


def test_counties_add_up_to_the_city(db: Session) -> None:
    make_city(db)
    compute_targets(db, campaign_on_file(), DAY)
    totals = county_totals(db, campaign_on_file())
    lines, city = by_name(totals), totals[-1]
    for figure in ("units", "r", "declared", "pending", "undeclared", "unsure", "targets"):
        assert sum(getattr(line, figure) for line in totals[:-1]) == getattr(city, figure)
    assert (city.units, city.r, city.declared, city.pending, city.undeclared, city.unsure) == (
        14,
        7,
        1,
        1,
        5,
        1,
    )
    assert (lines["县区不明"].r, lines["外市"].r, lines["外市"].units) == (1, 0, 1)
    assert (lines["柳北区"].r, lines["柳北区"].unsure) == (2, 1)
    assert lines["柳江区"].rules[Rule.STOPPED_LONG] == 1


def test_indicators_are_slices_of_r(db: Session) -> None:
    """C02-C04: I1 by sector with the borderline line, the union once, 9 out, 10 and unknown in."""
    make_city(db)
    compute_targets(db, campaign_on_file(), DAY)
    city = county_totals(db, campaign_on_file())[-1]
    figures = {key: (one.units, one.declared) for key, one in city.indicators.items()}
    assert figures == {"I1": (4, 1), "I2a": (1, 0), "I2b": (0, 0), "I2c": (1, 0), "I2": (1, 0), "I3": (3, 1)}
    assert (city.sectors["metallurgy"].units, city.borderline["有色金属冶炼和压延"].units) == (4, 1)


def test_a_county_extra_leaves_every_indicator_and_r_unchanged(db: Session) -> None:
    """C22."""
    make_city(db)
    extras = ({"county": LIUJIANG, "name": "学前教育", "codes": ("P831",)},)
    compute_targets(db, campaign_on_file(), DAY)
    before = county_totals(db, campaign_on_file())[-1]
    campaign = campaign_with(extras=extras)
    compute_targets(db, campaign, DAY)
    after = county_totals(db, campaign)[-1]
    assert (after.indicators, after.sectors, after.r, after.declared) == (
        before.indicators,
        before.sectors,
        before.r,
        before.declared,
    )
    assert after.extras["学前教育"].units == 3


def test_computing_again_changes_nothing_and_a_new_day_only_what_it_moves(db: Session) -> None:
    make_city(db)
    leaves_tomorrow = make_employer(db, state="停产", state_on=date(2024, 2, 9))
    assert compute_targets(db, campaign_on_file(), DAY) == 15
    assert compute_targets(db, campaign_on_file(), DAY) == 0
    assert compute_targets(db, campaign_on_file(), DAY + timedelta(1)) == 1
    assert db.get_one(Target, ("liuzhou-2024-2025", leaves_tomorrow.id)).rule == Rule.STOPPED_LONG


def test_refresh_touches_the_changed_units_and_equals_a_full_build(db: Session) -> None:
    units = make_city(db)
    compute_targets(db, campaign_on_file(), DAY)
    units["steel"].state = "注销"
    units["kindergarten"].industry = "3110"
    units["gone"].merged_into = units["steel"].id
    db.flush()
    db.execute(text("CREATE TEMP TABLE changed (employer_id bigint) ON COMMIT DROP"))
    changed = [{"id": units[name].id} for name in ("steel", "kindergarten", "gone", "copper")]
    db.execute(text("INSERT INTO changed VALUES (:id)"), changed)
    assert refresh_targets(db, campaign_on_file(), DAY, "changed") == 3
    refreshed = county_totals(db, campaign_on_file())
    assert compute_targets(db, campaign_on_file(), DAY) == 0
    assert county_totals(db, campaign_on_file()) == refreshed


def test_links_of_a_merged_unit_count_for_its_survivor(db: Session) -> None:
    survivor, merged, oldest = (make_employer(db) for _ in range(3))
    declare(db, oldest)
    oldest.merged_into, merged.merged_into = merged.id, survivor.id
    db.flush()
    compute_targets(db, campaign_on_file(), DAY)
    assert db.scalars(select(Target.employer_id).where(Target.declared)).all() == [survivor.id]
    assert find_employers(db, str(oldest.id)) == [survivor.id]


def test_another_day_is_seen_without_touching_what_is_stored(db: Session) -> None:
    unit = make_known(db)
    declare(db, unit, from_on=date(2024, 8, 1))
    compute_targets(db, campaign_on_file(), DAY)
    see_targets(db, campaign_on_file(), date(2024, 7, 31))
    assert [one["declared"] for one in list_targets(db, campaign_on_file(), Wanted())] == [False]
    db.execute(text("DROP TABLE pg_temp.target, pg_temp.target_total, pg_temp.target_day"))
    assert [one["declared"] for one in list_targets(db, campaign_on_file(), Wanted())] == [True]
    assert db.scalar(select(TargetDay.as_of)) == DAY


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (Wanted(county=LIUBEI, in_r=True), {"copper", "on two lists"}),
        (Wanted(in_r=True, declared=True), {"declared steel"}),
        (Wanted(unsure=True), {"copper"}),
        (Wanted(rule="stopped_long"), {"stopped long"}),
        (Wanted(county="", in_r=True), {"county unknown"}),
        (Wanted(flag="stopped_long"), {"stopped long"}),
    ],
)
def test_list(db: Session, wanted: Wanted, names: set[str]) -> None:
    units = make_city(db)
    compute_targets(db, campaign_on_file(), DAY)
    found = {row["employer_id"] for row in list_targets(db, campaign_on_file(), wanted)}
    assert found == {units[name].id for name in names}


def test_list_follows_the_order_of_work(db: Session) -> None:
    right = [
        make_employer(db, size="大", established_on=date(2001, 1, 1)),
        make_employer(db, size="大", established_on=date(2002, 1, 1), name_key="甲"),
        make_employer(db, size="大", established_on=date(2002, 1, 1), name_key="乙"),
        make_employer(db, size="微"),
        make_employer(db, industry="2110", size="大"),
    ]
    numbers = [unit.id for unit in sorted(right, key=lambda unit: -unit.id)]
    assert numbers != [unit.id for unit in right]
    compute_targets(db, campaign_on_file(), DAY)
    listed = [row["employer_id"] for row in list_targets(db, campaign_on_file(), Wanted(in_r=True))]
    assert listed == [right[at].id for at in (0, 2, 1, 3, 4)]


def test_group_shows_two_of_three(db: Session) -> None:
    """C23: a group with three subordinates, two of them declared."""
    make_employer(db, name="集团总部", credit_code="HEAD", industry="8310")
    subs = [make_employer(db, parent_code="HEAD", parent_name="总部") for _ in range(3)]
    make_employer(db, parent_code="LONELY")
    declare(db, subs[0])
    declare(db, subs[1])
    compute_targets(db, campaign_on_file(), DAY)
    assert group_totals(db, campaign_on_file()) == [
        {"group_key": "HEAD", "name": "集团总部", "members": 3, "r": 3, "declared": 2}
    ]


def test_nothing_is_computed_for_merged_units(db: Session) -> None:
    units = make_city(db)
    units["gone"].merged_into = units["steel"].id
    db.flush()
    compute_targets(db, campaign_on_file(), DAY)
    assert db.scalar(select(func.count()).select_from(Target)) == len(units) - 1


def test_targets_that_no_longer_hold_are_not_told(installation: Path) -> None:  # noqa: ARG001
    """After a new link, list or campaign file the stored targets are old, and a question is answered afresh."""
    campaign = campaign_on_file()
    with session() as db:
        unit = make_known(db)
    find_targets(campaign, DAY)
    assert count_counties(campaign, DAY)[-1].declared == 0
    with session() as db:
        declare(db, unit)
    assert count_counties(campaign, DAY)[-1].declared == 1
    find_targets(campaign, DAY)
    other = campaign_with(sectors=campaign.model_dump()["sectors"][:1])
    assert (
        count_counties(campaign, DAY)[-1].indicators["I1"].units,
        count_counties(other, DAY)[-1].indicators["I1"].units,
    ) == (1, 0)
    with session() as db:
        assert computed_day(db, campaign) == DAY, "asking stores nothing"


@pytest.mark.usefixtures("installation")
def test_a_question_asked_often_of_one_day_is_answered_for_another() -> None:
    """The driver prepares what it runs often: it must not go on reading the tables of the stored day."""
    with session() as db:
        declare(db, make_known(db), from_on=DAY - timedelta(days=1))
    campaign, before = campaign_on_file(), DAY - timedelta(days=2)
    find_targets(campaign, DAY)

    def declared(as_of: date) -> int:
        with session() as db:  # its commit keeps what was prepared, a rollback would not
            see_targets(db, campaign, as_of)
            return county_totals(db, campaign)[-1].declared

    assert declared(before) == 0
    assert [declared(DAY) for _ in range(12)] == [1] * 12
    assert declared(before) == 0
