"""The blocks in which code talks to the database."""

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from models.database import reading, session
from models.reminder import Tick

pytestmark = pytest.mark.usefixtures("installation")


def _ticks(db: Session) -> int:
    return int(db.scalar(text("SELECT count(*) FROM tick")) or 0)


def test_nothing_done_while_reading_is_left_behind_not_even_what_was_committed() -> None:
    with reading() as db:
        db.execute(text("CREATE TEMP TABLE worked_out ON COMMIT DROP AS SELECT 1 AS day"))
        db.add(Tick(campaign="x", day="2024-08-09"))
        db.commit()
        assert _ticks(db) == 1
        assert db.scalar(text("SELECT day FROM worked_out")) == 1
    with session() as db:
        assert _ticks(db) == 0


def _write_and_fail() -> None:
    with reading() as db:
        db.execute(text("INSERT INTO tick (campaign, day) VALUES ('x', '2024-08-09')"))
        raise RuntimeError


def test_an_error_while_reading_leaves_nothing_either() -> None:
    with pytest.raises(RuntimeError):
        _write_and_fail()
    with session() as db:
        assert _ticks(db) == 0
