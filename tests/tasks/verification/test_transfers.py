"""A unit said to be another county's moves when that county confirms, and not before (1.7)."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from models.errors import RuleRefused
from models.queries.targets import Wanted
from models.target import SnapshotKind
from tasks.membership import membership_table
from tasks.snapshots import freeze_lists
from tasks.targets import list_units
from tasks.verification import answer_transfer, list_transfers
from tests.make_rounds import CITY, DAY, LATER, LIUBEI, LIUJIANG, back, filled, issued, outcomes, page_of
from tests.make_targets import campaign_on_file

AWAY = {"甲厂": {"核对结论": "非本辖区", "接收县（区）": "柳北", "说明": "在沙塘镇"}}
CONFIRMED = DAY + timedelta(5)


def county_of(unit: int, on: date) -> str:
    (found,) = list_units(campaign_on_file(), on, Wanted(unit=unit))
    return str(found["county"])


def answer(number: int, on: date = CONFIRMED, *, accept: bool = True, note: str | None = None) -> None:
    answer_transfer(campaign_on_file(), number, on, by="柳北区", accept=accept, note=note)


def offers(on: date = LATER) -> list[tuple[int, str | None]]:
    return [(one["number"], one["answer"]) for one in list_transfers(campaign_on_file(), on)]


def figures(county: str, on: date) -> tuple[int | None, ...]:
    (line,) = membership_table(campaign_on_file(), on, county)
    return line.b, line.x, line.a, line.n


def test_nothing_changes_until_the_taker_confirms(city: dict[str, int], sheet: Path, tmp_path: Path) -> None:
    back(filled(sheet, tmp_path / "1.xlsx", AWAY))
    (offer,) = list_transfers(campaign_on_file(), DAY)
    assert (offer["from_name"], offer["to_name"], offer["name"], offer["note"]) == (
        "柳江区",
        "柳北区",
        "甲厂",
        "在沙塘镇",
    )
    assert county_of(city["甲厂"], CONFIRMED) == LIUJIANG
    answer(offer["number"])
    assert [county_of(city["甲厂"], CONFIRMED - timedelta(1)), county_of(city["甲厂"], CONFIRMED)] == [
        LIUJIANG,
        LIUBEI,
    ]
    assert figures(LIUJIANG, CONFIRMED) == (None,) * 4, "before the baseline neither X nor A"


def test_refused_it_stays_and_the_giver_is_told(city: dict[str, int], sheet: Path, tmp_path: Path) -> None:
    back(filled(sheet, tmp_path / "1.xlsx", AWAY))
    with pytest.raises(RuleRefused, match=r"E1287 .*必须写明理由"):
        answer(1, accept=False)
    answer(1, accept=False, note="不在本区")
    assert county_of(city["甲厂"], LATER) == LIUJIANG
    with pytest.raises(RuleRefused, match=r"E1287 .*已于 2024-08-14 拒绝接收"):
        answer(1, LATER)
    report = back(filled(sheet, tmp_path / "2.xlsx", AWAY | {"乙厂": "在营"}), LATER)
    (row,) = [row for row in report.rows if row.name == "甲厂"]
    assert (str(row.outcome), row.why) == ("未变", "接收县（区）已拒绝：不在本区。请改选其他结论")


@pytest.mark.parametrize("giver", [True, False], ids=["giver has a baseline", "giver has none"])
@pytest.mark.parametrize("taker", [True, False], ids=["taker has a baseline", "taker has none"])
def test_x_and_a_only_where_there_is_a_baseline(
    sheet: Path, tmp_path: Path, giver: bool, taker: bool
) -> None:
    for county in [LIUJIANG] * giver + [LIUBEI] * taker:
        freeze_lists(campaign_on_file(), SnapshotKind.BASELINE, DAY, by=CITY, county=county)
    back(filled(sheet, tmp_path / "1.xlsx", AWAY))
    answer(1)
    assert figures(LIUJIANG, CONFIRMED) == ((4, 1, 0, 3) if giver else (None,) * 4)
    assert figures(LIUBEI, CONFIRMED) == ((1, 0, 1, 2) if taker else (None,) * 4)
    *_, whole = membership_table(campaign_on_file(), CONFIRMED)
    if giver and taker:
        assert (whole.b, whole.n) == (5, 5), "zero for the city"


def test_there_and_back_again(city: dict[str, int], sheet: Path, tmp_path: Path) -> None:
    for county in (LIUJIANG, LIUBEI):
        freeze_lists(campaign_on_file(), SnapshotKind.BASELINE, DAY, by=CITY, county=county)
    back(filled(sheet, tmp_path / "1.xlsx", AWAY))
    answer(1)
    theirs = issued(tmp_path / "b", LIUBEI, LATER)
    assert [row[2] for row in page_of(load_workbook(theirs)).iter_rows(min_row=2, values_only=True)] == [
        "北厂",
        "甲厂",
    ]
    back(
        filled(theirs, tmp_path / "2.xlsx", {"甲厂": {"核对结论": "非本辖区", "接收县（区）": "柳江区"}}),
        LATER,
    )
    answer(2, LATER)
    assert county_of(city["甲厂"], LATER) == LIUJIANG
    assert (figures(LIUJIANG, LATER), figures(LIUBEI, LATER)) == ((4, 0, 0, 4), (1, 1, 1, 1))


def test_another_verdict_withdraws_the_offer(sheet: Path, tmp_path: Path) -> None:
    back(filled(sheet, tmp_path / "1.xlsx", AWAY))
    back(
        filled(sheet, tmp_path / "2.xlsx", AWAY | {"甲厂": AWAY["甲厂"] | {"说明": "已与对方说好"}}),
        DAY + timedelta(1),
    )
    assert offers() == [(1, None)], "another note is the same offer"
    back(filled(sheet, tmp_path / "3.xlsx", {"甲厂": "在营"}), LATER)
    assert offers() == [(1, "withdrawn")]
    with pytest.raises(RuleRefused, match=r"E1287 .*由原县（区）撤回"):
        answer(1, LATER)
    back(
        filled(sheet, tmp_path / "4.xlsx", {"甲厂": AWAY["甲厂"] | {"接收县（区）": "柳南区"}}),
        LATER + timedelta(1),
    )
    assert offers(LATER + timedelta(1)) == [(1, "withdrawn"), (2, None)]


def test_what_another_county_took_is_no_longer_the_givers(sheet: Path, tmp_path: Path) -> None:
    back(filled(sheet, tmp_path / "1.xlsx", AWAY | dict.fromkeys(("乙厂", "丙厂", "丁厂"), "在营")))
    answer(1)
    report = back(filled(sheet, tmp_path / "2.xlsx", {"甲厂": "在营", "乙厂": "在营"}), LATER)
    assert outcomes(report)["甲厂"] == "未接收 E1274"
    assert (report.done, report.asked) == (4, 4), "given away is answered"
    again = page_of(load_workbook(issued(tmp_path / "b", on=LATER)))
    assert "甲厂" not in [row[2] for row in again.iter_rows(min_row=2, values_only=True)]


@pytest.mark.usefixtures("city")
def test_an_unknown_number() -> None:
    with pytest.raises(RuleRefused, match="E1287"):
        answer(99)
