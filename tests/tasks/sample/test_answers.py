"""The sample's clerks (C25): what they answer follows from the truth, and their programs keep what they answered."""

from datetime import date
from pathlib import Path

import fastexcel
import polars as pl
import pytest
import xlsxwriter

from tasks.sample.answers import clerk_answers
from tasks.sample.dice import Dice
from tasks.sample.filled import Habit, fill_in, share_of

ON = date(2024, 8, 9)
UNIT = {
    "unit": "U1", "name": "柳州市鑫鸿铸造有限公司", "code": "91450200735148460A", "county": "450205", "county_name": "柳北区",
    "state": "operating", "state_on": date(2010, 1, 1), "in_scope": True, "surveyed": False, "declared": False,
    "declaration_no": None, "headcount": "25",
}  # fmt: skip


def _answer(on: date = ON, dice: str = "steady", **truth: object) -> str:
    known = pl.DataFrame([UNIT | truth], schema_overrides={"declaration_no": pl.String})
    found = clerk_answers(known.select("name", "code"), known, "450205", on, Dice(dice))
    return str(found["finding"][0])


@pytest.mark.parametrize(
    ("truth", "finding"),
    [
        ({}, "operating"),
        ({"state": "deregistered"}, "deregistered"),
        ({"state": "stopped", "state_on": date(2024, 2, 9)}, "stopped_short"),
        ({"state": "stopped", "state_on": date(2024, 2, 8)}, "stopped_long"),
        ({"county": "450204", "county_name": "柳南区"}, "elsewhere"),
        ({"declared": True, "declaration_no": "SB1"}, "declared"),
        ({"in_scope": False}, "no_hazard"),
        ({"in_scope": False, "surveyed": True}, "operating"),
    ],
    ids=["在营", "注销", "整六个月", "过六个月", "外县", "已申报", "无危害", "调查过有危害"],
)
def test_the_answer_follows_from_the_truth(truth: dict[str, object], finding: str) -> None:
    assert _answer(**truth) == finding


def test_an_unknown_firm_is_found_at_work() -> None:
    known = pl.DataFrame([UNIT], schema_overrides={"declaration_no": pl.String})
    asked = pl.DataFrame(
        {"name": ["没听说过的厂"], "code": [None]}, schema={"name": pl.String, "code": pl.String}
    )
    assert clerk_answers(asked, known, "450205", ON, Dice("x"))["finding"].to_list() == ["operating"]


@pytest.fixture
def issued(tmp_path: Path) -> Path:
    path = tmp_path / "issued.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("核对")
        page.write_row(0, 0, ["编号", "名称", "代码", "结论", "日期"])
        for row in range(1, 31):
            page.write_row(row, 0, [str(row), f"厂{row}", f"4502{row:06d}"])
        book.add_worksheet("_meta").write_row(0, 0, ["county", "450205"])
    return path


@pytest.mark.parametrize("habit", Habit)
def test_every_program_keeps_the_answers(issued: Path, tmp_path: Path, habit: Habit) -> None:
    answers = {str(n): {"结论": "注销", "日期": date(2024, 1, n)} for n in range(1, 21)}
    back = fill_in(
        issued, tmp_path / "back.xlsx", "核对", answers, "编号", habit=habit, code="代码", dice=Dice("h")
    )
    book = fastexcel.read_excel(back)
    assert book.sheet_names == ["核对", "_meta"]
    frame = book.load_sheet("核对", dtypes="string").to_polars()
    found = {row["编号"]: row["结论"] for row in frame.iter_rows(named=True) if row["结论"]}
    assert found == dict.fromkeys(answers, "注销")
    assert len(frame) == (20 if habit is Habit.TRIMMED else 30)
    assert frame.columns.index("代码") == (4 if habit is Habit.MOVED else 2)


def test_a_part_is_a_part() -> None:
    asked = pl.DataFrame({"n": range(1000)})
    assert 550 < len(share_of(asked, 0.6, Dice("part"))) < 650
    assert share_of(asked, 1, Dice("part")).equals(asked)
