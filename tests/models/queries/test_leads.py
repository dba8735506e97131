"""How a lead ends (C09, C10): accepted, duplicate, declared before, or no employer."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from models.actions.leads import judge_lead, undo_lead
from models.actions.unit_judgements import touch_entries
from models.actions.units import resolve_units
from models.declaration import Standing
from models.errors import RuleRefused
from models.inbound import Kind
from models.lead import LeadOutcome
from models.link import Link
from models.queries.leads import leads
from tests.make import JULY
from tests.make_units import CODE, entry_of, groups, groups_of, list_of, row, units

JUNE, AUGUST = date(2024, 6, 1), date(2024, 8, 1)
FOUND = {"channel": "协管员", "credit_code": CODE}


def found(tag: str, **changes: Any) -> dict[str, Any]:
    return row(tag, **(FOUND | changes))


def outcomes(db: Session) -> dict[str, str]:
    resolve_units(db, {})
    return {one["evidence"]: one["outcome"] for one in leads(db)}


def test_a_new_unit_is_accepted(db: Session) -> None:
    list_of(db, found("a"), kind=Kind.LEAD)
    assert outcomes(db) == {"a": "已采纳"}


@pytest.mark.parametrize(("day", "outcome"), [(JUNE, "重复"), (JULY, "重复"), (AUGUST, "已采纳")])
def test_a_unit_another_list_knew_before(db: Session, day: date, outcome: str) -> None:
    list_of(db, found("a"), kind=Kind.LEAD)
    list_of(db, row("s", credit_code=CODE), on=day)
    assert outcomes(db) == {"a": outcome}


def test_of_two_leads_the_earlier_is_accepted(db: Session) -> None:
    list_of(
        db, found("b", found_on=date(2024, 6, 20)), found("a", found_on=date(2024, 6, 10)), kind=Kind.LEAD
    )
    assert outcomes(db) == {"a": "已采纳", "b": "重复"}


def declare(db: Session, tag: str, on: date, verdict: str = "sure") -> None:
    resolve_units(db, {})
    db.add(Standing(entry=1, from_on=on, to_on=None, presumed=False))
    db.add(Link(entry=1, employer_id=units(db)[tag], verdict=verdict, method="code", by="规则"))
    db.flush()


@pytest.mark.parametrize(
    ("on", "verdict", "outcome"),
    [
        (JUNE, "sure", "已申报"),
        (JULY, "sure", "已申报"),
        (AUGUST, "sure", "已采纳"),
        (JUNE, "unsure", "已采纳"),
    ],
    ids=["declared before", "declared on the day", "declared afterwards", "perhaps declared"],
)
def test_a_lead_for_a_declared_unit(db: Session, on: date, verdict: str, outcome: str) -> None:
    list_of(db, found("a"), kind=Kind.LEAD)
    declare(db, "a", on, verdict)
    assert outcomes(db) == {"a": outcome}


def test_declared_goes_before_duplicate(db: Session) -> None:
    list_of(db, row("s", credit_code=CODE), on=JUNE)
    list_of(db, found("a"), kind=Kind.LEAD)
    declare(db, "s", JUNE)
    assert outcomes(db) == {"a": "已申报"}


def settle(db: Session, tag: str) -> None:
    resolve_units(db, {}, touch_entries(db, [entry_of(db, tag)]))


def test_no_employer_is_no_unit_until_undone(db: Session) -> None:
    list_of(db, found("a"), kind=Kind.LEAD)
    resolve_units(db, {})
    (unit,) = units(db).values()
    judge_lead(db, entry_of(db, "a"), LeadOutcome.NOT_EMPLOYER, by="城区", reason="是住户")
    settle(db, "a")
    assert units(db) == {}
    assert db.scalar(text("SELECT ended_at IS NOT NULL FROM employer WHERE id = :id"), {"id": unit})
    assert outcomes(db) == {"a": "非用人单位"}
    undo_lead(db, entry_of(db, "a"), by="城区", reason="看错了")
    settle(db, "a")
    assert units(db) == {"a": unit}
    assert db.scalar(text("SELECT ended_at IS NULL FROM employer WHERE id = :id"), {"id": unit})


def test_no_employer_leaves_other_lists_alone(db: Session) -> None:
    list_of(db, found("a"), kind=Kind.LEAD)
    list_of(db, row("s", credit_code=CODE))
    resolve_units(db, {})
    judge_lead(db, entry_of(db, "a"), LeadOutcome.NOT_EMPLOYER, by="城区", reason="是住户")
    settle(db, "a")
    assert groups(db) == groups_of("s")


def test_filters(db: Session) -> None:
    list_of(db, found("a"), kind=Kind.LEAD)
    resolve_units(db, {})
    assert len(leads(db, county="450206", outcome=LeadOutcome.ACCEPTED, as_of=JULY)) == 1
    assert (
        leads(db, as_of=JUNE) == leads(db, county="450204") == leads(db, outcome=LeadOutcome.DECLARED) == []
    )


def test_what_cannot_be_judged_is_refused(db: Session) -> None:
    list_of(db, found("a"), kind=Kind.LEAD)
    list_of(db, row("s"))
    judge_lead(db, entry_of(db, "a"), LeadOutcome.DUPLICATE, by="城区", reason="同一家")
    with pytest.raises(RuleRefused, match=r"E1228.*城区"):
        judge_lead(db, entry_of(db, "a"), LeadOutcome.ACCEPTED, by="市", reason="再看")
    with pytest.raises(RuleRefused, match="E1227"):
        judge_lead(db, entry_of(db, "s"), LeadOutcome.ACCEPTED, by="市", reason="不是线索")
    undo_lead(db, entry_of(db, "a"), by="市", reason="看错了")
    with pytest.raises(RuleRefused, match="E1229"):
        undo_lead(db, entry_of(db, "a"), by="市", reason="没有了")
