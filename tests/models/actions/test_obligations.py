"""Obligations open once, by the file's days; each act is kept and leaves a trace (C25, C26)."""

from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.actions.obligations import find_obligation, open_obligations, record_act
from models.errors import RuleRefused
from models.event import Event
from models.obligation import Obligation, ObligationAct
from models.queries.obligations import acts_history, obligations
from tests.make_targets import campaign_on_file, campaign_with

CAMPAIGN = campaign_on_file()
HERE = "450206"
OPENED = {
    "行动开始以前": (date(2024, 6, 30), 0),
    "核对": (date(2024, 7, 1), 10),
    "八月还没有新的": (date(2024, 8, 31), 10),
    "加上八月的月报": (date(2024, 9, 1), 20),
    "全部：两次总结、核对、十七个月": (date(2026, 1, 31), 200),
}


@pytest.mark.parametrize(("day", "count"), OPENED.values(), ids=OPENED)
def test_what_is_due_to_open_opens_once(db: Session, day: date, count: int) -> None:
    assert open_obligations(db, CAMPAIGN, day) == count
    assert open_obligations(db, CAMPAIGN, day) == 0
    assert db.scalar(select(func.count()).select_from(Obligation)) == count


def test_what_the_city_owes_is_one_row_under_its_own_code(db: Session) -> None:
    own = {"key": "plan", "name": "实施方案", "opens": date(2024, 7, 1), "due": date(2024, 7, 31)}
    campaign = campaign_with(obligations=[own | {"owed_by": "city", "owed_to": "county"}])
    assert open_obligations(db, campaign, date(2024, 7, 1)) == 1
    assert find_obligation(db, campaign, "450200", "plan").due == date(2024, 7, 31)


def test_an_act_opens_its_obligation_and_leaves_a_trace(db: Session) -> None:
    record_act(
        db,
        CAMPAIGN,
        HERE,
        "summary-2024",
        ObligationAct.RETURNED,
        on=date(2024, 11, 1),
        by="张三",
        file=("a" * 64, "总结.docx"),
    )
    (early,) = obligations(db, CAMPAIGN, date(2024, 11, 1))  # it opens on the 15th by itself
    assert (early.county, early.state, early.returned_on) == (HERE, "returned", date(2024, 11, 1))
    (kept,) = acts_history(db, CAMPAIGN, HERE, "summary-2024")
    assert (kept.file_sha256, kept.file_name, kept.by) == ("a" * 64, "总结.docx", "张三")
    trace = db.scalars(select(Event)).one()
    assert (trace.act, trace.subject) == ("obligation.returned", f"obligation:{HERE}/summary-2024")
    assert trace.detail["file"] == "a" * 64


def test_history_stays_and_a_day_sees_only_its_past(db: Session) -> None:
    def act(kind: ObligationAct, day: int, until: date | None = None) -> None:
        on = date(2024, 8, day)
        record_act(db, CAMPAIGN, HERE, "verification", kind, on=on, by="张三", reason="因", new_due=until)

    act(ObligationAct.RETURNED, 8)
    act(ObligationAct.SENT_BACK, 12)
    act(ObligationAct.EXTENDED, 12, date(2024, 8, 20))
    act(ObligationAct.RETURNED, 19)
    seen = {day: obligations(db, CAMPAIGN, date(2024, 8, day), county=HERE)[0] for day in (7, 8, 12, 19)}
    assert {day: (one.state, one.due.day, one.course) for day, one in seen.items()} == {
        7: ("open", 9, 0),
        8: ("returned", 9, 0),
        12: ("sent_back", 20, 2),
        19: ("returned", 20, 2),
    }
    assert seen[19].late_days == 0
    assert len(acts_history(db, CAMPAIGN, HERE, "verification")) == 4


def test_unknown_obligations_are_refused_with_the_known_ones(db: Session) -> None:
    with pytest.raises(RuleRefused, match=r"E1292.*柳江区.*verification"):
        record_act(db, CAMPAIGN, HERE, "summary-2030", ObligationAct.RETURNED, on=date(2024, 8, 1), by="张三")


def test_a_refused_act_leaves_nothing(db: Session) -> None:
    with pytest.raises(RuleRefused, match="E1294"):
        record_act(
            db,
            CAMPAIGN,
            HERE,
            "verification",
            ObligationAct.SENT_BACK,
            on=date(2024, 8, 1),
            by="张三",
            reason="因",
        )
    assert acts_history(db, CAMPAIGN, HERE, "verification") == []
    assert db.scalar(select(func.count()).select_from(Event)) == 0
