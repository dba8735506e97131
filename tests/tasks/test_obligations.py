"""Handing in, 无事项, acceptance, send-back and extension by the city's commands (C25, C26, C31)."""

from datetime import date
from pathlib import Path

import pytest

from models.actions.obligations import open_obligations
from models.database import session, writing
from models.errors import RuleRefused
from models.verification import RoundMember, VerificationRound
from tasks.deadlines import tick
from tasks.obligations import (
    accept,
    extend,
    hand_in,
    history,
    list_obligations,
    reminders,
    report_nothing,
    send_back,
)
from tasks.received import find_kept
from tests.make_targets import campaign_on_file, make_employer

CAMPAIGN = campaign_on_file()
HERE, THERE = "450206", "450205"
DAY = date(2024, 12, 10)
MONTH = "monthly-2024-11"
pytestmark = pytest.mark.usefixtures("installation")


@pytest.fixture
def summary(tmp_path: Path) -> Path:
    path = tmp_path / "总结.docx"
    path.write_bytes("柳江区 2024 年总结".encode())
    return path


def standing(key: str, on: date = DAY, county: str = HERE) -> dict[str, object]:
    (found,) = [row for row in list_obligations(CAMPAIGN, on, county) if row["key"] == key]
    return found


def ask_again(county: str = HERE) -> None:
    """A round of one unit under the monthly obligation."""
    with session() as db:
        unit = make_employer(db)
        made = VerificationRound(campaign=CAMPAIGN.key, county=county, number=1, kind="recheck", members=1)
        made.obligation, made.issued_on, made.by = MONTH, date(2024, 12, 2), "张三"
        db.add(made)
        db.flush()
        db.add(RoundMember(round_id=made.id, employer_id=unit.id))


def test_a_summary_is_kept_by_its_hash(summary: Path, installation: Path) -> None:
    kept = hand_in(CAMPAIGN, HERE, "summary-2024", summary, on=DAY, by="张三")
    assert kept is not None
    assert find_kept(kept[0], installation).read_bytes() == summary.read_bytes()
    assert standing("summary-2024")["state"] == "returned"
    (act,) = history(CAMPAIGN, HERE, "summary-2024")
    assert (act["what"], act["file"], act["sha256"]) == ("returned", "总结.docx", kept[0])


def test_from_return_to_acceptance_with_a_send_back(summary: Path) -> None:
    hand_in(CAMPAIGN, HERE, "summary-2024", summary, on=date(2024, 12, 16), by="张三")
    assert standing("summary-2024", date(2024, 12, 20))["late_days"] == 1
    send_back(CAMPAIGN, HERE, "summary-2024", on=date(2024, 12, 17), by="李四", reason="缺数据表")
    assert standing("summary-2024", date(2024, 12, 17))["state_words"] == "退回重报，已逾期"
    hand_in(CAMPAIGN, HERE, "summary-2024", summary, on=date(2024, 12, 19), by="张三")
    accept(CAMPAIGN, HERE, "summary-2024", on=date(2024, 12, 20), by="李四", reason=None)
    row = standing("summary-2024", date(2024, 12, 31))
    assert (row["state_words"], row["late_days"], row["returned_on"]) == ("已受理", 4, date(2024, 12, 19))
    assert [line["what"] for line in history(CAMPAIGN, HERE, "summary-2024")] == [
        "returned",
        "sent_back",
        "returned",
        "accepted",
    ]


def test_nothing_to_report_is_an_answer_of_its_own() -> None:
    report_nothing(CAMPAIGN, HERE, MONTH, on=date(2024, 12, 3), by="张三")
    assert standing(MONTH)["state_words"] == "报无事项"
    with writing() as db:
        open_obligations(db, CAMPAIGN, DAY)
    assert standing(MONTH, county=THERE)["state_words"] == "未交，已逾期"


REFUSALS = {
    "总结没有文件": (lambda: hand_in(CAMPAIGN, HERE, "summary-2024", None, on=DAY, by="张三"), "E1297"),
    "总结报无事项": (lambda: report_nothing(CAMPAIGN, HERE, "summary-2024", on=DAY, by="张三"), "E1297"),
    "核对要用自己的命令交": (
        lambda: hand_in(CAMPAIGN, HERE, "verification", None, on=DAY, by="张三"),
        "E1297.*verification return",
    ),
    "核对要用自己的命令受理": (
        lambda: accept(CAMPAIGN, HERE, "verification", on=DAY, by="张三", reason="因"),
        "E1297.*verification accept",
    ),
    "核对要用自己的命令退回": (
        lambda: send_back(CAMPAIGN, HERE, "verification", on=DAY, by="张三", reason="因"),
        "E1297.*verification send-back",
    ),
    "没有这个事项": (lambda: hand_in(CAMPAIGN, HERE, "x", None, on=DAY, by="张三"), "E1292"),
}


@pytest.mark.parametrize(("attempt", "code"), REFUSALS.values(), ids=REFUSALS)
def test_refused(attempt, code: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(RuleRefused, match=code):
        attempt()
    assert list_obligations(CAMPAIGN, DAY) == []


@pytest.mark.parametrize(
    "act", [report_nothing, lambda *a, **b: hand_in(*a, None, **b)], ids=["无事项", "交回"]
)
def test_units_that_were_asked_about_are_answered_first(act) -> None:  # type: ignore[no-untyped-def]
    ask_again()
    with pytest.raises(RuleRefused, match=r"E1297.*还有 1 家单位（共 1 家）"):
        act(CAMPAIGN, HERE, MONTH, on=date(2024, 12, 3), by="张三")
    act(CAMPAIGN, THERE, MONTH, on=date(2024, 12, 3), by="张三")


def test_an_extension_for_all_passes_over_those_who_are_done(summary: Path) -> None:
    hand_in(CAMPAIGN, HERE, "summary-2024", summary, on=date(2024, 12, 1), by="张三")
    until = date(2024, 12, 25)
    made = extend(CAMPAIGN, "summary-2024", until=until, reason="洪灾", on=DAY, by="李四", county=None)
    assert len(made.counties) == 9
    assert made.passed_over == {HERE: "已交待受理"}
    assert standing("summary-2024", county=THERE)["due"] == until
    assert standing("summary-2024")["due"] == date(2024, 12, 15)


def test_one_of_all_that_cannot_be_extended_holds_up_everybody() -> None:
    """All or none: a day that is no extension is refused before anybody has one."""
    with pytest.raises(RuleRefused, match="E1296"):
        extend(CAMPAIGN, "summary-2024", until=DAY, reason="因", on=DAY, by="李四", county=None)
    assert list_obligations(CAMPAIGN, DAY) == []


def test_history_holds_the_reminders_between_the_acts(summary: Path) -> None:
    for day in (date(2024, 11, 29), date(2024, 12, 6)):
        tick(CAMPAIGN, day)
    hand_in(CAMPAIGN, HERE, "summary-2024", summary, on=date(2024, 12, 6), by="张三")
    lines = history(CAMPAIGN, HERE, "summary-2024")
    assert [(str(line["day"]), line["what"]) for line in lines] == [
        ("2024-11-29", "reminded"),
        ("2024-12-06", "reminded"),
        ("2024-12-06", "returned"),
    ]
    assert {one.county for one in reminders(CAMPAIGN, HERE)} == {HERE}


def test_both_dates_are_listed() -> None:
    with writing() as db:
        open_obligations(db, CAMPAIGN, DAY)
    row = standing("summary-2024")
    assert row["deadline"] == "期限 2024-12-15（星期日），请于 2024-12-13（星期五）前办结"
