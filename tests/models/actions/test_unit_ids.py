"""A unit's id is permanent: no corrected fact makes a new unit (Q10)."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from models.actions.units import resolve_units
from tests.make_units import CODE, OTHER_CODE, entry_of, facts, list_of, row, units

AUGUST, SEPTEMBER = date(2024, 8, 1), date(2024, 9, 1)
CORRECTIONS: dict[str, dict[str, Any]] = {
    "name": {"name": "柳州市鑫鸿重工有限公司"},
    "code": {"credit_code": OTHER_CODE},
    "code lost": {"credit_code": None},
    "county": {"county": "450204"},
    "address": {"address": "文昌路88号"},
    "everything": {
        "name": "柳州市大桥纸箱厂",
        "credit_code": OTHER_CODE,
        "county": "450204",
        "address": "文昌路88号",
    },
}


@pytest.mark.parametrize("change", CORRECTIONS.values(), ids=CORRECTIONS)
def test_a_corrected_fact_makes_no_new_unit(db: Session, change: dict[str, Any]) -> None:
    list_of(db, row("a", credit_code=CODE))
    resolve_units(db, {})
    before = units(db)
    list_of(db, row("a", **({"credit_code": CODE} | change)), on=AUGUST)
    resolve_units(db, {})
    assert units(db) == before
    assert set(units(db, current=False).values()) == set(before.values())
    assert {name: facts(db, "a")[name] for name in change} == change


def test_nothing_new_changes_nothing(db: Session) -> None:
    list_of(db, row("a", credit_code=CODE), row("b"))
    assert resolve_units(db, {}) == 2
    assert resolve_units(db, {}) == 0


def test_the_moved_line_leaves_the_id_behind(db: Session) -> None:
    """b was thought to be a's unit; corrected, it is c's. Neither a nor c changes its id."""
    list_of(db, row("a", credit_code=CODE), row("b", credit_code=CODE), row("c", credit_code=OTHER_CODE))
    resolve_units(db, {})
    before = units(db)
    list_of(db, row("b", credit_code=OTHER_CODE), on=AUGUST)
    resolve_units(db, {})
    assert units(db) == before | {"b": before["c"]}


def test_the_part_in_the_old_county_keeps_the_id(db: Session) -> None:
    list_of(db, row("a", credit_code=CODE), row("b", credit_code=CODE))
    resolve_units(db, {})
    (old,) = set(units(db).values())
    list_of(db, row("b", credit_code=CODE, county="450204", address="河西路6号"), on=AUGUST)
    resolve_units(db, {})
    assert units(db)["a"] == old != units(db)["b"]


def test_two_ids_become_one_when_a_list_tells_so(db: Session) -> None:
    list_of(db, row("a", credit_code=CODE), row("b", credit_code=OTHER_CODE))
    resolve_units(db, {})
    low, high = sorted(units(db).values())
    list_of(db, row("b", credit_code=CODE), on=AUGUST)
    resolve_units(db, {})
    assert set(units(db).values()) == {low}
    assert db.scalar(text("SELECT merged_into FROM employer WHERE id = :id"), {"id": high}) == low
    list_of(db, row("b", credit_code=OTHER_CODE), on=SEPTEMBER)
    resolve_units(db, {})
    assert sorted(units(db).values()) == [low, high]


def test_history_says_from_when_to_when(db: Session) -> None:
    list_of(db, row("a", credit_code=CODE), row("b", credit_code=OTHER_CODE))
    resolve_units(db, {})
    list_of(db, row("b", credit_code=CODE), on=AUGUST)
    resolve_units(db, {})
    query = "SELECT p.ended_at IS NULL FROM placement p JOIN record r ON r.id = p.record_id WHERE r.entry = :entry"
    told = db.scalars(text(query + " ORDER BY p.id"), {"entry": max(entry_of(db, "a"), entry_of(db, "b"))})
    assert list(told) in ([True], [False, True], [True, True], [False, True, True])
    both = "SELECT record_id FROM placement WHERE ended_at IS NULL GROUP BY record_id HAVING count(*) > 1"
    assert db.scalars(text(both)).all() == []


def test_one_list_naming_two_workplaces_keeps_both_ids_by_county(db: Session) -> None:
    """Both lines have the list's one key; the county tells which is which."""

    def twice(workers: int) -> list[dict[str, Any]]:
        shared = {"source_key": None, "credit_code": CODE, "headcount": workers}
        return [{**row("a"), **shared}, {**row("b", county="450204", address="河西路6号"), **shared}]

    list_of(db, *twice(25))
    resolve_units(db, {})
    before = units(db)
    list_of(db, *twice(30), on=AUGUST)
    resolve_units(db, {})
    assert len(set(before.values())) == 2
    assert units(db) == before
