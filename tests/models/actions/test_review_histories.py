"""Whatever anybody tries in whatever order: no forbidden state, no lost step, no broken chain (1.5)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from models.actions import review
from models.errors import RuleRefused
from models.queries.filings import chain_faults, form_of, held_by, state_of
from models.rules.review import Actor
from tests.make_filings import AT_CITY, AT_REGION, COUNTY, OTHER_COUNTY, do, employer, make_registrant
from tests.make_forms import DAY, make_form

NEXT = {
    "提交": {"暂存": "待审核", "已驳回": "待审核"},
    "审核通过": {"待审核": "已审核"},
    "审核不通过": {"待审核": "已驳回"},
    "撤销": {"已审核": "待审核"},
}
OTHERS = [OTHER_COUNTY, AT_CITY, AT_REGION]


class Histories(RuleBasedStateMachine):
    """A model of plain dictionaries beside the real thing, which must agree after every act."""

    engine: Engine

    def __init__(self) -> None:
        super().__init__()
        self.connection = self.engine.connect()
        self.outer = self.connection.begin()
        self.db = Session(self.connection, join_transaction_mode="create_savepoint", expire_on_commit=False)
        self.registrant = make_registrant(self.db).id
        self.states: dict[int, str] = {}
        self.steps: dict[int, int] = {}
        self.exposed: dict[int, int] = {}
        self.revoked: set[int] = set()
        self.day = DAY
        self.past: list[tuple[date, dict[int, str]]] = []

    def teardown(self) -> None:
        self.db.close()
        self.outer.rollback()
        self.connection.close()

    @contextmanager
    def expected(self, allowed: bool) -> Iterator[None]:
        """The act is done if and only if the model allows it; a refusal leaves nothing."""
        try:
            with self.db.begin_nested():
                yield
            assert allowed
        except RuleRefused:
            assert not allowed

    @initialize(approved=st.integers(0, 2))
    def begin(self, approved: int) -> None:
        """Most of what can go wrong needs an approval to begin with."""
        for _ in range(approved):
            self.save()
            for act in ("提交", "审核通过"):
                self.lead(max(self.states), act)

    @rule()
    def save(self) -> None:
        allowed = all(state == "已审核" for state in self.states.values())
        with self.expected(allowed):
            made = review.save(
                self.db, self.registrant, make_form(), actor=employer(self.registrant), on=self.day
            )
            self.states[made.id], self.steps[made.id], self.exposed[made.id] = "暂存", 1, 20

    @rule(which=st.integers(0, 3), exposed=st.integers(20, 22))
    def edit(self, which: int, exposed: int) -> None:
        if (number := self.pick(which)) is None:
            return
        with self.expected(self.states[number] in ("暂存", "已驳回")):
            form = make_form({"basics.exposed": exposed})
            review.edit(self.db, number, form, actor=employer(self.registrant), on=self.day)
            self.steps[number] += exposed != self.exposed[number]
            self.exposed[number] = exposed

    @rule(which=st.integers(0, 3), turn=st.integers(0, 1))
    def go_on(self, which: int, turn: int) -> None:
        """An act that fits the state, so that long histories come about."""
        if (number := self.pick(which)) is not None:
            fitting = [act for act, steps in NEXT.items() if self.states[number] in steps]
            self.lead(number, fitting[turn % len(fitting)])

    @rule(which=st.integers(0, 3), act=st.sampled_from(sorted(NEXT)))
    def try_anything(self, which: int, act: str) -> None:
        if (number := self.pick(which)) is not None:
            self.lead(number, act)

    def lead(self, number: int, act: str) -> None:
        after = NEXT[act].get(self.states[number])
        waits = act == "提交" and bool(self.revoked - {number})
        with self.expected(after is not None and not waits):
            do(self.db, self.get(number), act, on=self.day)
            assert after is not None
            self.states[number] = after
            self.steps[number] += 1
            if act in ("撤销", "审核通过"):
                (self.revoked.add if act == "撤销" else self.revoked.discard)(number)

    @rule(
        which=st.integers(0, 3),
        act=st.sampled_from(sorted(NEXT)),
        who=st.sampled_from(["employer", *OTHERS, COUNTY]),
    )
    def meddle(self, which: int, act: str, who: Actor | str) -> None:
        """Each act by somebody whose it is not (F15, M07)."""
        actor = employer(self.registrant) if isinstance(who, str) else who
        own = act == "提交" if isinstance(who, str) else who is COUNTY and act != "提交"
        if (number := self.pick(which)) is not None and not own:
            with self.expected(False):
                do(self.db, self.get(number), act, on=self.day, actor=actor)

    @rule()
    def night(self) -> None:
        self.past.append((self.day, dict(self.states)))
        self.day += timedelta(days=1)

    def pick(self, which: int) -> int | None:
        numbers = sorted(self.states)
        return numbers[which % len(numbers)] if numbers else None

    def get(self, number: int) -> review.FiledDeclaration:
        return self.db.get_one(review.FiledDeclaration, number, populate_existing=True)

    @invariant()
    def the_database_agrees(self) -> None:
        held = {one.id: str(one.state) for one in held_by(self.db, self.registrant)}
        assert held == self.states
        assert {number: self.get(number).steps for number in held} == self.steps
        assert {number: form_of(self.db, self.get(number)).basics.exposed for number in held} == self.exposed

    @invariant()
    def every_chain_holds(self) -> None:
        assert chain_faults(self.db) == {}

    @invariant()
    def the_past_stays(self) -> None:
        for day, states in self.past[-3:]:
            assert {number: state_of(self.db, number, day) for number in states} == states


@pytest.mark.usefixtures("engine")
def test_no_history_breaks_it(engine: Engine) -> None:
    Histories.engine = engine
    quick = settings(
        max_examples=12, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(Histories, settings=quick)  # type: ignore[no-untyped-call]
