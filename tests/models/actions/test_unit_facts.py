"""Facts field by field: order of sources, then the latest list; the workplace before the registered seat (C07, Q9)."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from models.actions.facts import facts_as_of, open_facts
from models.actions.units import resolve_units
from models.inbound import Kind
from models.queries.units import conflicts, provenance, survivor, unit_facts_on, unit_lines
from tests.make import JULY
from tests.make_units import CODE, OTHER_CODE, facts, list_of, row, units

AUGUST = date(2024, 8, 1)
SURVEY_FIRST = {"headcount": (Kind.SURVEY, Kind.REGISTRY)}
REGISTERED: dict[str, Any] = {"county": "450203", "county_basis": "registered"}


def told(
    db: Session, registry: dict[str, Any], survey: dict[str, Any], precedence: Any = None
) -> dict[str, Any]:
    list_of(db, row("r", **({"credit_code": CODE} | registry)), kind=Kind.REGISTRY)
    list_of(db, row("s", **({"credit_code": CODE} | survey)), on=AUGUST)
    resolve_units(db, precedence or {})
    return facts(db, "r")


def test_order_of_sources_decides(db: Session) -> None:
    assert told(db, {"headcount": 25}, {"headcount": 30})["headcount"] == 25


def test_a_field_may_have_its_own_order(db: Session) -> None:
    found = told(
        db, {"headcount": 25, "industry": "3391"}, {"headcount": 30, "industry": "3392"}, SURVEY_FIRST
    )
    assert (found["headcount"], found["industry"]) == (30, "3391")


def test_silence_is_no_word(db: Session) -> None:
    assert told(db, {"headcount": None}, {"headcount": 30})["headcount"] == 30


def test_the_later_list_of_one_kind_decides(db: Session) -> None:
    list_of(db, row("a", credit_code=CODE, headcount=30), on=AUGUST, source="one")
    list_of(db, row("b", credit_code=CODE, headcount=25), source="two")
    resolve_units(db, {})
    assert facts(db, "a")["headcount"] == 30


def test_seen_again_is_a_later_word(db: Session) -> None:
    list_of(db, row("a", credit_code=CODE, headcount=30), source="one")
    list_of(db, row("b", credit_code=CODE, headcount=25), on=AUGUST, source="two")
    list_of(db, row("a", credit_code=CODE, headcount=30), on=date(2024, 9, 1), source="one")
    resolve_units(db, {})
    assert facts(db, "a")["headcount"] == 30


def test_workplace_beats_the_registered_county(db: Session) -> None:
    found = told(db, REGISTERED | {"address": "文昌路88号"}, {"address": "柳堡路1号"})
    assert (found["county"], found["county_basis"], found["address"]) == ("450206", "workplace", "柳堡路1号")


def test_an_address_of_another_county_is_not_put_beside_it(db: Session) -> None:
    found = told(db, REGISTERED | {"address": "文昌路88号"}, {"address": None})
    assert (found["county"], found["address"], found["address_key"]) == ("450206", None, None)


def test_facts_that_belong_together_come_from_one_record(db: Session) -> None:
    found = told(
        db,
        {"name": "柳州市鑫鸿重工有限公司", "state": "停产", "state_on": None},
        {"state": "在营", "state_on": JULY},
    )
    assert (found["name_key"], found["state"], found["state_on"]) == ("柳州市鑫鸿重工有限公司", "停产", None)


def test_every_value_keeps_its_source(db: Session) -> None:
    told(db, {"headcount": 25}, {"headcount": 30}, SURVEY_FIRST)
    said = [one for one in provenance(db, units(db)["r"], SURVEY_FIRST) if one["field"] == "headcount"]
    assert [(one["value"], one["counts"], one["kind"], one["row_no"], one["data_date"]) for one in said] == [
        (30, True, "survey", 2, AUGUST),
        (25, False, "registry", 2, JULY),
    ]
    assert {one["sha256"] for one in said} == {"0" * 64}


def test_conflicting_values_are_listed(db: Session) -> None:
    told(db, {"industry": "3391"}, {"industry": "3392"})
    found = conflicts(db, county="450206")
    assert [(one["field"], one["used"], one["values"]) for one in found] == [
        ("industry", "3391", ["3391", "3392"])
    ]
    assert conflicts(db, county="450204") == []


def test_a_lone_record_conflicts_with_nobody(db: Session) -> None:
    list_of(db, row("a", credit_code=CODE))
    resolve_units(db, {})
    assert conflicts(db) == []
    values = provenance(db, units(db)["a"], {})
    assert {one["field"]: one["counts"] for one in values}["credit_code"] is True


@pytest.fixture
def two_months(db: Session) -> int:
    """25 workers in July, 40 in August; the August list came a day later."""
    list_of(db, row("a", credit_code=CODE, headcount=25))
    resolve_units(db, {})
    db.execute(text("UPDATE batch SET recorded_at = recorded_at - interval '1 day'"))
    db.execute(text("UPDATE placement SET recorded_at = recorded_at - interval '1 day'"))
    list_of(db, row("a", credit_code=CODE, headcount=40), row("b", credit_code=OTHER_CODE), on=AUGUST)
    resolve_units(db, {})
    return units(db)["a"]


def headcounts(db: Session, as_of: date | None, known_at: datetime | None = None) -> dict[int, int]:
    table = open_facts(db, {}, as_of=as_of, known_at=known_at)
    return {unit: workers for unit, workers in db.execute(text(f"SELECT id, headcount FROM {table}"))}


def test_facts_of_an_earlier_day(db: Session, two_months: int) -> None:
    assert headcounts(db, JULY) == {two_months: 25}
    assert headcounts(db, None) == {two_months: 40, units(db)["b"]: 25}
    july = unit_facts_on(db, two_months, {}, JULY)
    assert july is not None
    assert july["headcount"] == 25


def test_facts_as_they_were_known(db: Session, two_months: int) -> None:
    now: datetime = db.execute(text("SELECT now()")).scalar_one()
    assert headcounts(db, AUGUST, now - timedelta(hours=12)) == {two_months: 25}
    assert headcounts(db, AUGUST, now) == {two_months: 40, units(db)["b"]: 25}
    assert headcounts(db, JULY, now) == {two_months: 25}


def test_stored_facts_are_the_facts_of_today(db: Session, two_months: int) -> None:  # noqa: ARG001
    list_of(db, row("c", headcount=7), row("d", credit_code=OTHER_CODE, headcount=8), kind=Kind.REGISTRY)
    resolve_units(db, {})
    for statement in facts_as_of({}, None, None):
        db.execute(text(statement))
    columns = "id, name, county, address, headcount, phone, state, credit_code"
    stored = f"SELECT {columns} FROM employer WHERE merged_into IS NULL AND ended_at IS NULL ORDER BY id"
    computed = f"SELECT {columns} FROM employer_facts ORDER BY id"
    assert db.execute(text(stored)).all() == db.execute(text(computed)).all()


def test_history_of_a_unit_and_unknown_ids(db: Session, two_months: int) -> None:
    assert [line["headcount"] for line in unit_lines(db, two_months, history=True)] == [40, 25]
    assert survivor(db, 999_999) is None
