"""Complete, accepted, sent back, silent: what the county owes and when its baseline freezes (C25, Q5, 1.7)."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from models.database import session
from models.errors import RuleRefused
from models.obligation import ObligationEvent
from models.queries.snapshots import baseline_of, frozen_members
from models.target import Snapshot
from tasks.verification import CountyStatus, accept, freeze_silent, issue, send_back, status
from tests.make_rounds import CITY, DAY, JULY_15, LIUJIANG, back, filled, issued
from tests.make_targets import campaign_on_file

EVERYBODY = dict.fromkeys(("甲厂", "乙厂", "丙厂", "丁厂"), "在营")


def line(on: date = DAY) -> CountyStatus:
    (found,) = status(campaign_on_file(), on, county=LIUJIANG)
    return found


def hand_in(sheet: Path, name: str, answers: Mapping[str, object], on: date = DAY) -> None:
    back(filled(sheet, sheet.parent / name, answers), on)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("on", "late"),
    [(date(2024, 8, 8), 0), (date(2024, 8, 9), 0), (date(2024, 8, 10), 1), (date(2024, 9, 9), 31)],
    ids=["the day before", "on the very day", "the day after", "a month late"],
)
def test_late_from_the_day_after_the_due_day(sheet: Path, on: date, late: int) -> None:
    assert line(on).returned_on is None
    hand_in(sheet, "1.xlsx", EVERYBODY, on)
    found = line(on)
    assert (found.state, found.returned_on, found.late_days) == ("returned", on, late)
    assert (found.done, found.asked, found.findings, found.refused_rows) == (4, 4, {"operating": 4}, 0)
    decided = accept(campaign_on_file(), LIUJIANG, on, by=CITY)
    assert (decided.done, decided.asked, decided.members) == (4, 4, 4)
    found = line(on)
    assert (found.accepted, found.baseline, found.baseline_on, found.late_days) == (
        True,
        decided.baseline,
        on,
        late,
    )


def test_a_part_is_not_handed_in_and_cannot_be_accepted(sheet: Path) -> None:
    hand_in(sheet, "1.xlsx", {"甲厂": "在营"}, date(2024, 8, 1))
    assert (line().state, line().done, line().asked, line().returned_on) == ("open", 1, 4, None)
    with pytest.raises(RuleRefused, match="E1284 柳江区应答复 4 户，已答复 1 户，还差 3 户"):
        accept(campaign_on_file(), LIUJIANG, DAY, by=CITY)
    hand_in(sheet, "2.xlsx", {"乙厂": "在营", "丙厂": "在营"}, date(2024, 8, 5))
    hand_in(sheet, "3.xlsx", {"丁厂": {"核对结论": "其他", "说明": "不明"}}, DAY)
    found = line()
    assert (found.state, found.done, found.returned_files, found.returned_on) == ("returned", 4, 3, DAY)
    accept(campaign_on_file(), LIUJIANG, DAY, by=CITY)


def test_the_baseline_is_the_list_as_verified(city: dict[str, int], sheet: Path) -> None:
    hand_in(sheet, "1.xlsx", EVERYBODY | {"乙厂": {"核对结论": "注销", "日期": DAY}})
    accept(campaign_on_file(), LIUJIANG, DAY, by=CITY)
    with session() as db:
        frozen = baseline_of(db, campaign_on_file(), LIUJIANG)
        assert frozen is not None
        assert {unit for unit, _ in frozen_members(db, frozen)} == {city[n] for n in ("甲厂", "丙厂", "丁厂")}
    with pytest.raises(RuleRefused, match="E1295"):
        accept(campaign_on_file(), LIUJIANG, DAY, by=CITY)
    with session() as db:
        assert db.scalar(select(func.count()).select_from(Snapshot).where(Snapshot.kind == "baseline")) == 1


def test_sent_back_and_handed_in_again(sheet: Path) -> None:
    with pytest.raises(RuleRefused, match="E1294"):
        send_back(campaign_on_file(), LIUJIANG, DAY, by=CITY, reason="请复核")
    hand_in(sheet, "1.xlsx", EVERYBODY)
    send_back(campaign_on_file(), LIUJIANG, DAY, by=CITY, reason="停产单位与乡镇上报不一致")
    assert (line().state, line().done, line().returned_on) == ("sent_back", 4, None)
    with pytest.raises(RuleRefused, match="E1293"):
        accept(campaign_on_file(), LIUJIANG, DAY, by=CITY)
    again = date(2024, 8, 20)
    same = back(sheet.parent / "1.xlsx", again)
    assert (same.seen_before, same.accepted, same.returned) == (True, 0, True), "it stands by what it said"
    assert line(again).state == "returned"
    send_back(campaign_on_file(), LIUJIANG, again, by=CITY, reason="还是不一致")
    hand_in(sheet, "2.xlsx", EVERYBODY | {"甲厂": {"核对结论": "无危害因素", "说明": "只做销售"}}, again)
    found = line(again)
    assert (found.state, found.returned_on, found.late_days) == ("returned", again, 11)
    accept(campaign_on_file(), LIUJIANG, again, by=CITY)
    with pytest.raises(RuleRefused, match=r"E1286 .*基线已于 2024-08-20 冻结"):
        send_back(campaign_on_file(), LIUJIANG, again, by=CITY, reason="再看看")


def test_no_county_is_frozen_as_late_before_its_day_is_over(sheet: Path) -> None:  # noqa: ARG001
    for day in (date(2024, 8, 8), DAY):
        with pytest.raises(RuleRefused, match=r"E1286 .*2024-08-09 未过"):
            freeze_silent(campaign_on_file(), LIUJIANG, day, by=CITY, reason="逾期未返回")
    freeze_silent(campaign_on_file(), LIUJIANG, DAY + timedelta(1), by=CITY, reason="逾期未返回")


def test_no_baseline_is_frozen_for_a_day_before_the_last_answer(sheet: Path) -> None:
    """Else a unit taken over since would stand in two counties' lists."""
    hand_in(sheet, "1.xlsx", EVERYBODY, date(2024, 8, 20))
    for freeze in (
        lambda day: accept(campaign_on_file(), LIUJIANG, day, by=CITY),
        lambda day: freeze_silent(campaign_on_file(), LIUJIANG, day, by=CITY, reason="逾期"),
    ):
        with pytest.raises(RuleRefused, match=r"E128[4689]"):
            freeze(date(2024, 8, 19))
    accept(campaign_on_file(), LIUJIANG, date(2024, 8, 20), by=CITY)


def test_a_silent_county_is_frozen_by_the_city_and_still_owes(sheet: Path) -> None:
    hand_in(sheet, "1.xlsx", {"甲厂": {"核对结论": "无危害因素", "说明": "销售"}})
    on = date(2024, 8, 30)
    with pytest.raises(RuleRefused, match=r"E1286 .*写明理由"):
        freeze_silent(campaign_on_file(), LIUJIANG, on, by=CITY, reason=" ")
    made = freeze_silent(campaign_on_file(), LIUJIANG, on, by=CITY, reason="逾期未返回")
    assert (made.done, made.asked, made.members) == (1, 4, 3), "unanswered units stay in"
    found = line(on)
    assert (found.state, found.accepted, found.baseline_on, found.late_days) == ("open", False, on, 21)
    with pytest.raises(RuleRefused, match="E1242"):
        freeze_silent(campaign_on_file(), LIUJIANG, on, by=CITY, reason="再冻结")
    with pytest.raises(RuleRefused, match=r"E1284 .*基线已经冻结"):
        accept(campaign_on_file(), LIUJIANG, on, by=CITY)
    accept(campaign_on_file(), LIUJIANG, on, by=CITY, reason="县里撤并，由市级代核")
    assert line(on).accepted
    with session() as db:
        reasons = db.scalars(select(ObligationEvent.reason).where(ObligationEvent.act == "accepted")).all()
    assert reasons == ["县里撤并，由市级代核"]


def test_a_late_return_after_the_citys_freeze_is_accepted_without_a_second_baseline(sheet: Path) -> None:
    frozen = freeze_silent(campaign_on_file(), LIUJIANG, date(2024, 8, 30), by=CITY, reason="逾期")
    late = date(2024, 9, 20)
    with pytest.raises(RuleRefused, match=r"E1289 .*早于该县（区）的基线日"):
        hand_in(sheet, "1.xlsx", EVERYBODY)
    hand_in(sheet, "1.xlsx", EVERYBODY, late)
    decided = accept(campaign_on_file(), LIUJIANG, late, by=CITY)
    assert decided.baseline == frozen.baseline
    assert (line(late).accepted, line(late).late_days) == (True, 42)


def test_a_complete_county_is_accepted_not_frozen(sheet: Path) -> None:
    hand_in(sheet, "1.xlsx", EVERYBODY)
    with pytest.raises(RuleRefused, match=r"E1286 .*请用 yingbao verification accept"):
        freeze_silent(campaign_on_file(), LIUJIANG, DAY, by=CITY, reason="一起冻结")


@pytest.mark.usefixtures("city")
def test_who_was_never_asked(tmp_path: Path) -> None:
    with pytest.raises(RuleRefused, match="E1286 还没有向柳江区下发核对表"):
        accept(campaign_on_file(), LIUJIANG, DAY, by=CITY)
    files = issue(campaign_on_file(), JULY_15, tmp_path, by=CITY)
    lines = status(campaign_on_file(), DAY)
    assert [(one.name, one.asked) for one in lines if one.asked] == [("柳北区", 1), ("柳江区", 4)]
    empty = next(file for file in files if "城中区" in file.name)
    report = back(empty)
    assert (report.asked, report.returned) == (0, True), "nothing to verify is handed in by the empty list"


def test_an_older_round_counts_where_nothing_newer_was_said(sheet: Path, tmp_path: Path) -> None:
    second = issued(tmp_path, on=date(2024, 8, 1))
    hand_in(second, "2.xlsx", {"甲厂": {"核对结论": "其他", "说明": "不明"}}, date(2024, 8, 2))
    report = back(filled(sheet, tmp_path / "1.xlsx", EVERYBODY), DAY)
    refused = {row.name: [one.code for one in row.troubles] for row in report.rows if row.troubles}
    assert (report.older_round, report.round, refused) == (True, 1, {"甲厂": ["E1288"]})
    assert (report.done, report.asked, report.returned) == (4, 4, True)


def test_what_was_said_later_stands(sheet: Path, tmp_path: Path) -> None:
    hand_in(sheet, "1.xlsx", {"甲厂": "在营"}, DAY)
    report = back(
        filled(sheet, tmp_path / "0.xlsx", {"甲厂": {"核对结论": "其他", "说明": "早"}}), DAY - timedelta(3)
    )
    assert [one.code for row in report.rows for one in row.troubles] == ["E1288"]
