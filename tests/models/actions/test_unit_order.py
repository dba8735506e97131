"""Any order of loading, any repetition, all at once or list by list: the same units and the same facts."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from models.actions.units import resolve_units
from models.employer import FACTS
from models.inbound import Kind
from tests.make import load, make_row
from tests.make_units import CODE, LEGACY, OTHER_CODE


def row_of(changes: dict[str, Any]) -> dict[str, Any]:
    name, core, branch = changes.pop("named")
    return make_row(name=name, name_core=core, branch_part=branch, **changes)


ROWS = st.fixed_dictionaries(
    {
        "source_key": st.sampled_from(["k1", "k2", "k3", None]),
        "credit_code": st.sampled_from([CODE, OTHER_CODE, None, None]),
        "legacy_code": st.sampled_from([LEGACY, None, None]),
        "named": st.sampled_from(
            [
                ("柳州市鑫鸿铸造有限公司", "鑫鸿铸造", ""),
                ("鑫鸿铸造有限责任公司", "鑫鸿铸造", ""),
                ("鑫鸿铸造", "鑫鸿铸造", ""),
                ("柳州市鑫鸿铸造有限公司旧厂区", "鑫鸿铸造有限公司旧厂区", ""),
                ("柳州市鑫鸿铸造有限公司分公司", "鑫鸿铸造", "分公司"),
                ("柳州市鑫鸿铸造有限公司柳江分公司", "鑫鸿铸造", "柳江分公司"),
                ("柳州市大桥纸箱厂", "大桥纸箱", ""),
            ]
        ),
        "is_branch": st.sampled_from([None, True, False]),
        "county": st.sampled_from(["450206", "450204", "450203", None]),
        "county_basis": st.sampled_from(["workplace", "registered"]),
        "address": st.sampled_from(["柳堡路1号", "拉堡镇柳堡路1号", "文昌路88号", None]),
        "phone": st.sampled_from(["13977200001", None, None]),
        "headcount": st.sampled_from([10, 20]),
    }
).map(row_of)
LISTS = st.tuples(
    st.sampled_from([Kind.REGISTRY, Kind.SURVEY, Kind.LEAD]),
    st.sampled_from([date(2024, 7, 1), date(2024, 8, 1)]),
    st.lists(ROWS, min_size=1, max_size=4),
)
WORLDS = st.lists(LISTS, min_size=1, max_size=3, unique_by=lambda listed: listed[:2])
List = tuple[Kind, date, list[dict[str, Any]]]


def seen(db: Session) -> tuple[set[frozenset[int]], set[tuple[Any, ...]]]:
    """The partition of current records, and each unit's facts beside its records; ids apart."""
    query = f"""
        SELECT array_agg(r.id ORDER BY r.id), {", ".join(f"e.{fact}" for fact in FACTS)}
        FROM record r JOIN placement p ON p.record_id = r.id AND p.ended_at IS NULL
        JOIN employer e ON e.id = p.employer_id AND e.merged_into IS NULL AND e.ended_at IS NULL
        WHERE r.current GROUP BY e.id"""
    rows = db.execute(text(query)).all()
    return {frozenset(one[0]) for one in rows}, {(tuple(one[0]), *one[1:]) for one in rows}


def loaded(db: Session, listed: List) -> None:
    batch = load(db, listed[0], listed[2], listed[1])
    db.execute(text("DROP TABLE IF EXISTS pg_temp.touched_entry"))
    query = "SELECT DISTINCT r.entry FROM sighting g JOIN record r ON r.id = g.record_id WHERE g.batch_id = "
    db.execute(text(f"CREATE TEMP TABLE touched_entry ON COMMIT DROP AS {query}{batch.id}"))
    resolve_units(db, {}, "touched_entry")


def emptied(engine: Engine) -> Iterator[Session]:
    with Session(engine) as db:
        yield db
        db.rollback()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(world=WORLDS, shuffled=st.randoms(use_true_random=False))
def test_order_and_repetition_change_nothing(engine: Engine, world: list[List], shuffled: Any) -> None:
    for db in emptied(engine):
        for listed in world:
            load(db, listed[0], listed[2], listed[1])
        resolve_units(db, {})
        at_once = seen(db)
    again = [*world, shuffled.choice(world)]
    shuffled.shuffle(again)
    for db in emptied(engine):
        for listed in again:
            loaded(db, listed)
        step_by_step = seen(db)
        resolve_units(db, {})
        assert seen(db) == step_by_step
    assert step_by_step == at_once
