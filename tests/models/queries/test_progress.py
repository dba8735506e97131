"""n of m of an obligation: for all counties at once as for one (C25)."""

from datetime import date

import pytest
from sqlalchemy import func
from sqlalchemy.orm import Session

from models.actions.obligations import record_act
from models.employer import Employer
from models.obligation import ObligationAct
from models.queries.obligations import obligations
from models.queries.verification import progress
from models.verification import RoundMember, Transfer, Verdict, VerificationRound
from tests.make_targets import campaign_on_file, make_employer

CAMPAIGN = campaign_on_file()
HERE, THERE = "450206", "450205"
ISSUED, SAID, DAY = date(2024, 7, 15), date(2024, 8, 5), date(2024, 8, 9)


def ask(db: Session, *units: Employer, kind: str = "full", on: date = ISSUED, number: int = 1) -> None:
    made = VerificationRound(campaign=CAMPAIGN.key, county=HERE, number=number, kind=kind, by="张三")
    made.obligation = "verification" if kind == "full" else "monthly-2024-08"
    made.issued_on, made.members = on, len(units)
    db.add(made)
    db.flush()
    db.add_all(RoundMember(round_id=made.id, employer_id=unit.id) for unit in units)
    db.flush()


def say(
    db: Session, unit: Employer, county: str = HERE, on: date = SAID, ended: date | None = None
) -> Verdict:
    made = Verdict(campaign=CAMPAIGN.key, county=county, employer_id=unit.id, finding="operating", by="张三")
    made.effective_on = on
    if ended:
        made.ended_on, made.ended_at, made.ended_by = ended, func.now(), "张三"
    db.add(made)
    db.flush()
    return made


def answered(db: Session) -> tuple[int, int]:
    """(done, asked) of the one county."""
    found = progress(db, CAMPAIGN, DAY)
    assert found == progress(db, CAMPAIGN, DAY, county=HERE)
    (one,) = [found[key] for key in found if key[0] == HERE]
    return one["done"], one["asked"]


@pytest.fixture
def units(db: Session) -> list[Employer]:
    return [make_employer(db) for _ in range(3)]


def test_each_answered_unit_counts_once(db: Session, units: list[Employer]) -> None:
    ask(db, *units)
    assert answered(db) == (0, 3)
    say(db, units[0])
    say(db, units[1], ended=date(2024, 8, 8))
    assert answered(db) == (1, 3)


def test_what_is_said_later_or_by_another_county_does_not_count(db: Session, units: list[Employer]) -> None:
    ask(db, *units)
    say(db, units[0], on=date(2024, 8, 10))
    say(db, units[1], county=THERE)
    assert answered(db) == (0, 3)


def test_a_full_list_takes_what_was_said_before_and_a_recheck_does_not(
    db: Session, units: list[Employer]
) -> None:
    say(db, units[0], on=date(2024, 7, 1))
    ask(db, *units)
    assert answered(db) == (1, 3)


def test_a_recheck_asks_anew(db: Session, units: list[Employer]) -> None:
    say(db, units[0], on=date(2024, 7, 1))
    say(db, units[1])
    ask(db, *units[:2], kind="recheck")
    assert answered(db) == (1, 2)


def test_the_newest_round_is_the_one_to_answer(db: Session, units: list[Employer]) -> None:
    ask(db, *units)
    ask(db, units[0], number=2)
    assert answered(db) == (0, 1)


def test_merged_units_are_one_and_ended_ones_none(db: Session, units: list[Employer]) -> None:
    ask(db, *units)
    units[1].merged_into = units[0].id
    units[2].ended_at = func.now()
    say(db, units[1])
    db.flush()
    assert answered(db) == (1, 1)


def test_a_unit_that_another_county_took_is_answered(db: Session, units: list[Employer]) -> None:
    ask(db, *units)
    said = say(db, units[0], ended=DAY)
    made = Transfer(campaign=CAMPAIGN.key, employer_id=units[0].id, from_county=HERE, to_county=THERE)
    made.verdict_id, made.asked_on, made.answer, made.answered_on = said.id, SAID, "accepted", DAY
    made.answered_at, made.answered_by = func.now(), "李四"
    db.add(made)
    db.flush()
    assert answered(db) == (1, 3)


def test_an_obligation_says_how_far_it_is(db: Session, units: list[Employer]) -> None:
    ask(db, *units)
    say(db, units[0])
    for key in ("verification", "summary-2024"):
        record_act(db, CAMPAIGN, HERE, key, ObligationAct.RETURNED, on=DAY, by="张三")
    found = {one.key: (one.done, one.asked) for one in obligations(db, CAMPAIGN, DAY, county=HERE)}
    assert found == {"verification": (1, 3), "summary-2024": (None, None)}
