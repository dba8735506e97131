"""A county with declarations to decide on, its workbook as issued, and the hands of a county office on it."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import text

from models.database import session
from tasks import review
from tasks.review_books import ReviewReturn, issue, take_back
from tasks.review_books.layout import AGAIN, WAITING
from tests.make_filings import AT_CITY, LIUBEI, LIUJIANG, make_declaration, make_registrant
from tests.make_rounds import code_of, heads, put, row_of
from tests.make_targets import campaign_on_file

ISSUED, RETURNED = date(2024, 9, 5), date(2024, 9, 6)
FILED = date(2024, 9, 2)
CLERK = "覃工"
Hand = Callable[[Workbook, Worksheet], None]
DECIDED: dict[str, dict[str, str]] = {
    "甲厂": {"审核结论": "通过"},
    "乙厂": {"审核结论": "不通过", "原因": "人数不符；缺检测报告"},
    "丙厂": {"审核结论": "通过"},
    "丁厂": {"审核结论": "撤销", "原因": "接害人数有误"},
    "戊厂": {"审核结论": "维持", "原因": "已核实无误"},
}
STATES = {"甲厂": "已审核", "乙厂": "已驳回", "丙厂": "已审核", "丁厂": "待审核", "戊厂": "已审核"}
BEFORE = {"甲厂": "待审核", "乙厂": "待审核", "丙厂": "待审核", "丁厂": "已审核", "戊厂": "已审核"}


def file(name: str, at: int, *acts: str, county: str = LIUJIANG, unit: int | None = None) -> int:
    code = code_of(at)
    with session() as db:
        owner = make_registrant(db, name=name, credit_code=code, county=county, unit=unit)
        changes = {"basics.name": name, "basics.credit_code": code, "basics.county": county}
        return make_declaration(db, owner.id, "提交", *acts, on=FILED, changes=changes).id


def make_work() -> dict[str, int]:
    """Three that wait, two approved ones the city objects to, one of the neighbour. Name → number."""
    made = {name: file(name, at) for at, name in enumerate(("甲厂", "乙厂", "丙厂"), start=1)}
    for at, name in enumerate(("丁厂", "戊厂"), start=4):
        made[name] = file(name, at, "审核通过")
        review.raise_objection(made[name], "人数偏低", actor=AT_CITY, on=FILED, due_on=date(2024, 9, 9))
    return made | {"北厂": file("北厂", 6, county=LIUBEI)}


def issued(folder: Path, county: str = LIUJIANG) -> Path:
    (made,) = issue(campaign_on_file(), ISSUED, folder, county=county)
    assert made.path is not None
    return made.path


def page_of(book: Workbook, name: str) -> Worksheet:
    """The sheet that has the unit."""
    for page in (book[title] for title in book.sheetnames if title != "_meta"):
        if "单位名称" in heads(page) and any(row[heads(page)["单位名称"] - 1] == name for row in page.values):
            assert isinstance(page, Worksheet)
            return page
    raise AssertionError(name)


def filled(path: Path, out: Path, decided: Mapping[str, Mapping[str, Any]] = DECIDED) -> Path:
    book = load_workbook(path)
    for name, cells in decided.items():
        page = page_of(book, name)
        put(page, row_of(page, name), cells)
    out.parent.mkdir(parents=True, exist_ok=True)
    book.save(out)
    return out


def damaged(path: Path, out: Path, hand: Hand) -> Path:
    book = load_workbook(path)
    hand(book, book[WAITING] if WAITING in book.sheetnames else book[AGAIN])
    book.save(out)
    return out


def back(path: Path, on: date = RETURNED, **how: Any) -> ReviewReturn:
    return take_back(campaign_on_file(), path, on, by=CLERK, **how)


def outcomes(report: ReviewReturn) -> dict[str, str]:
    """Name → outcome, with the codes of what is wrong."""
    return {
        str(row.name): " ".join([str(row.outcome), *dict.fromkeys(one.code for one in row.troubles)])
        for row in report.rows
    }


def states(*names: str) -> dict[str, str]:
    said = text("""
        SELECT r.name, d.state FROM filed_declaration d JOIN registrant r ON r.id = d.registrant_id""")
    with session() as db:
        found = {row.name: row.state for row in db.execute(said)}
    return {name: found[name] for name in names or STATES}


def steps() -> int:
    with session() as db:
        return int(db.scalar(text("SELECT count(*) FROM declaration_event")) or 0)
