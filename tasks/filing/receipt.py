"""The receipt of what was handed in: each document with what became of it, and every finding at once."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from notices.workbook import Column, Cover, Sheet, write_workbook
from tasks.filing.entering import Entered, Outcome

RESULTS = (
    Column("file", "文件", 26, wrap=True),
    Column("position", "第几份", 7),
    Column("name", "单位名称", 28, wrap=True),
    Column("credit_code", "统一社会信用代码", 21),
    Column("outcome", "结果", 10),
    Column("declaration", "申报编号", 9),
    Column("version", "版本", 6),
    Column("state", "状态", 8),
    Column("code", "代码", 8),
    Column("message", "说明", 56, wrap=True),
)
FINDINGS = (
    Column("file", "文件", 22, wrap=True),
    Column("position", "第几份", 7),
    Column("name", "单位名称", 22, wrap=True),
    Column("severity", "程度", 9),
    Column("code", "代码", 8),
    Column("field", "项目", 26, wrap=True),
    Column("found", "填写的", 18, wrap=True),
    Column("against", "对照", 18, wrap=True),
    Column("message", "怎么改", 50, wrap=True),
)
STEPS = (
    "“已提交”的等待县（区）审核；“须改正”的已暂存，按“检查发现”改正后再报；“未接收”的没有入库，请按说明处理后再报。",
    "“必须改正”的不改不能提交；“请核实”的核实无误可以提交。改正后可以整批重报，以前报过的不会重复。",
)


def write_receipt(entered: Sequence[Entered], path: Path, *, rehearsed: bool = False) -> Path:
    counts = Counter(one.outcome for one in entered)
    facts: list[tuple[str, str | int]] = [("份数", len(entered))]
    facts += [(str(outcome), counts[outcome]) for outcome in Outcome]
    title = f"申报接收回执{'（试算，未入库）' if rehearsed else ''}"
    sheets = [
        Sheet("逐份结果", RESULTS, [result_row(one) for one in entered]),
        Sheet("检查发现", FINDINGS, [row for one in entered for row in finding_rows(one)]),
    ]
    return write_workbook(path, Cover(title, facts, STEPS), sheets, {"kind": "declaration-receipt"})


def result_row(one: Entered) -> dict[str, Any]:
    row = {column.key: getattr(one, column.key) for column in RESULTS}
    return row | {"outcome": str(one.outcome)}


def finding_rows(one: Entered) -> list[dict[str, Any]]:
    about = {"file": one.file, "position": one.position, "name": one.name}
    return [
        about
        | {name: getattr(finding, name) for name in ("code", "field", "found", "against", "message")}
        | {"severity": str(finding.severity), "path": finding.path, "requirement": finding.requirement}
        for finding in one.findings
    ]
