"""Who waits on the platform for longer than five working days, as known then (annex A of 2.5)."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from models.actions.figure_units import lay_units
from models.queries.long_pending import long_pending
from tasks.targets import see_moment
from tests.make_targets import DAY, campaign_on_file, declare, make_employer

LATE = date(2024, 8, 1)


@pytest.mark.parametrize(
    ("filed_on", "found"),
    [
        pytest.param(LATE, True, id="the last late day"),
        pytest.param(LATE + timedelta(1), False, id="a day later"),
        pytest.param(None, False, id="no day of filing"),
    ],
)
def test_by_the_day_of_filing(db: Session, filed_on: date | None, found: bool) -> None:
    unit = make_employer(db)
    declare(db, unit, from_on=None, filed_on=filed_on)
    declare(db, make_employer(db), from_on=DAY, filed_on=LATE)  # approved
    listed = _waiting(db)
    assert [one["employer_id"] for one in listed] == ([unit.id] if found else [])
    if found:
        assert (listed[0]["county"], listed[0]["filed_on"]) == ("450206", filed_on)


def test_a_unit_stands_once_with_its_oldest_filing(db: Session) -> None:
    unit = make_employer(db)
    for days in (3, 0):
        declare(db, unit, from_on=None, filed_on=LATE - timedelta(days))
    assert [one["filed_on"] for one in _waiting(db)] == [LATE - timedelta(3)]


def _waiting(db: Session) -> list[dict[str, object]]:
    campaign = campaign_on_file()
    known = db.execute(select(func.now())).scalar_one()
    moment = see_moment(db, campaign, DAY)
    lay_units(db, campaign, moment, known)
    assert db.scalar(text("SELECT count(*) FROM figure_unit")) > 0
    return long_pending(db, LATE, known)
