"""The receipt: every row of the returned file with what became of it and why, and who still waits for an answer (C25)."""

from datetime import date
from pathlib import Path

from models.campaign import Campaign
from notices.workbook import Column, Cover, Sheet, write_workbook
from tasks.returned import Outcome
from tasks.verification.report import ReturnReport

COLUMNS = (
    Column("sheet", "工作表", 10),
    Column("row_no", "行", 6),
    Column("name", "单位名称", 30, wrap=True),
    Column("code", "统一社会信用代码", 21),
    Column("verdict", "核对结论", 13),
    Column("outcome", "结果", 9),
    Column("why", "原因和怎么办", 60, wrap=True),
    Column("before", "原来", 24, wrap=True),
    Column("after", "现在", 30, wrap=True),
)
WAITING = (Column("name", "单位名称", 40, wrap=True), Column("credit_code", "统一社会信用代码", 21))
STEPS = (
    "“已接收”的已经入库；“未变”的与以前相同；“未接收”的没有入库，请按原因改正后再报；“未填”的没有核对结论。",
    "改正后可以只报改正的行，也可以报整份；同一份文件重复报送不会重复计算。",
)


def write_receipt(campaign: Campaign, report: ReturnReport, path: Path, as_of: date) -> Path:
    rows = [row.as_row() for row in report.rows]
    sheets = [Sheet("逐行结果", COLUMNS, rows), Sheet("尚未答复", WAITING, report.waiting)]
    title = f"{report.county_name}核对回执{'（试算，未入库）' if report.rehearsed else ''}"
    return write_workbook(path, Cover(title, _facts(campaign, report, as_of), STEPS), sheets, _meta(report))


def _facts(campaign: Campaign, report: ReturnReport, as_of: date) -> list[tuple[str, str | int]]:
    facts: list[tuple[str, str | int]] = [
        ("行动", campaign.name),
        ("文件", report.file),
        ("文件校验码（SHA-256）", report.sha256),
        ("报送日", as_of.isoformat()),
        ("轮次", f"第 {report.round} 轮{'（已有更新的一轮）' if report.older_round else ''}"),
    ]
    facts += [(str(outcome), report.count(outcome)) for outcome in Outcome]
    facts.append(("已答复／应答复", f"{report.done}／{report.asked}"))
    facts += [("说明", told) for told in sentences(report)]
    return facts


def sentences(report: ReturnReport) -> list[str]:
    """What one should know of the whole file."""
    told = []
    if report.seen_before:
        told.append("这份文件以前报送过，一个字也没变：0 处变动。")
    if report.older_round:
        told.append("这是以前一轮的核对表；没有更新答复的单位照样算数。")
    if report.returned:
        told.append("全部单位已答复，核对任务已交回。")
    elif not report.complete:
        told.append(f"还有 {report.asked - report.done} 户没有答复，核对任务还没有交回。")
    return [*told, *report.remarks]


def _meta(report: ReturnReport) -> dict[str, str]:
    return {"kind": "receipt", "county": report.county, "sha256": report.sha256}
