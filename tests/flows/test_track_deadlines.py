"""The daily flow: everything of the day once, a step that fails holds up none after it (C30)."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from deployments.catalogue import find_flow
from models.database import session
from tests.make_fieldwork import count, make_city, notices

pytestmark = [
    pytest.mark.prefect,
    pytest.mark.usefixtures("installation"),
]
DAY = date(2024, 8, 9)


def track(out: Path, day: date = DAY, **changes: Any) -> Any:
    flow: Any = find_flow("track-deadlines")
    return flow({"as_of": day, "out": out, **changes}, return_state=True)


def counted(engine: Engine) -> tuple[int, ...]:
    tables = ("obligation", "tick", "digest", "message")
    with session(engine) as db:
        return tuple(db.scalar(text(f"SELECT count(*) FROM {table}")) or 0 for table in tables)


def test_a_day_is_tracked_once(tmp_path: Path, engine: Engine, installation: Path) -> None:
    assert track(tmp_path, dry_run=True).is_completed()
    assert counted(engine) == (0, 0, 0, 0)
    assert track(tmp_path).is_completed()
    once = counted(engine)
    assert once == (10, 1, 11, 11)
    assert track(tmp_path).is_completed()
    assert counted(engine) == once
    assert len([path for path in (installation / "outbox").rglob("*") if path.is_file()]) >= 11


def test_recorded_acts_lead_up_the_ladder_once(tmp_path: Path, engine: Engine) -> None:
    """As far as acts prove, by no hand, and never to enforcement (C18, Q17)."""
    notices(make_city("甲厂", "乙厂"), {"甲厂": ("delivered", date(2024, 9, 5))}, scan="回证.pdf")
    for dry_run, steps in ((True, 0), (False, 1), (False, 1)):
        assert track(tmp_path, date(2024, 9, 9), dry_run=dry_run).is_completed()
        assert count(engine, "escalation") == steps


def test_a_future_day_fails_and_ticks_nothing(tmp_path: Path, engine: Engine) -> None:
    assert track(tmp_path, date(2999, 1, 1)).is_failed()
    assert counted(engine)[1] == 0


def test_rechecks_that_fail_hold_up_no_reminder(
    tmp_path: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> list[Path]:
        raise OSError("disk full")

    from prefect import task

    from flows import track_deadlines

    monkeypatch.setattr(track_deadlines, "ask_again", task(name="issue-rechecks")(broken))
    assert track(tmp_path).is_failed()
    assert counted(engine) == (10, 1, 11, 12)  # and the operator is told
