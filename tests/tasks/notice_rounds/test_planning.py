"""A plan says who, by which way, and who is held and why; made again it replaces itself (C11)."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from models.database import session, writing
from models.errors import RuleRefused
from models.fieldwork import Occasion, Prompt
from models.inspection import Inspection
from models.notice_round import RoundScope
from models.target import SnapshotKind
from tasks.membership import remove
from tasks.notice_rounds.planning import held_list, list_rounds, look, plan
from tasks.snapshots import freeze_lists
from tasks.targets import find_targets
from tests.make_notices import (
    CAMPAIGN,
    MOBILE,
    add_unit,
    confirm_everything,
    deliveries,
    notices,
    planned,
    small_city,
)
from tests.make_targets import DAY, declare, make_known

pytestmark = pytest.mark.usefixtures("installation")


def test_who_goes_by_which_way_and_who_is_held() -> None:
    small_city()
    made = planned()
    assert notices() == {
        "甲厂": ("planned", None),
        "乙厂": ("planned", None),
        "丙厂": ("planned", None),
        "丁厂": ("planned", None),
        "不要找我": ("held", "E1543"),
        "何处厂": ("held", "E1542"),
        "无名危害": ("held", "E1503"),
        "\U00030edd厂": ("held", "E1504"),
    }
    assert set(deliveries()) == {
        ("甲厂", "print"),
        ("甲厂", "mail"),
        ("甲厂", "sms"),
        ("乙厂", "print"),  # a landline takes no SMS
        ("丙厂", "print"),  # wants none
        ("丁厂", "print"),
        ("丁厂", "mail"),
    }
    assert (made.number, made.going, sum(one.notices for one in made.held)) == (1, 4, 4)
    assert {row["code"] for row in held_list(CAMPAIGN, 1)} == {"E1503", "E1504", "E1542", "E1543"}


def test_a_plan_says_how_many_letters_no_expert_stands_for() -> None:
    small_city()
    assert planned().samples == 4, "the held ones say nothing to anybody"
    confirm_everything()
    assert planned().samples == 0


def _unsure() -> None:
    with session() as db:
        declare(db, make_known(db, name="疑似厂", hazards="噪声", address_key=None), verdict="unsure")


def _pending() -> None:
    with session() as db:
        declare(db, make_known(db, name="待审厂", hazards="噪声", address_key=None), from_on=None)


HELD: dict[str, tuple[Callable[[], Any], str]] = {
    "待人工核对": (_unsure, "E1508"),
    "待审核": (_pending, "E1509"),
    "没有名称": (lambda: add_unit("　"), "E1506"),
    "行业不明": (lambda: add_unit("行业不明厂", industry="9999"), "E1507"),
}


@pytest.mark.parametrize(("make", "code"), HELD.values(), ids=HELD)
def test_held_for_a_person(make: Callable[[], Any], code: str) -> None:
    make()
    add_unit("甲厂")
    planned()
    assert {state for name, state in notices().items() if name != "甲厂"} <= {("held", code)}
    assert notices()["甲厂"] == ("planned", None)


def test_planned_again_replaces_the_unsent_plan() -> None:
    small_city()
    first = planned()
    add_unit("新来厂")
    second = planned()
    assert (first.number, second.number) == (1, 1)
    assert second.going == first.going + 1
    assert [row["number"] for row in list_rounds(CAMPAIGN)] == [1]


def test_a_rehearsed_plan_is_the_same_and_leaves_nothing() -> None:
    small_city()
    rehearsed = planned(rehearse=True)
    assert list_rounds(CAMPAIGN) == []
    assert planned() == rehearsed


def test_numbers_follow_the_walk() -> None:
    add_unit("乙厂", town="450206100", address_key="柳堡路10号")
    add_unit("甲厂", town="450206100", address_key="柳堡路9号")
    add_unit("丙厂", address_key="进德路1号")
    planned()
    with session() as db:
        rows = db.execute(text("SELECT content ->> 'name', number FROM notice ORDER BY number")).all()
    assert [tuple(row) for row in rows] == [
        ("甲厂", "1-450206-00001"),
        ("乙厂", "1-450206-00002"),
        ("丙厂", "1-450206-00003"),
    ]


def test_after_the_baseline_the_countys_own_list_counts() -> None:
    """N: a unit found later is no member until it is added; one removed is none any more (1.7)."""
    units = {name: add_unit(name) for name in ("留下厂", "核销厂")}
    planned()
    for kind in SnapshotKind:
        freeze_lists(CAMPAIGN, kind, DAY, by="张三", county="450206")
    remove(CAMPAIGN, str(units["核销厂"]), reason="other", note="已搬走", by="张三", on=DAY)
    add_unit("后来厂")
    add_unit("别县厂", county="450205")
    planned()
    assert set(notices()) == {"留下厂", "别县厂"}


@pytest.mark.parametrize(
    ("prompt", "since", "expected"),
    [
        pytest.param(Prompt.CHANGE, None, True, id="something else was found"),
        pytest.param(Prompt.YEARLY, None, False, id="the yearly update is none"),
        pytest.param(None, None, False, id="nothing differs"),
        pytest.param(Prompt.CHANGE, DAY + timedelta(days=9), False, id="declared anew since"),
    ],
)
def test_declared_units_where_something_else_was_found(
    prompt: Prompt | None, since: date | None, expected: bool
) -> None:
    """Asked for a 变更申报, and never counted as targets (C16)."""
    with session() as db:
        unit = make_known(db, name="变更厂", hazards="噪声", address_key=None)
        declare(db, unit)
        check = Inspection(campaign=CAMPAIGN.key, employer_id=unit.id, done_on=DAY, by="张三")
        check.occasion, check.inspector, check.prompt = Occasion.RANDOM, "赵队长", prompt
        db.add(check)
        if since:
            declare(db, unit, from_on=since)
    find_targets(CAMPAIGN, later := DAY + timedelta(days=30))
    plan(CAMPAIGN, later, RoundScope.EVERYONE, by="张三")
    if not expected:
        assert notices() == {}
        return
    assert notices() == {"变更厂": ("planned", None)}
    with session() as db:
        assert db.scalar(text("SELECT variant FROM notice")) == "变更申报"
        assert db.scalar(text("SELECT count(*) FROM target WHERE in_r AND NOT declared")) == 0


def test_a_refusal_of_one_number_is_not_of_the_next() -> None:
    unit = add_unit("甲厂", phone=MOBILE)
    with session() as db:
        db.execute(
            text(
                "INSERT INTO do_not_contact (employer_id, channel, address, reason, by) VALUES (:unit, 'sms', :phone, '空号', '回执')"
            ),
            {"unit": unit, "phone": MOBILE},
        )
    planned()
    assert set(deliveries()) == {("甲厂", "print")}
    with session() as db:
        db.execute(text("UPDATE employer SET phone = '13900000001'"))
    planned()
    assert set(deliveries()) == {("甲厂", "print"), ("甲厂", "sms")}


def test_a_second_round_for_the_new_ones_only() -> None:
    small_city()
    planned()
    with writing() as db:
        db.execute(text("UPDATE notice_round SET state = 'sent', sent_on = planned_on"))
        db.execute(text("UPDATE notice SET state = 'sent' WHERE state = 'planned'"))
    add_unit("新来厂")
    assert planned(RoundScope.NEW).number == 2
    assert {name for name, (state, _) in notices(2).items() if state == "planned"} == {"新来厂"}
    assert {"不要找我", "何处厂"} <= set(notices(2)), "whoever was held before is looked at again"


def test_an_unknown_round_is_refused() -> None:
    with pytest.raises(RuleRefused, match="E1545"):
        look(CAMPAIGN, 7)
