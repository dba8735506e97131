"""The workbook as a county gets it: M04's columns, what the check found, figures side by side, two kinds of decisions."""

from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from sqlalchemy import text

from models.actions.second_looks import draw
from models.database import session
from models.queries.papers import events_of
from tasks.review_books import issue
from tasks.review_books.layout import AGAIN, WAITING
from tests.make_filings import LIUBEI, LIUJIANG
from tests.make_rounds import heads, row_of
from tests.make_targets import campaign_on_file, declare, make_known
from tests.tasks.review_books.made import ISSUED, back, file, filled, issued, outcomes, states

FACTS: dict[str, Any] = {"industry": "3311", "size": "中", "headcount": 90}


def line(path: Path, sheet: str, name: str) -> dict[str, Any]:
    page = load_workbook(path)[sheet]
    return {head: page.cell(row_of(page, name), at).value for head, at in heads(page).items()}


def test_the_columns_of_the_work_list(book: Path) -> None:
    """M04."""
    told = line(book, WAITING, "甲厂")
    shown = ("所属地区", "单位名称", "申报类型", "申报日期", "状态", "操作", "办理期限", "逾期天数")
    assert [told[head] for head in shown] == [
        "柳江区", "甲厂", "初次申报", "2024-09-02", "待审核", "查看·审核", "2024-09-09", 0,
    ]  # fmt: skip
    assert told["核对发现（请核实）"] == "无"
    assert (told["审核结论"], told["原因"]) == (None, None)
    again = line(book, AGAIN, "丁厂")
    assert (again["状态"], again["操作"], again["办理期限"]) == ("已审核", "查看·撤销", "2024-09-09")
    assert again["复核事由"] == "人数偏低（市级 赵六，2024-09-02提出，期限2024-09-09）"


def test_choices_of_each_sheet(book: Path) -> None:
    pages = load_workbook(book)
    choices = {
        name: [rule.formula1 for rule in pages[name].data_validations.dataValidation if rule.type == "list"]
        for name in (WAITING, AGAIN)
    }
    assert choices == {WAITING: ['"通过,不通过"'], AGAIN: ['"撤销,维持"']}
    assert pages["_meta"].sheet_state == "veryHidden"
    assert pages[WAITING].column_dimensions["A"].hidden
    assert pages[WAITING].protection.sheet


def test_figures_side_by_side(installation: Path, tmp_path: Path) -> None:  # noqa: ARG001
    with session() as db:
        unit = make_known(db, name="甲厂", name_key="甲厂", **FACTS)
        declare(db, unit, filed_on=date(2023, 9, 20), size="微", headcount="8", industry="3311")
        number = unit.id
    file("甲厂", 1, unit=number)
    told = line(issued(tmp_path), WAITING, "甲厂")
    figures = {head: value for head, value in told.items() if head.endswith("对照")}
    assert figures == {
        "行业对照": "申报 3391 黑色金属铸造；数据库 3311 金属结构制造；上次 3311 金属结构制造",
        "规模对照": "申报 小；数据库 中；上次 微",
        "在册职工对照": "申报 25；数据库 90；上次 8",
        "接害人数对照": "申报 20；上次 —",
    }
    found = told["核对发现（请核实）"]
    assert "【请核实】基本信息·企业规模：申报“小”，对照“中”。" in found
    assert "3.【" in found


def test_a_secret_shows_no_product(installation: Path, tmp_path: Path) -> None:  # noqa: ARG001
    file("甲厂", 1)
    with session() as db:
        db.execute(text("ALTER TABLE declaration_version DISABLE TRIGGER USER"))
        db.execute(text("""UPDATE declaration_version SET form = form || '{"products": {"secret": true}}'"""))
        db.execute(text("ALTER TABLE declaration_version ENABLE TRIGGER USER"))
    path = issued(tmp_path)
    assert line(path, WAITING, "甲厂")["主要产品"] == "涉密"
    cells = [str(cell) for page in load_workbook(path) for row in page.values for cell in row]
    assert not [cell for cell in cells if "铸件" in cell]


def test_each_agency_with_something_to_decide_gets_its_own(work: dict[str, int], tmp_path: Path) -> None:
    with session() as db:
        db.execute(text("UPDATE registrant SET reviewer = '450200' WHERE name = '丙厂'"))  # Q11
    made = issue(campaign_on_file(), date(2024, 9, 12), tmp_path)
    told = {one.county: (one.waiting, one.late, one.again) for one in made if one.path}
    assert told == {LIUJIANG: (2, 2, 2), LIUBEI: (1, 1, 0), "450200": (1, 1, 0)}
    assert len(made) == len(campaign_on_file().counties) + 1
    assert len(list(tmp_path.glob("*.xlsx"))) == 3
    city = tmp_path / "柳州市_申报审核表_2024-09-12.xlsx"
    report = back(filled(city, tmp_path / "back.xlsx", {"丙厂": {"审核结论": "通过"}}), date(2024, 9, 12))
    assert (report.county, report.rows[0].after) == ("450200", "已审核")
    assert work["丙厂"] == report.rows[0].number


def test_an_answer_given_before_stands_beside_the_objection(book: Path, tmp_path: Path) -> None:
    back(filled(book, tmp_path / "back.xlsx"))
    again = line(issued(tmp_path / "next"), AGAIN, "戊厂")["复核事由"]
    assert again.endswith("；本局已答复维持：已核实无误")
    assert ISSUED.isoformat() in book.name


def test_an_automatic_approval_drawn_for_a_second_look(installation: Path, tmp_path: Path) -> None:  # noqa: ARG001
    """It is listed once, and 维持 ends it."""
    number = file("甲厂", 1, "审核通过")
    with session() as db:
        draw(db, events_of(db, number)[-1], campaign_on_file().key, ISSUED)
    path = issued(tmp_path)
    assert line(path, AGAIN, "甲厂")["复核事由"] == "自动审核通过，抽中复看"
    report = back(filled(path, tmp_path / "back.xlsx", {"甲厂": {"审核结论": "维持"}}))
    assert (outcomes(report), report.waiting) == ({"甲厂": "已接收"}, [])
    assert states("甲厂") == {"甲厂": "已审核"}
    assert outcomes(back(tmp_path / "back.xlsx")) == {"甲厂": "未变"}
