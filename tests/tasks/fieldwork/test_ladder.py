"""The ladder in the database: what people record, and what a run makes of delivered notices, trainings, visits (C18, Q17)."""

import threading
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, update
from sqlalchemy.exc import IntegrityError

from models.database import session
from models.employer import Employer
from models.errors import RuleRefused
from models.fieldwork import Work
from models.guidance import Escalation
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
    notices,
    refusal,
    told,
)
from tests.make_targets import declare

pytestmark = pytest.mark.usefixtures("installation")
SIGNED = {"reason": "三次催报不报", "decided_by": "赵队长"}


@pytest.fixture
def units(installation: Path) -> dict[str, int]:  # noqa: ARG001
    return make_city("甲厂", "乙厂", "丙厂")


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


def test_people_climb_in_order_or_say_why(units: dict[str, int], tmp_path: Path) -> None:
    notices(units, {"甲厂": ("delivered", date(2024, 9, 5))}, scan="回证.pdf")
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


@pytest.mark.parametrize(
    ("said", "scan", "word"),
    [
        (("delivered", date(2024, 9, 5)), "回证.pdf", None),
        (("left", date(2024, 9, 5)), "照片.jpg", None),
        (("delivered", date(2024, 9, 5)), None, "E1860"),
        (("delivered", date(2024, 9, 21)), "回证.pdf", "E1860"),
        (("refused", date(2024, 9, 5)), "回证.pdf", "E1860"),
        (("sent", None), None, "E1860"),
    ],
    ids=["送达回证", "留置", "只有短信回执", "移送以后送达", "拒收", "只是发出"],
)
def test_referred_only_with_a_signed_proof_of_service(
    units: dict[str, int], said: tuple[str, date | None], scan: str | None, word: str | None
) -> None:
    """From the enforcement rung on the 送达回证 is required; a reason for skipping does not stand in for it (Q20)."""
    notices(units, {"甲厂": said}, scan=scan)
    day = {"done_on": "2024-09-20", "rung": "移送监督执法"}
    assert refusal(Work.ESCALATE, "甲厂", **day, **SIGNED) == word
    assert refusal(Work.ESCALATE, "乙厂", **day, **SIGNED) == "E1860"


def test_a_proof_under_a_merged_number_counts(units: dict[str, int]) -> None:
    notices(units, {"乙厂": ("delivered", date(2024, 9, 5))}, scan="回证.pdf")
    with session() as db:
        db.execute(update(Employer).where(Employer.id == units["乙厂"]).values(merged_into=units["甲厂"]))
    assert refusal(Work.ESCALATE, "甲厂", done_on="2024-09-20", rung="移送监督执法", **SIGNED) is None


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
