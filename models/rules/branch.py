"""是否分支机构 as written (F16, F17)."""

from models.rules.cell import CellCode, Reading, please_check

YES = frozenset(["是", "有", "1", "1.0", "Y", "YES", "T", "TRUE", "√", "是分支机构", "分支机构"])
NO = frozenset(
    ["否", "不是", "非", "0", "0.0", "N", "NO", "F", "FALSE", "×", "X", "非分支机构", "独立法人", "法人"]
)
UNREAD = please_check(CellCode.BRANCH_UNREAD, "“是否分支机构”请填“是”或“否”。")


def read_branch(text: str) -> Reading[bool]:
    tidy = text.upper()
    if tidy in YES or tidy in NO:
        return Reading(tidy in YES)
    return Reading(None, UNREAD)
