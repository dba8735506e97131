"""Two people at once, each on a connection of its own: one act wins, the other is judged by what it finds then."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.actions import review
from models.errors import RuleRefused
from models.filing import FiledDeclaration
from models.queries.filings import chain_faults
from tests.conftest import empty
from tests.make_filings import COUNTY, employer, make_declaration, make_registrant
from tests.make_forms import DAY, lists, make_form

ROUNDS = range(5)
Act = Callable[[Session], Any]


@pytest.fixture
def registrant(engine: Engine) -> Iterator[int]:
    with Session(engine) as db, db.begin():
        number = make_registrant(db).id
    yield number
    empty(engine)


def make(engine: Engine, registrant: int, *acts: str) -> int:
    with Session(engine) as db, db.begin():
        return make_declaration(db, registrant, *acts).id


def at_once(engine: Engine, *acts: Act) -> list[str]:
    """What became of each: done, or the code of its refusal."""
    start = Barrier(len(acts))

    def run(act: Act) -> str:
        with Session(engine) as db:
            start.wait(timeout=20)
            try:
                with db.begin():
                    act(db)
            except RuleRefused as refused:
                return refused.code
            except IntegrityError as forbidden:
                return str(forbidden.orig).split('"')[1]
            return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def save(registrant: int) -> Act:
    return lambda db: review.save(db, registrant, make_form(), actor=employer(registrant), on=DAY)


def submit(number: int, registrant: int) -> Act:
    return lambda db: review.submit(
        db, number, (), versions=lists().versions, actor=employer(registrant), on=DAY
    )


def approve(number: int) -> Act:
    return lambda db: review.approve(db, number, actor=COUNTY, on=DAY)


def revoke(number: int) -> Act:
    return lambda db: review.revoke(db, number, "有误", actor=COUNTY, on=DAY)


def holds(engine: Engine, number: int) -> tuple[str, int]:
    """The state and the number of steps; the chain is whole."""
    with Session(engine) as db:
        assert chain_faults(db) == {}
        found = db.get_one(FiledDeclaration, number)
        return found.state, found.steps


@pytest.mark.parametrize("_", ROUNDS)
def test_of_two_new_ones_one_wins(engine: Engine, registrant: int, _: int) -> None:
    """F13."""
    assert sorted(at_once(engine, save(registrant), save(registrant))) == ["E1601", "done"]


def test_of_two_inserts_past_our_code_one_wins(engine: Engine, registrant: int) -> None:
    row = "INSERT INTO filed_declaration (registrant_id, source, state, version, steps, head) VALUES (:n, 'filed', '暂存', 1, 0, '')"

    def insert(db: Session) -> None:
        db.execute(text(row), {"n": registrant})

    assert sorted(at_once(engine, insert, insert)) == ["done", "uq_filed_declaration_open"]


@pytest.mark.parametrize("_", ROUNDS)
def test_of_two_submissions_one_wins(engine: Engine, registrant: int, _: int) -> None:
    number = make(engine, registrant)
    assert sorted(at_once(engine, submit(number, registrant), submit(number, registrant))) == [
        "E1602",
        "done",
    ]
    assert holds(engine, number) == ("待审核", 2)


@pytest.mark.parametrize("_", ROUNDS)
def test_approve_against_revoke(engine: Engine, registrant: int, _: int) -> None:
    """Whichever comes first: a revocation before the approval is refused, after it it stands."""
    number = make(engine, registrant, "提交")
    came = at_once(engine, approve(number), revoke(number))
    expected = {("done", "E1602"): ("已审核", 3), ("done", "done"): ("待审核", 4)}
    assert holds(engine, number) == expected[came[0], came[1]]


@pytest.mark.parametrize("_", ROUNDS)
def test_two_revocations(engine: Engine, registrant: int, _: int) -> None:
    number = make(engine, registrant, "提交", "审核通过")
    assert sorted(at_once(engine, revoke(number), revoke(number))) == ["E1602", "done"]
    assert holds(engine, number) == ("待审核", 4)


@pytest.mark.parametrize("_", ROUNDS)
def test_revoking_against_a_new_draft(engine: Engine, registrant: int, _: int) -> None:
    """Revoking is always possible; the draft is only there if it came first."""
    number = make(engine, registrant, "提交", "审核通过")
    revoked, saved = at_once(engine, revoke(number), save(registrant))
    assert (revoked, saved in ("done", "E1601")) == ("done", True)
