"""What `yingbao status` finds silent, from the campaign's own tables."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from models.actions.obligations import open_obligations, record_act
from models.actions.outbox import put_message
from models.batch import Batch, Source
from models.campaign import Campaign
from models.database import session
from models.inbound import Kind
from models.obligation import ObligationAct
from models.outbox import ChannelKind
from models.reminder import Tick
from tasks.campaigns import open_campaign
from tasks.silence import Silence, silences

pytestmark = pytest.mark.usefixtures("installation")
DAY = date(2024, 8, 20)
YUFENG, LIUJIANG = "450203", "450206"


@pytest.fixture
def campaign() -> Campaign:
    return open_campaign("liuzhou-2024-2025")


def _found(campaign: Campaign, what: str, day: date = DAY, until: date = DAY) -> list[Silence]:
    return [one for one in silences(campaign, day, until) if one.what == what]


def _ticked(campaign: Campaign, day: date) -> None:
    with session() as db:
        db.add(Tick(campaign=campaign.key, day=day))


def _export(db: Session, source: Source, day: date) -> None:
    columns = {"header_row": 1, "columns": {}, "unmapped": [], "row_count": 0, "new_count": 0}
    counts = {"problem_count": 0, "dropped_count": 0, "full": True, "by": "测试"}
    file = {"file_sha256": str(day), "file_name": "申报.csv", "sheet": ""}
    db.add(Batch(source_id=source.id, data_date=day, **columns, **counts, **file))


def test_a_missed_tick_is_told_with_its_days(campaign: Campaign) -> None:
    (never,) = _found(campaign, "tick")
    assert (never.since, never.days) == (None, 51)
    _ticked(campaign, date(2024, 8, 16))
    (missed,) = _found(campaign, "tick")
    assert (missed.since, missed.days) == (date(2024, 8, 16), 4)
    assert "工作日 2 天" in missed.message
    _ticked(campaign, DAY)
    assert _found(campaign, "tick") == []
    assert _found(campaign, "tick", until=DAY - timedelta(days=1)) != []  # as of the day before it still was


def test_the_platforms_export_grows_old(campaign: Campaign) -> None:
    assert [one.days for one in _found(campaign, "export")] == [None]
    with session() as db:
        counting = Source(kind=Kind.DECLARATIONS, name="广西")
        ignored = Source(kind=Kind.DECLARATIONS, name="原安监")
        db.add_all([counting, ignored])
        db.flush()
        _export(db, counting, date(2024, 7, 1))
        _export(db, ignored, date(2024, 8, 19))
    (old,) = _found(campaign, "export")
    assert (old.since, old.days) == (date(2024, 7, 1), 50)
    assert _found(campaign, "export", day=date(2024, 8, 5)) == []


def test_a_county_that_owes_and_says_nothing(campaign: Campaign) -> None:
    with session() as db:
        open_obligations(db, campaign, DAY)
        record_act(
            db, campaign, YUFENG, "verification", ObligationAct.RETURNED, on=date(2024, 8, 8), by="测试"
        )
    silent = {one.county: one for one in _found(campaign, "county")}
    assert len(silent) == len(campaign.counties) - 1
    assert YUFENG not in silent
    assert (silent[LIUJIANG].since, silent[LIUJIANG].days) == (None, 50)
    assert "核对" in silent[LIUJIANG].message
    assert _found(campaign, "county", day=date(2024, 8, 1)) == []  # within the month


def test_a_county_heard_of_long_ago_is_silent_only_while_it_owes(campaign: Campaign) -> None:
    later = date(2024, 9, 12)
    with session() as db:
        open_obligations(db, campaign, DAY)
        record_act(
            db, campaign, YUFENG, "verification", ObligationAct.RETURNED, on=date(2024, 8, 8), by="测试"
        )
    assert YUFENG not in {one.county for one in _found(campaign, "county", day=later)}
    with session() as db:
        open_obligations(db, campaign, later)  # the monthly answer of August
    (silent,) = [one for one in _found(campaign, "county", day=later) if one.county == YUFENG]
    assert (silent.since, silent.days) == (date(2024, 8, 8), 35)


def test_messages_nobody_knows_of_and_those_that_wait(campaign: Campaign) -> None:
    words = {"campaign": campaign.key, "office": YUFENG, "purpose": "digest", "subject": "催办", "body": "…"}
    with session() as db:
        for key in ("一", "二", "三"):
            put_message(db, key=key, channel=ChannelKind.FOLDER, addressee="张三", **words)
        db.execute(text("UPDATE message SET state = 'unknown', claimed_at = now() WHERE key = '一'"))
        db.execute(text("UPDATE message SET state = 'sent', claimed_at = now() WHERE key = '二'"))
    told = [one.message for one in _found(campaign, "messages")]
    assert [message[:6] for message in told] == ["1 条消息不", "1 条消息等"]
