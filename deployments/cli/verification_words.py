"""Headings and cells of what `yingbao verification` prints."""

from typing import Any

from models.campaign import Campaign
from models.rules.obligations import NAMES, State
from models.rules.verdicts import words
from tasks.returned import Outcome
from tasks.verification import CountyStatus, ReturnReport
from tasks.verification.receipt import sentences
from tasks.verification.report import RowResult

__all__ = ["sentences"]

ROWS = {
    "sheet": "工作表",
    "row_no": "行",
    "name": "单位名称",
    "outcome": "结果",
    "why": "原因和怎么办",
    "before": "原来",
    "after": "现在",
}
STATUS = {
    "name": "县（区）",
    "round": "轮次",
    "issued_on": "下发日",
    "answered": "已答复／应答复",
    "refused_rows": "最近未接收行",
    "transfers_waiting": "划转待确认",
    "due": "期限",
    "stands": "状态",
    "returned_on": "交回日",
    "late_days": "逾期天数",
    "baseline_on": "基线日",
}
TRANSFERS = {
    "number": "编号",
    "name": "单位名称",
    "credit_code": "信用代码",
    "from_name": "原县（区）",
    "to_name": "接收县（区）",
    "asked_on": "提出日",
    "note": "说明",
    "stands": "状态",
    "answered_on": "答复日",
    "answer_note": "理由",
}
ANSWERS = {None: "待确认", "accepted": "已接收", "refused": "已拒绝", "withdrawn": "已撤回"}


def worth_showing(row: RowResult) -> bool:
    return row.outcome in (Outcome.REFUSED, Outcome.ACCEPTED) or bool(row.remarks)


def report_row(report: ReturnReport) -> dict[str, Any]:
    named = ("county", "county_name", "round", "file", "sha256", "done", "asked", "complete")
    told = {
        name: getattr(report, name)
        for name in (*named, "seen_before", "older_round", "returned", "rehearsed")
    }
    rows = [row.as_row() for row in report.rows]
    return told | report.counts() | {"rows": rows, "receipt": report.receipt, "waiting": report.waiting}


def status_row(line: CountyStatus) -> dict[str, Any]:
    row = line.as_row() | {finding: line.findings.get(finding) for finding in words(1)}
    answered = f"{line.done}／{line.asked}" if line.round else None
    return row | {"answered": answered, "stands": NAMES[State(line.state)] if line.round else "未下发"}


def findings_columns(campaign: Campaign) -> dict[str, str]:
    said = words(campaign.stopped_months_limit)
    return {"name": "县（区）"} | {str(finding): word for finding, word in said.items()}


def transfer_row(one: dict[str, Any]) -> dict[str, Any]:
    return one | {"stands": ANSWERS[one["answer"]]}
