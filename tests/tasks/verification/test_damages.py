"""Damage by damage what becomes of a returned workbook: what is clear is taken, all else is refused with its reason (C25)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from models.database import session
from models.errors import InputRefused
from models.queries.verification import verdicts_in_force
from tests.make_rounds import DAY, LATER, LIUBEI, back, filled, issued, outcomes, page_of
from tests.make_targets import campaign_on_file
from tests.tasks.verification import damages as hands
from tests.tasks.verification.damages import ANSWERS, Hand, damaged

ALL = dict.fromkeys(ANSWERS, "已接收")
Into = Callable[[str], Path]


@pytest.mark.parametrize(
    ("hand", "differs"),
    [
        pytest.param(hands.reversed_rows, {}, id="rows in another order"),
        pytest.param(hands.hidden_rows, {}, id="rows hidden by a filter"),
        pytest.param(hands.moved_columns, {}, id="columns moved"),
        pytest.param(hands.inserted_column, {}, id="a column of their own inserted"),
        pytest.param(hands.title_above, {}, id="a title above the header"),
        pytest.param(hands.totals_below, {"合计 4 户": "未接收 E1274", "填表人：覃工": "未接收 E1274"}, id="a total and a signature below"),
        pytest.param(hands.sheet_renamed, {}, id="the sheet renamed"),
        pytest.param(hands.codes_as_numbers, {}, id="a code typed as a number: the name helps"),
        pytest.param(hands.full_width_codes, {}, id="codes in full width"),
        pytest.param(hands.names_edited, {}, id="a locked name edited: the code helps"),
        pytest.param(hands.some_rows_empty, {"甲厂": "未填", "丙厂": "未填"}, id="some rows empty"),
        pytest.param(hands.meta_lost, {}, id="the hidden sheet lost"),
        pytest.param(hands.number_column_deleted, {}, id="the hidden column deleted: code and name decide"),
        pytest.param(hands.number_column_and_code_damaged, {"甲厂": "未接收 E1275"}, id="the hidden column deleted and a code damaged"),
        pytest.param(hands.numbers_shifted, dict.fromkeys(ANSWERS, "未接收 E1275"), id="numbers not sorted along"),
        pytest.param(hands.doubled_and_different, {"甲厂": "未接收 E1276"}, id="a unit twice, told differently"),
        pytest.param(hands.doubled_and_alike, {"甲厂": "未变"}, id="a unit twice, told alike"),
        pytest.param(hands.unknown_word, {"甲厂": "未接收 E1277"}, id="a word that is no verdict"),
        pytest.param(hands.field_missing, {"乙厂": "未接收 E1278", "丙厂": "未接收 E1278"}, id="the field beside is missing"),
        pytest.param(hands.answers_without_a_verdict, {"乙厂": "未接收 E1278"}, id="a date without a verdict"),
        pytest.param(hands.day_to_come, {"丁厂": "未接收 E1279"}, id="a day to come"),
        pytest.param(hands.day_against_the_word, {"乙厂": "未接收 E1279"}, id="more than six months ago"),
        pytest.param(hands.days_as_text_and_serial, {}, id="days as text and as a serial number"),
        pytest.param(hands.day_of_a_month_only, {"乙厂": "未接收 E1279"}, id="a month is no day"),
        pytest.param(hands.duplicate_of_itself, {"甲厂": "未接收 E1281"}, id="a duplicate of itself"),
        pytest.param(hands.duplicate_of_nobody, {"甲厂": "未接收 E1281"}, id="a duplicate of nobody"),
        pytest.param(hands.duplicates_of_each_other, {"甲厂": "未接收 E1281", "乙厂": "未接收 E1281"}, id="duplicates of each other"),
        pytest.param(hands.to_its_own_county, {"甲厂": "未接收 E1280"}, id="to its own county"),
        pytest.param(hands.to_another_city, {"甲厂": "未接收 E1280"}, id="to another city"),
        pytest.param(hands.row_of_another_county, {"北厂": "未接收 E1274"}, id="a row of another county pasted in"),
        pytest.param(hands.row_of_nobody, {"新来的厂": "未接收 E1274"}, id="a row nobody was asked about"),
        pytest.param(hands.several_at_once, {"甲厂": "未接收 E1279 E1282"}, id="several things wrong with one row"),
    ],
)  # fmt: skip
def test_rows(sheet: Path, into: Into, hand: Hand, differs: dict[str, str]) -> None:
    report = back(damaged(filled(sheet, into("filled.xlsx"), ANSWERS), into("back.xlsx"), hand))
    assert outcomes(report) == ALL | differs
    taken = {name for name, outcome in (ALL | differs).items() if outcome in ("已接收", "未变")}
    assert said() == {name: ANSWERS[name]["核对结论"] for name in taken}
    assert (report.done, report.asked) == (len(taken), 4)
    assert report.returned == (len(taken) == 4)


def said() -> dict[str, str]:
    """What is stored, in the county's words."""
    words = {
        "operating": "在营",
        "stopped_short": "停产≤6个月",
        "no_hazard": "无危害因素",
        "deregistered": "注销",
    }
    names = {1: "甲厂", 2: "乙厂", 3: "丙厂", 4: "丁厂"}
    with session() as db:
        stored = verdicts_in_force(db, campaign_on_file(), DAY)
    return {names[unit]: words[one["finding"]] for unit, one in stored.items()}


@pytest.mark.parametrize(
    ("hand", "code"),
    [
        pytest.param(hands.meta_of_another_campaign, "E1273 .*另一个行动", id="another campaign's file"),
        pytest.param(hands.meta_of_no_round, "E1272 .*没有向柳江区下发过第 7 轮", id="a round never issued"),
        pytest.param(hands.verdict_column_twice, "E1272 .*几列都叫“核对结论”", id="the verdict column twice"),
        pytest.param(hands.verdict_column_gone, "E1272 .*不是下发的核对表", id="the verdict column deleted"),
        pytest.param(hands.sheet_twice, "E1272 .*有 2 张核对表", id="the sheet copied"),
    ],
)
def test_files_refused_whole(sheet: Path, into: Into, hand: Hand, code: str) -> None:
    path = damaged(filled(sheet, into("filled.xlsx"), ANSWERS), into("back.xlsx"), hand)
    with pytest.raises(InputRefused, match=code):
        back(path)
    assert said() == {}


def test_another_countys_file_is_refused(sheet: Path, into: Into) -> None:
    path = filled(sheet, into("back.xlsx"), ANSWERS)
    with pytest.raises(InputRefused, match=r"E1273 .*是柳江区的核对表，不是柳北区的"):
        back(path, county=LIUBEI)


def test_without_the_hidden_sheet_two_rounds_cannot_be_told_apart(
    sheet: Path, into: Into, tmp_path: Path
) -> None:
    issued(tmp_path, on=LATER)
    path = damaged(filled(sheet, into("filled.xlsx"), ANSWERS), into("back.xlsx"), hands.meta_lost)
    with pytest.raises(InputRefused, match=r"E1272 .*第 1 轮、第 2 轮"):
        back(path, LATER)


def test_without_the_hidden_sheet_rows_of_two_counties_are_nobodys(
    sheet: Path, into: Into, tmp_path: Path
) -> None:
    issued(tmp_path, LIUBEI)
    path = damaged(filled(sheet, into("filled.xlsx"), ANSWERS), into("back.xlsx"), hands.meta_lost)

    def mix(_book: object, page: hands.Worksheet) -> None:
        page.append([None, 5, "北厂", "91450200000000005", *[None] * 7, "在营"])
        page.cell(page.max_row, 4).value = (
            page_of(load_workbook(tmp_path / "柳北区_核对表_第1轮.xlsx")).cell(2, 4).value
        )

    with pytest.raises(InputRefused, match=r"E1272 .*分属柳北区、柳江区"):
        back(damaged(path, into("mixed.xlsx"), mix))


@pytest.mark.parametrize("save", [hands.as_old_excel, hands.as_text], ids=["xls", "csv in GB18030"])
def test_saved_in_another_format(sheet: Path, into: Into, save: Callable[[Path, Path], Path]) -> None:
    path = filled(sheet, into("filled.xlsx"), ANSWERS)
    report = back(save(path, into("back.xls" if save is hands.as_old_excel else "back.csv")))
    assert outcomes(report) == ALL
    assert said() == {name: cells["核对结论"] for name, cells in ANSWERS.items()}


def test_every_reason_says_what_to_do(sheet: Path, into: Into) -> None:
    report = back(damaged(filled(sheet, into("f.xlsx"), ANSWERS), into("b.xlsx"), hands.several_at_once))
    (row,) = [row for row in report.rows if row.troubles]
    assert row.why == (
        "[E1279] 日期 2025-01-01 在报送日 2024-08-09 之后，请核对日期。；"
        "[E1282] 更正人数“很多”不能用：人数看不明白，请填一个整数。；"
        "[E1282] 更正电话不能用：联系电话看不明白，请填11位手机号或带区号的座机号。"
    )
