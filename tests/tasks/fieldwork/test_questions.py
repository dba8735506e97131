"""What field work came to: every split adds up to 未申报, every act finds the declaration that followed (C13–C18, C32)."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from models.database import session
from models.employer import Employer
from models.fieldwork import Work
from models.queries.county_totals import ALL
from models.queries.membership import membership
from tasks.explain import explain
from tasks.fieldwork import questions
from tasks.fieldwork.desk import Outcome
from tasks.fieldwork.withdrawing import withdraw
from tasks.membership import remove
from tasks.targets import count_counties, see_targets
from tests.make_fieldwork import BASE, CAMPAIGN, DAY, HERE, THERE, do, freeze, make_city, refusal
from tests.make_targets import declare, make_known

pytestmark = pytest.mark.usefixtures("installation")
UNITS = ("甲厂", "乙厂", "丙厂", "丁厂", "戊厂")


@pytest.fixture
def units(installation: Path) -> dict[str, int]:  # noqa: ARG001
    found = make_city(*UNITS)
    make_city("北厂", county=THERE)
    return found


def approve(name: str, **changes: Any) -> None:
    with session() as db:
        unit = db.query(Employer).filter_by(name=name).one()
        declare(db, unit, **changes)


def merge(old: str, into: str) -> None:
    with session() as db:
        found = {unit.name: unit for unit in db.query(Employer).filter(Employer.name.in_([old, into]))}
        found[old].merged_into = found[into].id


def line(county: str = HERE, as_of: date = DAY) -> Any:
    return next(one for one in questions.report(CAMPAIGN, as_of).lines if one.county == county)


def effect(kind: str, as_of: date = DAY) -> tuple[int, int, int]:
    """Units reached before they declared, then declared, still owing."""
    found = [row for row in questions.report(CAMPAIGN, as_of, HERE).effects if row["kind"] == kind]
    return (found[0]["units"], found[0]["then_declared"], found[0]["owing"]) if found else (0, 0, 0)


def check_sums(as_of: date = DAY) -> None:
    """Reasons, rungs and assignments add up to 未申报 in every line, and the lines to their sum."""
    lines = questions.report(CAMPAIGN, as_of).lines
    for one in lines:
        assert sum(one.reasons.values()) == sum(one.rungs.values()) == one.undeclared
    assert sum(one.undeclared for one in lines[:-1]) == lines[-1].undeclared
    with session() as db:
        see_targets(db, CAMPAIGN, as_of)
        based = {one.county: one.undeclared for one in membership(db, CAMPAIGN, as_of)}
    targets = {one.county: one.undeclared for one in count_counties(CAMPAIGN, as_of)}
    for one in lines[:-1]:
        expected = based.get(one.county)
        assert one.undeclared == (targets[one.county] if expected is None else expected)


@pytest.mark.usefixtures("units")
@pytest.mark.parametrize("baseline", [False, True], ids=["基线以前", "基线以后"])
def test_every_split_adds_up_to_the_undeclared(baseline: bool) -> None:
    if baseline:
        freeze()
    do(Work.REASON, "甲厂")
    do(Work.REASON, "乙厂", reason="失联")
    do(Work.GUIDANCE, "甲厂")
    do(Work.ESCALATE, "甲厂")
    approve("乙厂", from_on=date(2024, 9, 20))  # declared: its reason counts no more
    approve("丙厂", from_on=None)  # 待审核
    found = line()
    assert (found.undeclared, found.assigned, found.unassigned) == (3, 1, 2)
    assert {word: units for word, units in found.reasons.items() if units} == {"账号问题": 1, "未登记": 2}
    assert {word: units for word, units in found.rungs.items() if units} == {"未推进": 2, "告知": 1}
    check_sums()
    assert len(questions.undeclared(CAMPAIGN, DAY, HERE)) == 3
    assert [row["name"] for row in questions.undeclared(CAMPAIGN, DAY, HERE, unassigned=True)] == [
        "丁厂",
        "戊厂",
    ]


@pytest.mark.usefixtures("units")
def test_removed_unknown_and_merged_units_add_up_as_well() -> None:
    with session() as db:
        make_known(db, name="不明厂", name_key="不明厂", county=None)
    freeze()
    freeze("450200")
    remove(CAMPAIGN, "丁厂", reason="注销", note=None, by="张三", on=date(2024, 9, 1))
    do(Work.REASON, "戊厂", reason="拒报")
    merge("戊厂", "丙厂")
    check_sums()
    found = line()
    # the frozen list keeps both numbers of the merged unit, and each answers by the survivor
    assert (found.undeclared, found.reasons["拒报"]) == (4, 2)
    assert line("").undeclared == 1


@pytest.mark.usefixtures("units")
def test_the_newest_reason_is_in_force_by_day() -> None:
    do(Work.REASON, "甲厂", effective_on="2024-09-10", reason="不会报")
    do(Work.REASON, "甲厂", effective_on="2024-09-20", reason="拒报")
    do(Work.REASON, "甲厂", effective_on="2024-09-15", reason="失联")  # entered last, and not the newest
    said = {
        day: next(
            word
            for word, units in line(as_of=date(2024, 9, day)).reasons.items()
            if units and word != "未登记"
        )
        for day in (10, 14, 15, 19, 20, 30)
    }
    assert said == {10: "不会报", 14: "不会报", 15: "失联", 19: "失联", 20: "拒报", 30: "拒报"}
    assert line(as_of=date(2024, 9, 9)).reasons["未登记"] == 5


@pytest.mark.usefixtures("units")
@pytest.mark.parametrize(("day", "open_"), [(1, False), (2, True), (19, True), (20, False), (30, False)])
def test_an_assignment_is_open_from_its_day_until_it_is_closed(day: int, open_: bool) -> None:
    do(Work.GUIDANCE, "甲厂", closed_on="2024-09-20", result="仍未申报")
    assert line(as_of=date(2024, 9, day)).assigned == open_


FOLLOWING = {
    "当天批准的是此前申报": ("2024-09-10", (0, 0, 0)),
    "次日批准": ("2024-09-11", (1, 1, 0)),
    "查询日批准": ("2024-09-30", (1, 1, 0)),
    "查询日以后批准": ("2024-10-01", (1, 0, 1)),
    "早已申报": ("2024-03-01", (0, 0, 0)),
}


@pytest.mark.usefixtures("units")
@pytest.mark.parametrize(("approved", "found"), FOLLOWING.values(), ids=FOLLOWING)
def test_the_declaration_that_followed_by_day(approved: str, found: tuple[int, int, int]) -> None:
    do(Work.TRAINING, "甲厂")
    approve("甲厂", from_on=date.fromisoformat(approved))
    assert effect("trained") == found


@pytest.mark.usefixtures("units")
def test_of_several_approvals_the_first_after_the_act_followed_it() -> None:
    approve("甲厂", from_on=date(2024, 2, 1), to_on=date(2024, 8, 1))  # stood before, and fell
    do(Work.TRAINING, "甲厂")
    do(Work.VISIT, "甲厂")
    approve("甲厂", from_on=date(2024, 9, 25))
    approve("甲厂", from_on=date(2024, 9, 18))
    approve("甲厂", from_on=date(2024, 9, 28), verdict="unsure")
    rows = questions.followed(CAMPAIGN, DAY, HERE)
    assert [(row["kind"], row["declared_on"], row["days"]) for row in rows] == [
        ("trained", date(2024, 9, 18), 8),
        ("visit", date(2024, 9, 18), 6),
    ]


@pytest.mark.usefixtures("units")
def test_acts_and_declarations_of_merged_numbers_find_each_other() -> None:
    do(Work.TRAINING, "戊厂")
    approve("丁厂", from_on=date(2024, 9, 20))
    merge("戊厂", "丙厂")
    merge("丁厂", "丙厂")
    assert effect("trained") == (1, 1, 0)


@pytest.mark.usefixtures("units")
def test_coverage_counts_a_unit_once_a_programme_and_once_in_all() -> None:
    do(Work.VISIT, "甲厂")
    do(Work.VISIT, "甲厂", done_on="2024-09-13")
    do(Work.VISIT, "甲厂", programme="帮扶")
    do(Work.VISIT, "乙厂")
    do(Work.GUIDANCE, "丙厂", programme="监测")
    approve("乙厂", from_on=date(2024, 9, 20))
    rows = {row["programme"]: row for row in questions.report(CAMPAIGN, DAY, HERE).coverage}
    told = {
        name: (row["assigned"], row["visits"], row["units"], row["then_declared"])
        for name, row in rows.items()
    }
    assert told == {"监测": (1, 3, 2, 1), "帮扶": (0, 1, 1, 0), None: (1, 4, 2, 1)}


@pytest.mark.usefixtures("units")
def test_publicity_is_counted_by_type() -> None:
    for kind, title in (("五进", "进工地"), ("五进", "进园区"), ("公众号", "推文")):
        do(Work.PUBLICITY, None, kind=kind, title=title)
    found = questions.report(CAMPAIGN, DAY, HERE).publicity
    assert {row["kind"]: row["acts"] for row in found} == {"五进": 2, "公众号": 1}
    assert questions.report(CAMPAIGN, date(2024, 9, 19), HERE).publicity == []


def declared_as(name: str, on: date = date(2024, 3, 1), **facts: Any) -> None:
    approve(name, from_on=on, industry="3391", headcount=25, hazards="矽尘；噪声", **facts)


@pytest.mark.usefixtures("units")
def test_a_confirmed_mismatch_stands_until_it_is_settled() -> None:
    declared_as("甲厂")
    answer = do(Work.CHECK, "甲厂", headcount="30", hazards="矽尘、苯")
    assert answer.words == "与申报不一致（劳动者人数、危害因素），提示变更申报"
    (found,) = questions.mismatches(CAMPAIGN, DAY, HERE)
    assert [(one["field"], one["declared"], one["found"]) for one in found["fields"]] == [
        ("hazards", "矽尘；噪声", "矽尘；苯"),
        ("headcount", "25", "30"),
    ]
    assert questions.mismatches(CAMPAIGN, date(2024, 9, 14), HERE) == []
    assert line().undeclared == 4  # declared it is: never a target again
    declared_as("甲厂", date(2024, 9, 15))
    assert len(questions.mismatches(CAMPAIGN, DAY, HERE)) == 1  # approved on the day of the check: before it
    declared_as("甲厂", date(2024, 9, 16))
    assert questions.mismatches(CAMPAIGN, DAY, HERE) == []


@pytest.mark.usefixtures("units")
def test_a_later_check_that_agrees_settles_it() -> None:
    declared_as("甲厂")
    do(Work.CHECK, "甲厂")
    do(Work.CHECK, "甲厂", done_on="2024-09-25", headcount="25")
    assert questions.mismatches(CAMPAIGN, date(2024, 9, 24), HERE)
    assert questions.mismatches(CAMPAIGN, DAY, HERE) == []


@pytest.mark.usefixtures("units")
def test_a_check_of_an_undeclared_unit_prompts_nothing() -> None:
    assert do(Work.CHECK, "甲厂").words == "检查当天没有有效申报，按未申报单位处理"
    declared_as("甲厂", date(2024, 9, 20))
    assert questions.mismatches(CAMPAIGN, DAY, HERE) == []


@pytest.mark.usefixtures("units")
def test_a_withdrawn_act_counts_nowhere_and_stays_to_be_seen() -> None:
    do(Work.VISIT, "甲厂")
    (act,) = questions.history(CAMPAIGN, DAY, HERE)
    assert withdraw(CAMPAIGN, Work.VISIT, act["number"], by="李四", reason="记错单位") == 1
    assert effect("visit") == (0, 0, 0)
    (act,) = questions.history(CAMPAIGN, DAY, HERE)
    assert (act["withdrawn_by"], act["withdrawn_reason"]) == ("李四", "记错单位")
    with pytest.raises(Exception, match="E1588"):
        withdraw(CAMPAIGN, Work.VISIT, act["number"], by="李四", reason="再撤")
    assert do(Work.VISIT, "甲厂").outcome is Outcome.NEW  # a person may enter it again


@pytest.mark.usefixtures("units")
def test_a_part_in_a_training_is_withdrawn_alone() -> None:
    do(Work.TRAINING, "甲厂")
    do(Work.TRAINING, "乙厂")
    number = questions.history(CAMPAIGN, DAY, HERE)[0]["number"]
    withdraw(CAMPAIGN, Work.TRAINING, number, by="李四", reason="没有来", unit="乙厂")
    assert effect("trained")[0] == 1
    withdraw(CAMPAIGN, Work.TRAINING, number, by="李四", reason="没有办")
    assert effect("trained")[0] == 0


@pytest.mark.usefixtures("units")
def test_every_kind_of_act_is_told_of_its_unit() -> None:
    declared_as("乙厂")
    for work in Work:
        if work not in (Work.PUBLICITY, Work.ESCALATE):
            do(work, "乙厂")
    assert refusal(Work.ESCALATE, "乙厂") == "E1585"
    told = [(str(row["done_on"]), row["told"]) for row in explain(CAMPAIGN, "乙厂", DAY)["fieldwork"]]
    assert told == [
        ("2024-09-02", "疾控中心 李医师，帮扶，期限 2024-10-31"),
        ("2024-09-10", "到场：区礼堂"),
        ("2024-09-12", "监测，疾控中心 李医师"),
        ("2024-09-15", "双随机检查，赵队长：人数 申报25、实际30（不符），提示年度更新"),
        ("2024-09-18", "账号问题"),
    ]
    assert explain(CAMPAIGN, "甲厂", DAY)["fieldwork"] == []
    assert explain(CAMPAIGN, "乙厂", BASE)["fieldwork"] == []


@pytest.mark.usefixtures("units")
def test_the_whole_city_is_the_sum_of_its_counties() -> None:
    whole = line(ALL)
    assert (whole.undeclared, line().undeclared, line(THERE).undeclared) == (6, 5, 1)
