"""Headings and words of what `yingbao deadlines` prints."""

from collections.abc import Mapping
from typing import Any

from models.obligation import ObligationAct
from models.queries.reminders import Sent

OWED = {
    "county": "县（区）",
    "key": "事项",
    "name": "内容",
    "deadline": "期限",
    "state_words": "状态",
    "late": "逾期",
    "progress": "已答复",
    "contact": "联系人",
}
SENT = {
    "day": "日期",
    "county": "县（区）",
    "key": "事项",
    "name": "内容",
    "words": "提醒",
    "course": "轮次",
    "digest_id": "提醒编号",
}
HISTORY = {
    "day": "日期",
    "what_words": "事项经过",
    "by": "谁",
    "until": "新期限",
    "reason": "理由",
    "file": "文件",
    "sha256": "校验码",
}
CONTACTS = {
    "office_name": "县（区）",
    "name": "联系人",
    "phone": "电话",
    "mail": "邮箱",
    "bot": "机器人",
    "plan": "实施方案",
    "plan_on": "收到",
    "trouble": "问题",
}
IMPORTED = {"row_no": "行号", "county": "县区", "name": "姓名", "result": "结果", "code": "代码"}
ACTS = {
    ObligationAct.RETURNED: "交回",
    ObligationAct.NOTHING: "报无事项",
    ObligationAct.ACCEPTED: "受理",
    ObligationAct.SENT_BACK: "退回重报",
    ObligationAct.EXTENDED: "延期",
}


def owed_row(row: Mapping[str, Any]) -> dict[str, Any]:
    late = f"{row['late_days']} 天" if row["late_days"] else None
    progress = f"{row['done']}/{row['asked']}" if row["asked"] is not None else None
    return {**row, "late": late, "progress": progress}


def sent_row(one: Sent) -> dict[str, Any]:
    row = {
        key: getattr(one, key)
        for key in ("day", "county", "key", "name", "told", "words", "course", "digest_id")
    }
    return row | {"planned_on": one.planned_on, "rungs": list(one.rungs)}


def history_row(row: Mapping[str, Any]) -> dict[str, Any]:
    if row["what"] == "reminded":
        return {**row, "what_words": f"提醒：{row['words']}"}
    return {**row, "what_words": ACTS[ObligationAct(row["what"])]}
