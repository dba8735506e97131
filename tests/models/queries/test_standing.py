"""Q1: approved from which day, until which day, on whose books."""

from datetime import UTC, date, datetime
from itertools import permutations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.actions.standing import rebuild_standing
from models.batch import Batch
from models.declaration import Standing
from models.employer import Employer
from models.inbound import Kind
from models.link import Link
from models.queries.standing import declared_as_of, missing_from_platform, standing_as_of
from models.record import record
from tests.make import load, make_row

COUNTING = ["广西", "国家"]
Show = tuple[date, str] | tuple[date, str, date]


def day(month: int, number: int = 1) -> date:
    return date(2024, month, number)


def show(db: Session, *shows: Show, source: str = "", **facts: Any) -> None:
    """One export per (data date, state[, approval date]) of the declaration S1."""
    for on, state, *approved in shows:
        row = make_row(
            declaration_no="S1",
            declaration_state=state,
            approved_on=approved[0] if approved else None,
            **facts,
        )
        load(db, Kind.DECLARATIONS, [row], on, source=source)


def spans(db: Session) -> list[tuple[date, date | None, bool]]:
    rebuild_standing(db, COUNTING)
    rows = db.execute(select(Standing.from_on, Standing.to_on, Standing.presumed).order_by(Standing.from_on))
    return [tuple(row) for row in rows]


CASES = {
    "审核日期优先于导出日期": ([(day(7), "已审核", day(3))], [(day(3), None, False)]),
    "没有审核日期就从首次显示已审核的导出算起": (
        [(day(5), "待审核"), (day(7), "已审核"), (day(8), "已审核")],
        [(day(7), None, True)],
    ),
    "待审核和已驳回都不算": ([(day(5), "待审核"), (day(6), "已驳回")], []),
    "撤销自显示撤销的导出之日起": (
        [(day(7), "已审核", day(3)), (day(9), "待审核")],
        [(day(3), day(9), False)],
    ),
    "重新审核通过另起一段": (
        [(day(7), "已审核", day(3)), (day(8), "待审核"), (day(9), "已审核", day(8, 20))],
        [(day(3), day(8), False), (day(8, 20), None, False)],
    ),
    "撤销后仍带旧审核日期的按推定": (
        [(day(7), "已审核", day(3)), (day(8), "待审核"), (day(9), "已审核", day(3))],
        [(day(3), day(8), False), (day(9), None, True)],
    ),
    "晚于导出日期的审核日期不可信": ([(day(7), "已审核", day(12))], [(day(7), None, True)]),
    "后来的导出补上审核日期": ([(day(7), "已审核"), (day(8), "已审核", day(6))], [(day(6), None, False)]),
    "后来的审核日期不推翻先前已显示的审核": (
        [(day(7), "已审核"), (day(9), "已审核", day(8))],
        [(day(7), None, True)],
    ),
    "同一天的导出自相矛盾时不算": ([(day(7), "已审核", day(3)), (day(7), "待审核")], []),
}


@pytest.mark.parametrize(("shows", "expected"), CASES.values(), ids=CASES.keys())
def test_spans_of_approval(
    db: Session, shows: list[Show], expected: list[tuple[date, date | None, bool]]
) -> None:
    show(db, *shows)
    assert spans(db) == expected


@pytest.mark.parametrize(
    ("platform", "stands"),
    [("广西", True), ("国家", True), ("原安监", False), ("某某平台", False), (None, True)],
    ids=str,
)
def test_only_counting_platforms_count(db: Session, platform: str | None, stands: bool) -> None:
    """Q1: records of the old system never count; an export that names no platform is the platform's own."""
    show(db, (day(7), "已审核", day(3)), platform=platform)
    assert bool(spans(db)) is stands


def test_a_newer_record_does_not_cancel_an_older_approval(db: Session) -> None:
    show(db, (day(7), "已审核", day(3)))
    load(db, Kind.DECLARATIONS, [make_row(declaration_no="S2", declaration_state="已驳回")], day(8))
    assert spans(db) == [(day(3), None, False)]


def test_any_order_of_exports_gives_the_same_spans(db: Session) -> None:
    shows: list[Show] = [
        (day(5), "待审核"),
        (day(6), "已审核"),
        (day(7), "待审核"),
        (day(8), "已审核", day(7, 9)),
    ]
    outcomes = set()
    for order in permutations(shows):
        with db.begin_nested() as savepoint:
            show(db, *order)
            outcomes.add(tuple(spans(db)))
            savepoint.rollback()
    assert outcomes == {((day(6), day(7), True), (day(7, 9), None, False))}


STATES = st.sampled_from(["已审核", "待审核", "已驳回"])
SHOWS = st.lists(st.tuples(st.integers(1, 9), STATES, st.none() | st.integers(1, 12)), min_size=1, max_size=5)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SHOWS, st.randoms(use_true_random=False))
def test_spans_never_overlap_nor_depend_on_order(db: Session, shows: list[Any], random: Any) -> None:
    exports = [(day(month), state, approved and day(approved)) for month, state, approved in shows]
    shuffled = random.sample(exports, len(exports))
    results = []
    for order in (exports, shuffled):
        with db.begin_nested() as savepoint:
            show(db, *order)
            results.append(spans(db))
            savepoint.rollback()
    assert results[0] == results[1]
    ends = [edge for from_on, to_on, _ in results[0] for edge in (from_on, to_on or date.max)]
    assert ends == sorted(ends)


def test_rebuilding_one_declaration_leaves_the_others(db: Session) -> None:
    show(db, (day(7), "已审核", day(3)))
    load(db, Kind.DECLARATIONS, [make_row(declaration_no="S2", declaration_state="已审核")], day(7))
    whole = spans(db)
    entry = db.scalars(select(record.c.entry).where(record.c.declaration_no == "S2")).one()
    assert rebuild_standing(db, COUNTING, entries=[entry]) == 2
    assert spans(db) == whole


def test_what_was_known_then(db: Session) -> None:
    """An export that came later is not known earlier, although it speaks of earlier days."""
    show(db, (day(7), "已审核", day(3)))
    db.execute(update(Batch).values(recorded_at=datetime(2024, 8, 1, tzinfo=UTC)))
    before, after = datetime(2024, 7, 31, tzinfo=UTC), datetime(2024, 8, 2, tzinfo=UTC)
    assert db.execute(standing_as_of(day(4), COUNTING, known_at=before)).all() == []
    assert [row.from_on for row in db.execute(standing_as_of(day(4), COUNTING, known_at=after))] == [day(3)]


@pytest.mark.parametrize(
    ("on", "stands"), [(date(2024, 2, 29), False), (day(3), True), (day(8, 31), True), (day(9), False)]
)
def test_boundaries_by_day(db: Session, on: date, stands: bool) -> None:
    show(db, (day(7), "已审核", day(3)), (day(9), "待审核"))
    assert bool(db.execute(standing_as_of(on, COUNTING)).all()) is stands


def test_declared_follows_sure_links_and_merges(db: Session) -> None:
    show(db, (day(7), "已审核", day(3)))
    load(db, Kind.DECLARATIONS, [make_row(declaration_no="S2", declaration_state="已审核")], day(6))
    first, second = db.scalars(select(record.c.entry).order_by(record.c.declaration_no))
    survivor, unsure = Employer(name="甲"), Employer(name="乙")
    db.add_all([survivor, unsure])
    db.flush()
    old = Employer(name="旧", merged_into=survivor.id)
    db.add(old)
    db.flush()
    for entry, employer, verdict in [
        (first, old, "sure"),
        (second, survivor, "sure"),
        (second, unsure, "unsure"),
    ]:
        db.add(Link(entry=entry, employer_id=employer.id, verdict=verdict, method="code", by="规则"))
    db.flush()
    assert [tuple(row) for row in db.execute(declared_as_of(day(8), COUNTING))] == [
        (survivor.id, day(3), False)
    ]


def test_missing_from_a_later_whole_export_still_stands_and_is_listed(db: Session) -> None:
    show(db, (day(7), "已审核", day(3)))
    load(db, Kind.DECLARATIONS, [make_row(declaration_no="S2")], day(8), full=True)
    assert spans(db) == [(day(3), None, False)]
    listed = missing_from_platform(db)
    assert [(row["declaration_no"], row["missing_on"]) for row in listed] == [("S1", day(8))]
    assert missing_from_platform(db, county="450299") == []
