"""On histories nobody thought of: what the figures promise holds, and a published month is found again (issue 6).

Units are declared, revoked, removed, taken back, moved, added, linked wrongly and merged, often dated back; months are
published in between, each known only what was entered before.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from models.actions.standing import rebuild_standing
from models.database import reading, session
from models.errors import RuleRefused
from models.inbound import Kind
from models.link import Link
from models.queries.figures import is_act
from models.rules.figures import Figures
from models.rules.months import last_of
from models.target import SnapshotKind
from tasks.assessments import freeze_month, verify_month
from tasks.figures import lay_figures, listed
from tasks.membership import add, cancel, move, remove
from tasks.snapshots import freeze_all, freeze_lists
from tests.conftest import empty
from tests.make import load, make_row
from tests.make_targets import DAY, campaign_on_file, list_on, make_known

CAMPAIGN, BY = campaign_on_file(), "张三"
HERE, THERE = "450206", "450205"
UNITS = [f"单位{number}" for number in range(8)]
MONTHS = ("2024-08", "2024-09", "2024-10")
LAST = date(2025, 1, 1)
unit = st.sampled_from(UNITS)
back = st.integers(0, 60)  # days before the month's end
Act = tuple[Any, ...]
acts = st.one_of(
    st.tuples(st.just("show"), unit, st.sampled_from(["已审核", "已审核", "待审核", "已驳回"]), back),
    st.tuples(st.sampled_from(["remove", "cancel", "add"]), unit, back),
    st.tuples(st.just("move"), unit, st.sampled_from([HERE, THERE]), back),
    st.tuples(st.just("unlink"), unit),
    st.tuples(st.just("merge"), unit, unit),
)
histories = st.tuples(*(st.lists(acts, min_size=2, max_size=7) for _ in MONTHS))
# `declared`: which units stood declared before the baseline
starts = st.sets(unit, max_size=4)


def make_world(declared: set[str]) -> None:
    with session() as db:
        for number, name in enumerate(UNITS):
            make_known(db, name=name, name_key=name, county=(HERE, THERE)[number % 2])
        for name in sorted(declared):
            show(db, name, "已审核", DAY - timedelta(20))
    for kind in SnapshotKind:
        freeze_lists(CAMPAIGN, kind, DAY, by=BY)


def show(db: Session, name: str, state: str, day: date) -> None:
    """One export that shows the unit's declaration in a state; its link, if it was never linked."""
    approved_on = day - timedelta(3) if state == "已审核" else None
    row = {
        "name": name,
        "declaration_no": f"SB-{name}",
        "declaration_state": state,
        "approved_on": approved_on,
    }
    load(db, Kind.DECLARATIONS, [make_row(**row, platform="广西")], day)
    rebuild_standing(db, CAMPAIGN.platforms.counting)
    found = db.execute(
        text("""SELECT DISTINCT r.entry, e.id FROM record r, employer e WHERE r.declaration_no = :number
            AND e.name = :name AND NOT EXISTS (SELECT FROM link l WHERE l.entry = r.entry)"""),
        {"number": f"SB-{name}", "name": name},
    )
    for entry, employer in found.all():
        db.add(Link(entry=entry, employer_id=employer, verdict="sure", method="code", by="规则"))


def unlink(db: Session, name: str) -> None:
    statement = """UPDATE link SET ended_at = now(), ended_by = '李四' WHERE ended_at IS NULL
        AND employer_id = (SELECT id FROM employer WHERE name = :name)"""
    db.execute(text(statement), {"name": name})


def merge(db: Session, gone: str, into: str) -> None:
    """A unit that is in use goes into another one."""
    given = {"gone": gone, "into": into}
    merged = db.execute(
        text("""UPDATE employer e SET merged_into = s.id FROM employer s
            WHERE e.name = :gone AND s.name = :into AND e.id <> s.id AND e.merged_into IS NULL
            AND s.merged_into IS NULL AND NOT EXISTS (SELECT FROM employer o WHERE o.merged_into = e.id)
            RETURNING e.id"""),
        given,
    ).scalars()
    for number in merged.all():
        db.execute(text("UPDATE placement SET ended_at = now() WHERE employer_id = :id"), {"id": number})


def act(one: Act, end: date) -> None:
    """What the rules refuse did not happen."""
    kind, name = one[0], one[1]
    day = max(DAY + timedelta(1), end - timedelta(one[-1])) if isinstance(one[-1], int) else end
    writes: dict[str, Callable[[Session], None]] = {
        "show": lambda db: show(db, name, one[2], day),
        "unlink": lambda db: unlink(db, name),
        "merge": lambda db: merge(db, name, one[2]),
    }
    if kind in writes:
        with session() as db:
            writes[kind](db)
        return
    try:
        if kind == "remove":
            remove(CAMPAIGN, name, reason="no_hazard", note=None, by=BY, on=day)
        elif kind == "cancel":
            cancel(CAMPAIGN, name, reason="恢复", by=BY, on=day)
        elif kind == "add":
            add(CAMPAIGN, name, county=None, reason="found", note=None, by=BY, on=day)
        else:
            move(CAMPAIGN, name, to=one[2], note=None, by=BY, on=day)
    except RuleRefused:
        pass


def assert_identities(found: Figures) -> None:
    *lines, city = found.lines
    for key in city.counts:
        assert city[key] == sum(line[key] or 0 for line in lines), key
    for line in found.lines:
        count = {key: line[key] or 0 for key in line.counts}
        assert count["n"] == count["b"] + count["a"] - count["x"]
        assert count["u"] == count["n"] - count["d"]
        assert count["undeclared"] == count["u"] - count["p"]
        assert count["r"] == count["r_declared"] + count["r_pending"] + count["r_undeclared"]
        before = (line.before or {}).get("u") or 0
        assert count["u"] - before == sum(cause.sign * units for cause, units in (line.causes or {}).items())
    moved = city.causes or {}
    assert moved["moved_in"] == moved["moved_out"]  # type: ignore[index]


def assert_lists(month: str) -> None:
    """Counted and listed by the same words: every integer is the length of its list; a unit changes for one cause."""
    with reading() as db:
        found = lay_figures(db, CAMPAIGN, last_of(month))
        changed = []
        for line in found.lines[:-1]:
            causes = {f"cause:{cause}": units for cause, units in (line.causes or {}).items()}
            for key, units in {**line.counts, **causes}.items():
                if units is not None:
                    members = listed(db, key, county=line.county)
                    assert len(members) == units, (line.name, key)
                    changed += [(line.county, one["employer_id"]) for one in members if key in causes]
        assert len(changed) == len(set(changed))
        assert not any(is_act(key) for key in found.city.counts if not key.startswith("work:"))


@pytest.mark.usefixtures("installation")
def test_identities_hold_and_published_months_are_found_again(engine: Engine) -> None:
    @settings(
        max_examples=4,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.explicit, Phase.generate),
    )
    @given(starts, histories)
    def hold(declared: set[str], history: tuple[list[Act], ...]) -> None:
        empty(engine)
        make_world(declared)
        for month, months_acts in zip(MONTHS, history, strict=True):
            for one in months_acts:
                act(one, last_of(month))
            assert_identities(freeze_month(CAMPAIGN, month, on=LAST, by=BY))
        for one in history[0]:
            act(one, last_of(MONTHS[-1]))
        for month in MONTHS:
            proof = verify_month(CAMPAIGN, month)
            assert proof.holds, (month, proof)
        assert_lists(MONTHS[-1])

    hold()


def test_the_order_of_import_does_not_matter(db: Session) -> None:
    """Exports and lists of several days, in any order: the same figures of every month."""
    for number, name in enumerate(UNITS):
        make_known(db, name=name, name_key=name, county=(HERE, THERE)[number % 2])
    for kind in SnapshotKind:
        freeze_all(db, CAMPAIGN, kind, DAY, by=BY)
    days = [date(2024, 8, 20), date(2024, 9, 10), date(2024, 9, 25), date(2024, 10, 15), date(2024, 10, 30)]
    shown = ["已审核", "待审核", "已审核", "已驳回", "已审核"]
    imports = [(name, state, day) for name in UNITS[:3] for state, day in zip(shown, days, strict=True)]

    @settings(
        max_examples=5, deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.generate,)
    )
    @given(st.permutations(imports))
    def same(order: list[tuple[str, str, date]]) -> None:
        assert told(order) == straight

    def told(order: list[tuple[str, str, date]]) -> list[Any]:
        with db.begin_nested() as nested:
            for name, state, day in order:
                show(db, name, state, day)
            found = [lay_figures(db, CAMPAIGN, last_of(month)).lines for month in MONTHS]
            nested.rollback()
        return found

    straight = told(imports)
    assert [[line["d"] for line in lines[:-1] if line["d"]] for lines in straight] == [[1, 2], [1, 2], [1, 2]]
    same()


@pytest.mark.usefixtures("installation")
def test_a_merger_that_was_undone_is_still_known_as_it_was() -> None:
    """While the two were one, the declaration of the one cleared the other's place in N; a month says so for good."""
    with session() as db:
        first, second = (make_known(db, name="同名厂", name_key="同名厂", phone=phone) for phone in "12")
    for kind in SnapshotKind:
        freeze_lists(CAMPAIGN, kind, DAY, by=BY)
    with session() as db:
        row = {"name": "同名厂", "declaration_no": "SB1", "declaration_state": "已审核", "platform": "广西"}
        entry = list_on(
            db, Kind.DECLARATIONS, None, row | {"approved_on": date(2024, 8, 15)}, date(2024, 8, 20)
        )
        rebuild_standing(db, CAMPAIGN.platforms.counting)
        db.add(Link(entry=entry, employer_id=second.id, verdict="sure", method="code", by="规则"))
        given = {"gone": second.id, "into": first.id}
        db.execute(text("UPDATE employer SET merged_into = :into WHERE id = :gone"), given)
        seats = db.execute(
            text("UPDATE placement SET ended_at = now() WHERE employer_id = :gone RETURNING record_id"), given
        )
        for (seat,) in seats.all():
            place(db, seat, first.id)
    published = freeze_month(CAMPAIGN, "2024-08", on=LAST, by=BY)
    assert (published.city["n"], published.city["d"]) == (2, 2)
    with session() as db:
        db.execute(text("UPDATE employer SET merged_into = NULL WHERE id = :gone"), given)
        ended = (
            "UPDATE placement SET ended_at = now() WHERE employer_id = :into AND id > 2 RETURNING record_id"
        )
        for (seat,) in db.execute(text(ended), given).all():
            place(db, seat, second.id)
    proof = verify_month(CAMPAIGN, "2024-08")
    assert proof.holds, proof.differences


def place(db: Session, record: int, unit: int) -> None:
    statement = "INSERT INTO placement (record_id, employer_id) VALUES (:record, :unit)"
    db.execute(text(statement), {"record": record, "unit": unit})
