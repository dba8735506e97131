"""The monthly flow: on the fifth working day, once, and a rehearsal leaves nothing (C27, C29)."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from deployments.catalogue import find_flow
from models.campaign import Campaign
from models.database import session
from tasks.bulletin.monthly import months_due, months_missed
from tests.tasks.bulletin.make_city import make_city

pytestmark = pytest.mark.prefect
FOURTH, FIFTH = date(2024, 10, 11), date(2024, 10, 12)  # a Saturday that is worked


@pytest.fixture
def campaign(installation: Path) -> Campaign:  # noqa: ARG001
    return make_city()


def run(day: date, out: Path, **changes: Any) -> Any:
    flow: Any = find_flow("monthly-report")
    return flow({"as_of": day, "out": out, **changes}, return_state=True)


def counted(engine: Engine) -> tuple[int, int]:
    with session(engine) as db:
        sent = "SELECT count(*) FROM message WHERE purpose = 'bulletin'"
        return db.scalar(text("SELECT count(*) FROM assessment")) or 0, db.scalar(text(sent)) or 0


def test_a_month_is_reported_on_its_day_and_once(campaign: Campaign, engine: Engine, tmp_path: Path) -> None:
    assert run(FOURTH, tmp_path).is_completed()
    assert counted(engine) == (1, 0)  # August, frozen by the city of the test
    assert run(FIFTH, tmp_path, dry_run=True).is_completed()
    assert counted(engine) == (1, 0)
    assert not list(tmp_path.rglob("*.pdf"))
    assert run(FIFTH, tmp_path).is_completed()
    assert counted(engine) == (2, 10)
    files = sorted(path.name for path in tmp_path.rglob("*") if path.is_file())
    assert {"柳州市2024-09进展情况通报.pdf", "柳州市2024-09市级内部参考.pdf"} <= set(files)
    assert sum("工作计划" in name for name in files) == 10
    assert run(FIFTH, tmp_path).is_completed()
    assert counted(engine) == (2, 10)
    assert months_due(campaign, FIFTH) == []


def test_what_a_schedule_catches_up_by_itself(campaign: Campaign) -> None:
    assert months_missed(campaign, FIFTH) == ["2024-09"]
    late = date(2025, 1, 10)
    assert months_due(campaign, late) == ["2024-09", "2024-10", "2024-11", "2024-12"]
    assert months_missed(campaign, late) == ["2024-11", "2024-12"]
