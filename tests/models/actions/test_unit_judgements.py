"""Merges and splits are judgements: they hold whatever is loaded later, and can be undone (Q10)."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from models.actions.unit_judgements import merge_lines, split_line, touch_entries, undo_judgement
from models.actions.units import resolve_units
from models.employer import UnitJudgement
from models.errors import RuleRefused
from models.inbound import Kind
from tests.make_units import CODE, OTHER_CODE, entry_of, groups, groups_of, list_of, row, units

AUGUST = date(2024, 8, 1)


def settle(db: Session, judgement: UnitJudgement) -> None:
    resolve_units(db, {}, touch_entries(db, [judgement.entry, judgement.other_entry]))


def merge(db: Session, one: str, other: str) -> UnitJudgement:
    judgement = merge_lines(db, entry_of(db, one), entry_of(db, other), by="城区", reason="现场核实")
    settle(db, judgement)
    return judgement


def split(db: Session, tag: str) -> UnitJudgement:
    judgement = split_line(db, entry_of(db, tag), by="城区", reason="现场核实")
    settle(db, judgement)
    return judgement


def undo(db: Session, judgement: UnitJudgement) -> None:
    settle(db, undo_judgement(db, judgement.id, by="城区", reason="看错了"))


@pytest.fixture
def two_codes(db: Session) -> dict[str, int]:
    list_of(db, row("a", credit_code=CODE), row("b", credit_code=OTHER_CODE))
    resolve_units(db, {})
    return units(db)


def test_merge_joins_two_codes_and_the_lowest_id_survives(db: Session, two_codes: dict[str, int]) -> None:
    merge(db, "a", "b")
    low, high = sorted(two_codes.values())
    assert set(units(db).values()) == {low}
    assert db.scalar(text("SELECT merged_into FROM employer WHERE id = :id"), {"id": high}) == low


def test_undone_merge_gives_everyone_the_old_id_back(db: Session, two_codes: dict[str, int]) -> None:
    undo(db, merge(db, "a", "b"))
    assert units(db) == two_codes
    assert db.scalar(text("SELECT count(*) FROM employer WHERE merged_into IS NOT NULL")) == 0


def test_old_ids_lead_to_the_last_survivor(db: Session, two_codes: dict[str, int]) -> None:
    list_of(db, row("0", credit_code="91450200MA5K000006"), source="first")
    resolve_units(db, {})
    merge(db, "b", "0")
    merge(db, "a", "0")
    survivor = min(two_codes.values())
    leads = {
        leads
        for (leads,) in db.execute(text("SELECT merged_into FROM employer WHERE merged_into IS NOT NULL"))
    }
    assert (leads, set(units(db).values())) == ({survivor}, {survivor})


def test_merge_outlives_a_later_list(db: Session, two_codes: dict[str, int]) -> None:
    merge(db, "a", "b")
    list_of(
        db, row("a", credit_code=CODE, headcount=31), row("b", credit_code=OTHER_CODE, headcount=4), on=AUGUST
    )
    resolve_units(db, {})
    assert set(units(db, current=False).values()) == {min(two_codes.values())}


def test_split_takes_a_line_out_and_undo_brings_it_back(db: Session) -> None:
    list_of(db, row("a", credit_code=CODE), row("b", credit_code=CODE))
    resolve_units(db, {})
    before = units(db)
    judgement = split(db, "b")
    assert groups(db) == groups_of("a b")
    apart = units(db)
    assert before["a"] in apart.values()
    undo(db, judgement)
    assert units(db) == before
    split(db, "b")
    assert units(db) == apart


@pytest.fixture
def two_places(db: Session) -> int:
    """One list names one line twice, with two addresses."""
    places = {"a": "文昌路88号", "b": "柳堡路1号", "c": "屏山大道3号"}
    list_of(
        db, *(row(tag, credit_code=CODE, address=at) | {"source_key": None} for tag, at in places.items())
    )
    resolve_units(db, {})
    assert groups(db) == groups_of("abc")
    return entry_of(db, "a")


def split_at(db: Session, entry: int, address: str | None) -> UnitJudgement:
    judgement = split_line(db, entry, address=address, by="城区", reason="现场核实")
    settle(db, judgement)
    return judgement


def test_rows_of_one_line_are_split_by_address(db: Session, two_places: int) -> None:
    before = units(db)
    judgement = split_at(db, two_places, "柳堡路1号")
    assert groups(db) == groups_of("ac b")
    other = split_at(db, two_places, "屏山")
    assert groups(db) == groups_of("a b c")
    resolve_units(db, {})
    assert groups(db) == groups_of("a b c")
    undo(db, judgement)
    undo(db, other)
    assert units(db) == before


@pytest.mark.parametrize("address", [None, "路", "没有这条路"], ids=["unsaid", "of two", "of none"])
def test_an_address_that_is_not_one_of_them_is_asked_for(
    db: Session, two_places: int, address: str | None
) -> None:
    with pytest.raises(RuleRefused, match=r"E1220.*文昌路88号.*柳堡路1号"):
        split_line(db, two_places, address=address, by="城区", reason="现场核实")
    assert groups(db) == groups_of("abc")


def test_a_split_by_address_is_not_undone_by_a_merge(db: Session, two_places: int) -> None:
    list_of(db, row("o", credit_code=OTHER_CODE), kind=Kind.ASSOCIATION)
    judgement = split_at(db, two_places, "柳堡路1号")
    with pytest.raises(RuleRefused, match=f"E1223.*判断 {judgement.id}"):
        merge_lines(db, entry_of(db, "o"), two_places, by="城区", reason="同一家")
    with pytest.raises(RuleRefused, match=f"E1223.*判断 {judgement.id}"):
        split_at(db, two_places, "柳堡路1号")


def test_split_line_is_nobodys_by_rule(db: Session) -> None:
    list_of(db, row("a", credit_code=CODE))
    resolve_units(db, {})
    split(db, "a")
    list_of(db, row("b"), kind=Kind.ASSOCIATION)
    resolve_units(db, {})
    assert groups(db) == groups_of("a b")


def test_a_person_may_join_what_a_person_split(db: Session) -> None:
    list_of(db, row("a", credit_code=CODE), row("b", credit_code=CODE), row("c", credit_code=OTHER_CODE))
    resolve_units(db, {})
    split(db, "b")
    merge(db, "b", "c")
    assert groups(db) == groups_of("a bc")


def test_judgements_that_contradict_are_refused(db: Session, two_codes: dict[str, int]) -> None:
    merged = merge(db, "a", "b")
    with pytest.raises(RuleRefused, match="E1222"):
        merge(db, "b", "a")
    with pytest.raises(RuleRefused, match=f"E1223.*判断 {merged.id}"):
        split(db, "a")
    undo(db, merged)
    with pytest.raises(RuleRefused, match="E1225"):
        undo(db, merged)
    with pytest.raises(RuleRefused, match="E1226"):
        split_line(db, 1, by="城区", reason="没有这条")
    assert units(db) == two_codes


def test_every_judgement_leaves_its_trail(db: Session, two_codes: dict[str, int]) -> None:  # noqa: ARG001
    undo(db, merge(db, "a", "b"))
    said = db.execute(text("SELECT act, by, detail ->> 'reason' FROM event ORDER BY id")).all()
    assert [tuple(one) for one in said] == [
        ("unit.merge", "城区", "现场核实"),
        ("unit.undo", "城区", "看错了"),
    ]
