"""The receipt of an export: what was taken, what was not and why, and units with several open declarations (F13)."""

from pathlib import Path

from models.actions.platform_filing import Taken
from notices.workbook import Column, Cover, Sheet, write_workbook
from tasks.filing.platform_import import Imported

PROBLEMS = (
    Column("sheet", "工作表", 14),
    Column("row_no", "行", 7),
    Column("declaration_no", "申报编号", 22),
    Column("code", "代码", 8),
    Column("field", "项目", 24, wrap=True),
    Column("left_out", "整行未收", 9),
    Column("message", "说明", 60, wrap=True),
)
CONFLICTS = (
    Column("registrant", "注册编号", 9),
    Column("name", "单位名称", 34, wrap=True),
    Column("credit_code", "统一社会信用代码", 21),
    Column("county", "县（区）", 10),
    Column("told", "未审核通过的申报", 60, wrap=True),
)
STEPS = (
    "“整行未收：是”的没有收入，请在平台改正后重新导出；其他问题只是那一格没有收入。",
    "平台的审核通过是否计入，由 yingbao ingest 与对上号决定，本回执不影响计数。",
)


def write_platform_receipt(done: Imported, path: Path) -> Path:
    facts: list[tuple[str, str | int]] = [("文件", done.file), ("文件校验码（SHA-256）", done.sha256)]
    facts += [("数据截止日期", done.data_date.isoformat()), ("行数", done.rows)]
    facts += [(str(one), done.taken[one]) for one in Taken]
    facts += [("没有收入的行", done.left_out), ("认不出的列", "、".join(done.unread) or "无")]
    problems = [vars(one) | {"left_out": "是" if one.left_out else "否"} for one in done.problems]
    sheets = [Sheet("问题", PROBLEMS, problems), Sheet("未办结多份", CONFLICTS, done.conflicts)]
    title = f"平台申报数据导入回执{'（试算，未入库）' if done.rehearsed else ''}"
    return write_workbook(path, Cover(title, facts, STEPS), sheets, {"kind": "platform-receipt"})
