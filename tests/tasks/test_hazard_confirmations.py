"""An expert's word by workbook, out and in: what may be quoted, by whom, since when (2.9)."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from models.database import session
from models.errors import InputRefused
from models.notice import HazardConfirmation
from models.rules.notice_rows import RowKind
from tasks.hazard_confirmations import SHEETS, Confirmed, export_rows, import_rows

pytestmark = pytest.mark.usefixtures("installation")
TODAY = date(2024, 8, 9)
Answers = dict[str, dict[str, object]]


def answered(path: Path, answers: Answers) -> Path:
    """Fill rows by the text of their first shown column."""
    book = load_workbook(path)
    for name in SHEETS.values():
        heading, *rows = book[name].iter_rows()
        at = {str(cell.value): number for number, cell in enumerate(heading)}
        for row in rows:
            for title, value in answers.get(str(row[at["行业或危害因素"]].value), {}).items():
                row[at[title]].value = value
    book.save(path)
    return path


def run(tmp_path: Path, answers: Answers) -> Confirmed:
    path = tmp_path / "审定.xlsx"
    export_rows(path)
    return import_rows(answered(path, answers), by="张三", today=TODAY)


def words() -> dict[str, tuple[str, str, date, str]]:
    with session() as db:
        held = db.scalars(select(HazardConfirmation).where(HazardConfirmation.ended_at.is_(None)))
        return {one.key: (one.quoted, one.confirmed_by, one.confirmed_on, one.by) for one in held}


def test_out_and_in(tmp_path: Path) -> None:
    done = run(
        tmp_path,
        {
            "134 制糖业": {
                "审定意见": "更正",
                "更正为": "噪声；高温",
                "审定人": "韦主任",
                "审定日期": "2024年8月1日",
            },
            "噪声": {"审定意见": "同意", "审定人": "韦主任"},
            "苯": {"审定意见": "不引用", "审定人": "韦主任"},
        },
    )
    assert (done.new, done.unchanged, done.refused) == (3, 0, [])
    assert words() == {
        "134": ("噪声；高温", "韦主任", date(2024, 8, 1), "张三"),
        "噪声": ("噪声聋；爆震聋", "韦主任", TODAY, "张三"),
        "苯": ("", "韦主任", TODAY, "张三"),
    }


def test_a_later_word_ends_the_earlier_one(tmp_path: Path) -> None:
    yes = {"噪声": {"审定意见": "同意", "审定人": "韦主任"}}
    run(tmp_path, yes)
    assert (run(tmp_path, yes).new, run(tmp_path, yes).unchanged) == (0, 1)
    run(tmp_path, {"噪声": {"审定意见": "更正", "更正为": "噪声聋", "审定人": "韦主任"}})
    assert words()["噪声"][0] == "噪声聋"
    with session() as db:
        ended = db.scalars(select(HazardConfirmation).where(HazardConfirmation.ended_at.is_not(None))).one()
    assert (ended.quoted, ended.ended_by) == ("噪声聋；爆震聋", "张三")


def test_the_next_export_shows_who_said_what(tmp_path: Path) -> None:
    before = export_rows(tmp_path / "先.xlsx")
    run(tmp_path, {"噪声": {"审定意见": "同意", "审定人": "韦主任"}})
    assert export_rows(tmp_path / "后.xlsx") == before - 1
    page = load_workbook(tmp_path / "后.xlsx")[SHEETS[RowKind.FACTOR]]
    now = {row[2]: row[8] for row in page.iter_rows(values_only=True)}
    assert now["噪声"] == "韦主任 2024-08-09：噪声聋；爆震聋"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ({"行号": "改了", "审定意见": "同意", "审定人": "韦"}, "E1513"),
        ({"拟引用": "别的病", "审定意见": "同意", "审定人": "韦"}, "E1514"),
        ({"审定意见": "好", "审定人": "韦"}, "E1515"),
        ({"审定意见": "更正", "审定人": "韦"}, "E1516"),
        ({"审定意见": "更正", "更正为": "耳聋", "审定人": "韦"}, "E1517"),
        ({"审定意见": "同意"}, "E1518"),
        ({"审定意见": "同意", "审定人": "韦", "审定日期": "2024-08-10"}, "E1519"),
        ({"审定意见": "同意", "审定人": "韦", "审定日期": "上周"}, "E1519"),
    ],
    ids=[
        "行号被改",
        "内容已变",
        "意见不在表内",
        "没写更正",
        "目录没有的病",
        "没写审定人",
        "日期在将来",
        "日期看不懂",
    ],
)
def test_a_refused_row_does_not_stop_the_others(tmp_path: Path, answer: dict[str, object], code: str) -> None:
    done = run(tmp_path, {"噪声": answer, "高温": {"审定意见": "同意", "审定人": "韦主任"}})
    assert [(line["sheet"], line["code"]) for line in done.refused] == [("危害因素可致职业病", code)]
    assert list(words()) == ["高温"]


def test_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "别的.csv"
    path.write_text("单位名称,县（区）\n某厂,柳江区\n", encoding="utf-8")
    with pytest.raises(InputRefused) as caught:
        import_rows(path, by="张三", today=TODAY)
    assert caught.value.code == "E1512"
