"""Who is in, who is out, by which rule (C02-C04, C09, Q3, Q15, C22)."""

from datetime import date

import pytest

from models.rules.targets import FLAG_TEXTS, RULE_TEXTS, Bounds, Flag, Grounds, Rule, Unit, flag_of, rule_of

DAY = date(2024, 8, 9)
BOUNDS = Bounds(city="450200", counties={"450205", "450206"}, risks={"严重"}, months=6)
SECTOR = Grounds(sector="metallurgy", risk="严重")
NOTHING = Grounds(risk="一般")


def make_unit(**changes: object) -> Unit:
    return Unit(county="450206", industry="3110", state="在营")._replace(**changes)  # type: ignore[arg-type]


CASES = [
    pytest.param(make_unit(), SECTOR, Rule.SECTOR, None, id="严重行业在营"),
    pytest.param(
        make_unit(state="注销", state_on=DAY), SECTOR, Rule.DEREGISTERED, None, id="查询日当天注销：出"
    ),
    pytest.param(
        make_unit(state="注销", state_on=date(2024, 8, 10)), SECTOR, Rule.SECTOR, None, id="次日才注销：在"
    ),
    pytest.param(make_unit(state="注销"), SECTOR, Rule.DEREGISTERED, None, id="注销无日期：出"),
    pytest.param(
        make_unit(state="吊销", state_on=DAY), SECTOR, Rule.SECTOR, Flag.REVOKED, id="吊销未注销：在，提示"
    ),
    pytest.param(
        make_unit(state="吊销", state_on=date(2024, 2, 9)),
        SECTOR,
        Rule.SECTOR,
        Flag.REVOKED,
        id="吊销六个月内：在",
    ),
    pytest.param(
        make_unit(state="吊销", state_on=date(2024, 2, 8)),
        SECTOR,
        Rule.STOPPED_LONG,
        Flag.STOPPED_LONG,
        id="吊销超过六个月：同停产",
    ),
    pytest.param(make_unit(state="吊销"), SECTOR, Rule.SECTOR, Flag.REVOKED, id="吊销日期不明：在，提示"),
    pytest.param(make_unit(state="迁出", state_on=DAY), SECTOR, Rule.MOVED_OUT, None, id="当天迁出：出"),
    pytest.param(
        make_unit(state="停产", state_on=date(2024, 2, 9)),
        SECTOR,
        Rule.SECTOR,
        None,
        id="停产满6个月当天：在",
    ),
    pytest.param(
        make_unit(state="停产", state_on=date(2024, 2, 8)),
        SECTOR,
        Rule.STOPPED_LONG,
        Flag.STOPPED_LONG,
        id="停产超过6个月一天：不强制，待复核",
    ),
    pytest.param(
        make_unit(state="停产"), SECTOR, Rule.SECTOR, Flag.STATE_DAY_UNKNOWN, id="停产无日期：在，提示"
    ),
    pytest.param(make_unit(state=None), SECTOR, Rule.SECTOR, Flag.STATE_UNKNOWN, id="状态不明：在，提示"),
    pytest.param(make_unit(county=None), SECTOR, Rule.SECTOR, None, id="县区不明：在，市级计数"),
    pytest.param(make_unit(county="450200"), SECTOR, Rule.SECTOR, None, id="只知本市：在"),
    pytest.param(make_unit(county="450305"), SECTOR, Rule.OUTSIDE_CITY, None, id="外市：出"),
    pytest.param(make_unit(), NOTHING, Rule.INDUSTRY_OUTSIDE, None, id="一般行业无其他依据：出"),
    pytest.param(make_unit(industry=None), Grounds(), Rule.INDUSTRY_UNKNOWN, None, id="行业不明：待核清单"),
    pytest.param(
        make_unit(industry=None),
        Grounds(programmes=["treatment"]),
        Rule.PROGRAMME,
        None,
        id="行业不明但在专项名单：在",
    ),
    pytest.param(
        make_unit(industry=None), Grounds(found=["lead:协管员"]), Rule.FOUND, None, id="行业不明但有线索：在"
    ),
    pytest.param(make_unit(), Grounds(risk="严重"), Rule.CATALOGUE, None, id="目录严重类：在"),
    pytest.param(make_unit(), Grounds(extra="汽车制造"), Rule.EXTRA, None, id="县区增加：单列"),
    pytest.param(make_unit(), SECTOR._replace(extra="汽车制造"), Rule.SECTOR, None, id="严重行业优先于增加"),
    pytest.param(
        make_unit(), SECTOR._replace(programmes=["assistance"]), Rule.SECTOR, None, id="多重依据只有一条规则"
    ),
    pytest.param(
        make_unit(state="停产", state_on=date(2020, 1, 1)),
        NOTHING,
        Rule.INDUSTRY_OUTSIDE,
        None,
        id="范围外的停产不提示",
    ),
    pytest.param(
        make_unit(county="450305", state="注销"), SECTOR, Rule.DEREGISTERED, None, id="外市且注销：注销"
    ),
]


@pytest.mark.parametrize(("unit", "grounds", "rule", "flag"), CASES)
def test_rule_and_flag(unit: Unit, grounds: Grounds, rule: Rule, flag: Flag | None) -> None:
    assert rule_of(unit, grounds, BOUNDS, DAY) is rule
    assert flag_of(unit, rule, DAY) == flag


def test_every_rule_and_flag_is_told_in_chinese() -> None:
    assert set(RULE_TEXTS) == set(Rule)
    assert set(FLAG_TEXTS) == set(Flag)
    assert Rule.STOPPED_LONG.told(6) == "停产停业超过6个月，不强制纳入，待复核"
    assert Flag.STOPPED_LONG.told(6) == "停产超过6个月，待复核"
