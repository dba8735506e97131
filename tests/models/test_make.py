"""The builders themselves: later lists supersede earlier ones whatever the order."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.inbound import Kind
from models.record import record
from tests.make import load, make_row

CODE = "91450200735148460A"


def test_later_data_date_is_current_whatever_the_order(db: Session) -> None:
    load(db, Kind.REGISTRY, [make_row(credit_code=CODE, headcount=30)], date(2024, 8, 1))
    load(db, Kind.REGISTRY, [make_row(credit_code=CODE, headcount=20)], date(2024, 7, 1))
    assert db.scalars(select(record.c.headcount).where(record.c.current)).all() == [30]


def test_one_list_may_name_a_line_twice(db: Session) -> None:
    twice = [make_row(credit_code=CODE), make_row(credit_code=CODE, county="450205")]
    load(db, Kind.REGISTRY, twice)
    assert sorted(db.scalars(select(record.c.county).where(record.c.current))) == ["450205", "450206"]
