"""The ladder in the database: what people record, and what a run makes of delivered notices, trainings, visits (C18, Q17)."""

import threading
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert
from sqlalchemy.exc import IntegrityError

from models.database import session
from models.employer import Employer
from models.errors import RuleRefused
from models.fieldwork import Work
from models.guidance import Escalation
from models.notice_round import Notice, NoticeDelivery, NoticeRound
from tasks.fieldwork import questions
from tasks.fieldwork.desk import Outcome
from tasks.fieldwork.ladder import climb_by_acts
from tasks.fieldwork.withdrawing import withdraw
from tests.make_fieldwork import (
    CAMPAIGN,
    CLERK,
    DAY,
    HERE,
    SOUND,
    count,
    do,
    imported,
    make_city,
    refusal,
    told,
)
from tests.make_targets import declare

pytestmark = pytest.mark.usefixtures("installation")
SIGNED = {"reason": "三次催报不报", "decided_by": "赵队长"}


@pytest.fixture
def units(installation: Path) -> dict[str, int]:  # noqa: ARG001
    return make_city("甲厂", "乙厂", "丙厂")


def notices(
    units: Mapping[str, int], said: Mapping[str, tuple[str, date | None]], variant: str = "申报"
) -> None:
    """One round of printed notices; unit → state and the day it was settled."""
    with session() as db:
        made = NoticeRound(campaign=CAMPAIGN.key, number=1, scope="everyone", state="sent", by=CLERK)
        made.planned_on = made.sent_on = date(2024, 9, 1)
        db.add(made)
        db.flush()
        for number, (name, (state, day)) in enumerate(said.items()):
            letter = Notice(round_id=made.id, employer_id=units[name], number=f"{number}", state=state)
            letter.variant, letter.content, letter.sample, letter.county = variant, {}, False, HERE
            db.add(letter)
            db.flush()
            way = NoticeDelivery(notice_id=letter.id, channel="print", state=state, settled_on=day)
            way.how = "直接送达" if day else None
            db.add(way)


def rungs(as_of: date = DAY) -> dict[str, str]:
    """Unit → the rung it came to."""
    found = questions.history(CAMPAIGN, as_of, HERE, Work.ESCALATE)
    return {row["name"]: row["told"] for row in found if row["withdrawn_at"] is None}


def climb(as_of: date = DAY) -> dict[str, int]:
    return climb_by_acts(CAMPAIGN, as_of, by=CLERK).steps


def test_delivered_notices_trainings_and_visits_lead_up_once(units: dict[str, int], engine: Engine) -> None:
    notices(
        units,
        {
            "甲厂": ("delivered", date(2024, 9, 5)),
            "乙厂": ("left", date(2024, 9, 6)),
            "丙厂": ("refused", date(2024, 9, 6)),
        },
    )
    do(Work.TRAINING, "甲厂")
    do(Work.TRAINING, "乙厂", part="受邀")
    do(Work.VISIT, "甲厂")
    do(Work.VISIT, "乙厂")
    assert climb() == {"告知": 2, "培训/宣讲": 1, "入户指导": 1}
    assert climb() == {}
    assert rungs() == {
        "甲厂": "入户指导",
        "乙厂": "告知",
    }  # invited is not present, and no visit skips a training
    do(Work.TRAINING, "乙厂", done_on="2024-09-11", place="开发区")
    assert climb() == {"培训/宣讲": 1, "入户指导": 1}
    assert count(engine, "escalation") == 6


@pytest.mark.parametrize(
    ("state", "day"), [("sent", None), ("returned", date(2024, 9, 6)), ("unknown", None)]
)
def test_what_was_not_delivered_is_no_rung(units: dict[str, int], state: str, day: date | None) -> None:
    notices(units, {"甲厂": (state, day)})
    assert climb() == {}


def test_a_notice_to_change_a_declaration_is_no_rung(units: dict[str, int]) -> None:
    notices(units, {"甲厂": ("delivered", date(2024, 9, 5))}, variant="变更申报")
    assert climb() == {}


def test_a_run_takes_only_acts_of_its_day_and_units_that_owe(units: dict[str, int]) -> None:
    delivered = ("delivered", date(2024, 9, 5))
    notices(units, {"甲厂": delivered, "乙厂": delivered})
    with session() as db:
        unit = db.get(Employer, units["乙厂"])
        assert unit is not None
        declare(db, unit, from_on=date(2024, 9, 8))
    assert climb(date(2024, 9, 4)) == {}
    assert climb(date(2024, 9, 9)) == {"告知": 1}
    assert rungs() == {"甲厂": "告知"}


def test_no_run_ever_refers_to_enforcement(units: dict[str, int], engine: Engine) -> None:
    notices(units, {"甲厂": ("delivered", date(2024, 9, 5))})
    do(Work.TRAINING, "甲厂")
    do(Work.VISIT, "甲厂")
    do(Work.VISIT, "甲厂", done_on="2024-09-20")
    do(Work.CHECK, "甲厂")
    climb()
    climb()
    assert rungs() == {"甲厂": "入户指导"}
    row = {"campaign": CAMPAIGN.key, "employer_id": units["乙厂"], "rung": 4, "done_on": DAY, "by": "x"}
    with pytest.raises(IntegrityError, match="last_rung_by_a_person"), session(engine) as db:
        db.execute(insert(Escalation), [row])


@pytest.mark.usefixtures("units")
def test_a_rehearsal_climbs_nowhere(engine: Engine) -> None:
    do(Work.ESCALATE, "甲厂")
    do(Work.TRAINING, "甲厂")
    assert climb_by_acts(CAMPAIGN, DAY, by=CLERK, rehearse=True).total == 1
    assert count(engine, "escalation") == 1


@pytest.mark.usefixtures("units")
def test_people_climb_in_order_or_say_why(tmp_path: Path) -> None:
    assert refusal(Work.ESCALATE, "甲厂", rung="入户指导") == "E1581"
    assert refusal(Work.ESCALATE, "甲厂", rung="移送监督执法", reason="拒不整改") == "E1583"
    rows = [
        {"name": "甲厂", "done_on": "2024-09-05", "rung": "告知"},
        {"name": "甲厂", "done_on": "2024-09-04", "rung": "培训/宣讲"},
        {"name": "甲厂", "done_on": "2024-09-05", "rung": "培训/宣讲"},
        {"name": "甲厂", "done_on": "2024-09-20", "rung": "移送监督执法", **SIGNED},
        {"name": "乙厂", "done_on": "2024-09-20", "rung": "移送监督执法", "reason": "x"},
    ]
    new, same = str(Outcome.NEW), str(Outcome.SAME)
    assert told(imported(tmp_path, Work.ESCALATE, *rows)) == [new, "E1584", new, new, "E1583"]
    assert told(imported(tmp_path, Work.ESCALATE, *rows)) == [same, "E1582", same, same, "E1583"]


@pytest.mark.usefixtures("units")
def test_of_two_people_at_once_one_climbs(engine: Engine) -> None:
    ready, codes = threading.Barrier(2), []

    def tell(day: str) -> None:
        ready.wait()
        codes.append(refusal(Work.ESCALATE, "甲厂", done_on=day))

    threads = [threading.Thread(target=tell, args=(day,)) for day in ("2024-09-05", "2024-09-06")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes, key=str) == ["E1582", None]
    assert count(engine, "escalation") == 1


@pytest.mark.usefixtures("units")
def test_steps_are_withdrawn_from_the_top(tmp_path: Path) -> None:
    do(Work.ESCALATE, "甲厂")
    do(Work.ESCALATE, "甲厂", rung="培训/宣讲", done_on="2024-09-10")
    first, second = (row["number"] for row in questions.history(CAMPAIGN, DAY, HERE, Work.ESCALATE))
    with pytest.raises(RuleRefused, match="E1588"):
        withdraw(CAMPAIGN, Work.ESCALATE, first, by=CLERK, reason="记错")
    withdraw(CAMPAIGN, Work.ESCALATE, second, by=CLERK, reason="没有参加")
    assert rungs() == {"甲厂": "告知"}
    row = {"name": "甲厂", **SOUND[Work.ESCALATE], "rung": "培训/宣讲", "done_on": "2024-09-10"}
    assert told(imported(tmp_path, Work.ESCALATE, row)) == ["E1589"]
