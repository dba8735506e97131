"""N = B + A - X by county and day: each act moves exactly the figures it should (1.7)."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from models.database import session
from models.errors import RuleRefused
from models.queries.membership import Membership
from models.target import SnapshotKind
from tasks.membership import add, cancel, membership_table, move, remove
from tasks.snapshots import freeze_lists
from tests.make_targets import DAY, campaign_on_file, declare, make_known

LIUJIANG, LIUBEI = "450206", "450205"
pytestmark = pytest.mark.usefixtures("city")
LATER, LAST = date(2024, 9, 1), date(2024, 12, 31)


@pytest.fixture
def city(installation: Path) -> dict[str, int]:  # noqa: ARG001
    """Three undeclared units in 柳江区, one in 柳北区, one declared from the start; both lists frozen."""
    with session() as db:
        units = {name: make_known(db, name=name, name_key=name) for name in ("甲厂", "乙厂", "丙厂")}
        units["北厂"] = make_known(db, name="北厂", county=LIUBEI)
        units["早已申报"] = make_known(db, name="早已申报")
        declare(db, units["早已申报"])
        numbers = {name: unit.id for name, unit in units.items()}
    for kind in SnapshotKind:
        freeze_lists(campaign_on_file(), kind, DAY, by="张三")
    return numbers


def line(county: str, as_of: date = LAST) -> tuple[int | None, ...]:
    """B X A N D P U of a county."""
    (one,) = membership_table(campaign_on_file(), as_of, county)
    return figures(one)


def figures(one: Membership) -> tuple[int | None, ...]:
    return one.b, one.x, one.a, one.n, one.d, one.p, one.u


def new_employer(name: str, **facts: object) -> None:
    with session() as db:
        make_known(db, name=name, **facts)


def test_before_the_baseline_there_are_no_figures() -> None:
    assert line(LIUJIANG, date(2024, 8, 8)) == (None,) * 7
    assert line(LIUJIANG, DAY) == (3, 0, 0, 3, 0, 0, 3)


def test_a_removal_counts_from_its_day() -> None:
    remove(campaign_on_file(), "甲厂", reason="注销", note=None, by="李四", on=LATER)
    assert line(LIUJIANG, date(2024, 8, 31)) == (3, 0, 0, 3, 0, 0, 3)
    assert line(LIUJIANG, LATER) == (3, 1, 0, 2, 0, 0, 2)


def test_a_resumption_cancels_the_removal_and_is_no_addition() -> None:
    remove(campaign_on_file(), "甲厂", reason="停产>6月", note=None, by="李四", on=LATER)
    cancel(campaign_on_file(), "甲厂", reason="复产", by="李四", on=date(2024, 10, 1))
    assert line(LIUJIANG, date(2024, 9, 30)) == (3, 1, 0, 2, 0, 0, 2)
    assert line(LIUJIANG, date(2024, 10, 1)) == (3, 0, 0, 3, 0, 0, 3)
    with pytest.raises(RuleRefused, match="E1248"):
        cancel(campaign_on_file(), "甲厂", reason="再撤", by="李四", on=LAST)


def test_an_addition_counts_in_its_county() -> None:
    new_employer("新厂")
    add(campaign_on_file(), "新厂", county=None, reason="found", note=None, by="李四", on=LATER)
    assert line(LIUJIANG) == (3, 0, 1, 4, 0, 0, 4)
    with pytest.raises(RuleRefused, match="E1236"):
        add(campaign_on_file(), "新厂", county=LIUBEI, reason="found", note=None, by="李四", on=LATER)


def test_declared_units_are_not_added_and_leave_n_and_d_when_removed() -> None:
    with pytest.raises(RuleRefused, match="E1239"):
        add(campaign_on_file(), "早已申报", county=None, reason="found", note=None, by="李四", on=LATER)
    with session() as db:
        for name, from_on in (("甲厂", LATER), ("乙厂", None)):
            (unit,) = db.execute(text("SELECT id, name FROM employer WHERE name = :n"), {"n": name}).all()
            declare(db, unit, from_on=from_on)
    assert line(LIUJIANG, date(2024, 8, 31)) == (3, 0, 0, 3, 0, 1, 3)
    assert line(LIUJIANG) == (3, 0, 0, 3, 1, 1, 2)
    remove(campaign_on_file(), "甲厂", reason="duplicate", note=None, by="李四", on=LAST)
    assert line(LIUJIANG) == (3, 1, 0, 2, 0, 1, 2)
    (one,) = membership_table(campaign_on_file(), LAST, LIUJIANG)
    assert (one.u, one.undeclared) == (2, 1), "U = N − D (1.7); the column 未申报 is N − D − P (2.5)"


def test_a_move_is_zero_for_the_city_there_and_back() -> None:
    move(campaign_on_file(), "甲厂", to=LIUBEI, note=None, by="李四", on=LATER)
    assert (line(LIUJIANG), line(LIUBEI)) == ((3, 1, 0, 2, 0, 0, 2), (1, 0, 1, 2, 0, 0, 2))
    with pytest.raises(RuleRefused, match="E1249"):
        cancel(campaign_on_file(), "甲厂", reason="错", by="李四", on=LAST)
    move(campaign_on_file(), "甲厂", to=LIUJIANG, note=None, by="李四", on=date(2024, 10, 1))
    assert (line(LIUJIANG), line(LIUBEI)) == ((3, 0, 0, 3, 0, 0, 3), (1, 1, 1, 1, 0, 0, 1))
    move(campaign_on_file(), "甲厂", to=LIUBEI, note=None, by="李四", on=date(2024, 11, 1))
    assert (line(LIUJIANG), line(LIUBEI)) == ((3, 1, 0, 2, 0, 0, 2), (1, 0, 1, 2, 0, 0, 2))


def test_the_last_line_is_the_city_and_a_move_changes_no_n_of_it() -> None:
    def city() -> tuple[int | None, ...]:
        *lines, whole = membership_table(campaign_on_file(), LAST)
        assert (whole.name, len(lines)) == ("合计", 11)
        assert figures(whole) == tuple(
            sum(part or 0 for part in column) for column in zip(*map(figures, lines), strict=True)
        )
        return figures(whole)

    assert city() == (4, 0, 0, 4, 0, 0, 4)
    move(campaign_on_file(), "甲厂", to=LIUBEI, note=None, by="李四", on=LATER)
    assert city() == (4, 1, 1, 4, 0, 0, 4)
    *_, whole = membership_table(campaign_on_file(), date(2024, 8, 1))
    assert figures(whole) == (None,) * 7


def test_time_alone_removes_nothing() -> None:
    """Six months of standstill go by: the unit stays in N and waits to be looked at."""
    with session() as db:
        db.execute(text("UPDATE employer SET state = '停产', state_on = '2024-06-01' WHERE name = '甲厂'"))
    before, after = date(2024, 12, 1), date(2024, 12, 2)
    assert [membership_table(campaign_on_file(), day, LIUJIANG)[0].recheck for day in (before, after)] == [
        0,
        1,
    ]
    assert line(LIUJIANG, after) == (3, 0, 0, 3, 0, 0, 3)


def test_a_merged_member_answers_by_its_survivor(city: dict[str, int]) -> None:
    with session() as db:
        survivor = make_known(db, name="合并后")
        declare(db, survivor)
        db.execute(text("UPDATE employer SET merged_into = :to WHERE name = '甲厂'"), {"to": survivor.id})
    assert line(LIUJIANG) == (3, 0, 0, 3, 1, 0, 2)
    remove(campaign_on_file(), str(city["甲厂"]), reason="duplicate", note=None, by="李四", on=LATER)
    assert line(LIUJIANG) == (3, 1, 0, 2, 0, 0, 2)


@pytest.mark.parametrize(("words", "code"), [("没有的厂", "E1246"), ("同名厂", "E1247")])
def test_a_unit_must_be_meant_clearly(words: str, code: str) -> None:
    new_employer("同名厂")
    new_employer("同名厂", county=LIUBEI)
    with pytest.raises(RuleRefused, match=code):
        remove(campaign_on_file(), words, reason="注销", note=None, by="李四", on=LATER)
