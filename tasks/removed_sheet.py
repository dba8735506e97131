"""The sheet 已核销 of a county's workbook: who left its list after the baseline, when and why (Q2)."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.queries.membership_changes import Change, names_of
from models.rules.membership_words import removal_name
from notices.workbook import Column, Sheet

COLUMNS = [
    Column("employer_id", "单位编号", 10, hidden=True),
    Column("number", "序号", 5),
    Column("name", "单位名称", 30, wrap=True),
    Column("credit_code", "统一社会信用代码", 20),
    Column("reason", "核销原因", 16, wrap=True),
    Column("on", "核销日期", 12),
    Column("note", "情况说明", 30, wrap=True),
    Column("by", "谁", 10),
]


def removed_sheet(db: Session, campaign: Campaign, removed: Sequence[Change]) -> Sheet:
    named = names_of(db, [one.employer_id for one in removed])
    rows = []
    for number, one in enumerate(removed, start=1):
        name, code = named.get(one.employer_id, (None, None))
        rows.append(
            {
                "employer_id": one.employer_id,
                "number": number,
                "name": name,
                "credit_code": code,
                "reason": removal_name(one.removed_reason, campaign),
                "on": one.removed_on,
                "note": one.removed_note,
                "by": one.removed_by,
            }
        )
    return Sheet("已核销", COLUMNS, rows)
