"""What a county receives: its frozen list, locked facts, one vocabulary, both dates (C25, 1.6)."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from models.campaign import Campaign
from models.database import session
from models.errors import RuleRefused
from models.obligation import Contact
from models.rules.verdicts import words
from tasks.verification import issue
from tests.make_rounds import CITY, DAY, JULY_15, LATER, LIUJIANG, back, filled, heads, issued, page_of
from tests.make_targets import campaign_on_file, campaign_with, make_known


def cover(path: Path) -> dict[str, object]:
    return {str(row[0]): row[1] for row in load_workbook(path)["填写说明"].iter_rows(values_only=True)}


@pytest.mark.usefixtures("city")
def test_a_workbook_for_every_county(tmp_path: Path) -> None:
    files = issue(campaign_on_file(), JULY_15, tmp_path, by=CITY)
    assert len(files) == 10
    assert files[4].name == "柳江区_核对表_第1轮.xlsx"
    book = load_workbook(files[4])
    assert book.sheetnames == ["填写说明", "核对表", "新增单位", "_meta"]
    page = page_of(book)
    assert [page.cell(row, 3).value for row in range(2, page.max_row + 1)] == ["丁厂", "丙厂", "甲厂", "乙厂"]
    meta = {row[0]: row[1] for row in book["_meta"].iter_rows(values_only=True)}
    assert (meta["campaign"], meta["county"], meta["round"]) == ("liuzhou-2024-2025", LIUJIANG, "1")
    assert len(str(meta["sha256"])) == 64


def test_facts_are_locked_and_answers_are_not(sheet: Path) -> None:
    page = page_of(load_workbook(sheet))
    columns = heads(page)
    assert page.protection.sheet
    assert page.column_dimensions["A"].hidden
    locked = {name: page.cell(2, at).protection.locked for name, at in columns.items()}
    answers = ["核对结论", "日期", "接收县（区）", "与哪个单位重复", "申报编号", "说明"]
    answers += ["更正名称", "更正地址", "更正行业", "更正人数", "更正电话"]
    assert [name for name, is_locked in locked.items() if not is_locked] == answers
    rules = {
        str(rule.sqref): rule.formula1 for rule in page.data_validations.dataValidation if rule.type == "list"
    }
    assert rules["L2:L5"] == f'"{",".join(words(6).values())}"'
    assert "450206" not in rules["N2:N5"]
    assert "柳北区" in rules["N2:N5"]
    added = page_of(load_workbook(sheet), "新增单位")
    assert not added["A201"].protection.locked, "room for two hundred"


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (date(2024, 8, 9), "2024-08-09（星期五）24:00 前"),
        (
            date(2024, 8, 11),
            "2024-08-11（星期日）24:00 前；当天不上班，此前最后一个工作日是 2024-08-09（星期五）",
        ),
    ],
    ids=["a working day", "a Sunday: both dates"],
)
@pytest.mark.usefixtures("city")
def test_by_when_and_whom_to_ask(tmp_path: Path, due: date, said: str) -> None:
    duties = [one.model_dump() for one in campaign_on_file().obligations]
    campaign: Campaign = campaign_with(obligations=[duties[0] | {"due": due}, *duties[1:]])
    (before,) = issue(campaign, JULY_15, tmp_path, by=CITY, county=LIUJIANG)
    assert cover(before)["联系人"] == "柳州市卫生健康委员会"
    with session() as db:
        db.add(Contact(campaign=campaign.key, office="450200", name="韦工", phone="0772-2800001", by=CITY))
    (path,) = issue(campaign, JULY_15, tmp_path, by=CITY, county=LIUJIANG)
    told = cover(path)
    assert (told["期限"], told["联系人"], told["轮次"]) == (
        said,
        "韦工，0772-2800001",
        "第 2 轮（2024-07-15 下发）",
    )


def test_a_later_round_shows_what_was_said_and_corrected(sheet: Path, tmp_path: Path) -> None:
    answers = {
        "甲厂": {"核对结论": "停产≤6个月", "日期": date(2024, 5, 1), "更正人数": 31},
        "乙厂": {"核对结论": "重复", "与哪个单位重复": "甲厂"},
    }
    back(filled(sheet, tmp_path / "in.xlsx", answers))
    page = page_of(load_workbook(issued(tmp_path, on=LATER)))
    rows = {page.cell(row, 3).value: row for row in range(2, 6)}
    columns = heads(page)
    shown = {
        name: [
            page.cell(row, columns[heading]).value
            for heading in ("核对结论", "日期", "与哪个单位重复", "从业人数")
        ]
        for name, row in rows.items()
    }
    first = page.cell(rows["甲厂"], columns["统一社会信用代码"]).value
    assert [str(cell)[:10] for cell in shown["甲厂"]] == ["停产≤6个月", "2024-05-01", "None", "31"]
    assert shown["乙厂"] == ["重复", None, first, 12]
    assert shown["丙厂"] == [None, None, None, 25]
    assert page.cell(rows["甲厂"], columns["更正人数"]).value is None, "a correction applied is a fact now"


@pytest.mark.usefixtures("installation")
def test_without_a_frozen_list_nothing_is_asked(tmp_path: Path) -> None:
    with session() as db:
        make_known(db)
    with pytest.raises(RuleRefused, match="E1285 柳江区还没有冻结下发清单"):
        issue(campaign_on_file(), DAY, tmp_path, by=CITY, county=LIUJIANG)


@pytest.mark.usefixtures("city")
def test_all_counties_or_none(tmp_path: Path) -> None:
    with pytest.raises(RuleRefused, match="早于下发清单的日期"):
        issue(campaign_on_file(), date(2024, 7, 14), tmp_path, by=CITY)
    assert not list(tmp_path.glob("*.xlsx"))
