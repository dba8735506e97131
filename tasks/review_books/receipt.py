"""The receipt of a returned review workbook: every row with what became of it and why, and what still waits."""

from datetime import date
from pathlib import Path

from notices.workbook import Column, Cover, Sheet, write_workbook
from tasks.returned import Outcome
from tasks.review_books.report import ReviewReturn

COLUMNS = (
    Column("sheet", "工作表", 10),
    Column("row_no", "行", 6),
    Column("number", "申报编号", 9),
    Column("name", "单位名称", 30, wrap=True),
    Column("decision", "审核结论", 10),
    Column("outcome", "结果", 9),
    Column("why", "原因和怎么办", 66, wrap=True),
    Column("before", "原来", 9),
    Column("after", "现在", 9),
)
WAITING = (
    Column("number", "申报编号", 9),
    Column("name", "单位名称", 40, wrap=True),
    Column("state", "状态", 9),
    Column("due_on", "办理期限", 12),
)
STEPS = (
    "“已接收”的已经办理；“未变”的以前已经办理；“未接收”的没有办理，请按原因改正后再报；“未填”的没有审核结论。",
    "改正后可以只报改正的行；同一份文件重复报送不会重复办理。",
)


def write_receipt(report: ReviewReturn, path: Path, as_of: date) -> Path:
    facts: list[tuple[str, str | int]] = [
        ("文件", report.file),
        ("文件校验码（SHA-256）", report.sha256),
        ("报送日", as_of.isoformat()),
    ]
    facts += [(str(outcome), report.count(outcome)) for outcome in Outcome]
    facts += [("驳回，待出补正告知", len(report.rejected)), ("仍待办理", len(report.waiting))]
    sheets = [
        Sheet("逐行结果", COLUMNS, [row.as_row() for row in report.rows]),
        Sheet("仍待办理", WAITING, report.waiting),
    ]
    title = f"{report.county_name}申报审核回执{'（试算，未办理）' if report.rehearsed else ''}"
    meta = {"kind": "review receipt", "county": report.county, "sha256": report.sha256}
    return write_workbook(path, Cover(title, facts, STEPS), sheets, meta)
