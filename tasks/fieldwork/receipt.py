"""The receipt of a filled-in form: every row with what became of it."""

from pathlib import Path

from models.campaign import Campaign
from notices.workbook import Column, Cover, Sheet, write_workbook
from tasks.fieldwork.desk import Outcome
from tasks.fieldwork.entering import Entered

COLUMNS = (
    Column("row_no", "行", 6),
    Column("name", "单位或活动", 34, wrap=True),
    Column("outcome", "结果", 12),
    Column("code", "代码", 8),
    Column("words", "说明", 70, wrap=True),
)
STEPS = (
    "“已登记”的已经入库；“与原来相同”的以前登记过；“未登记”的没有入库，请按说明改正后再导入；“未填”的不作处理。",
    "改正后可以导入整份：登记过的行不会重复登记。",
)


def write_receipt(campaign: Campaign, entered: Entered, path: Path) -> Path:
    title = f"{entered.form.title}登记回执{'（试算，未入库）' if entered.rehearsed else ''}"
    facts: list[tuple[str, str | int]] = [("行动", campaign.name), ("文件", entered.file)]
    facts.append(("文件校验码（SHA-256）", entered.sha256))
    facts += [(str(outcome), entered.count(outcome)) for outcome in Outcome]
    rows = [row.as_row() for row in entered.rows]
    meta = {"kind": "fieldwork-receipt", "sha256": entered.sha256}
    return write_workbook(path, Cover(title, facts, STEPS), [Sheet("逐行结果", COLUMNS, rows)], meta)
