"""Unsure links to a workbook with a drop-down, and the answers back (待人工核对)."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from models.actions.links import said_already
from models.database import session, writing
from models.errors import InputRefused, RuleRefused
from models.link import Verdict
from models.queries.links import list_links
from notices.workbook import Column, Cover, Sheet, write_workbook
from tasks.links import ACTS, Act
from tasks.own_sheets import answers

SHEET = "待人工核对"
SAME, OTHER, UNKNOWN = "同一单位", "不是", "不确定"
ANSWERS: dict[str, Act] = {SAME: "accept", OTHER: "reject", UNKNOWN: "leave_open"}
VERDICTS = {SAME: Verdict.SURE, OTHER: Verdict.REJECTED, UNKNOWN: Verdict.UNSURE}
ENTRY, EMPLOYER, ANSWER, NOTE = "申报记录编号", "单位编号", "判断", "说明"
SIDES = {
    "name": ("名称", 30),
    "code": ("信用代码", 21),
    "county": ("县（区）", 9),
    "address": ("地址", 28),
    "phone": ("电话", 14),
    "industry": ("行业", 8),
    "headcount": ("人数", 7),
}
COLUMNS = (
    Column("entry", ENTRY, 4, hidden=True),
    Column("employer_id", EMPLOYER, 4, hidden=True),
    Column("answer", ANSWER, 11, answer=True, choices=tuple(ANSWERS)),
    Column("note", NOTE, 20, answer=True),
    Column("reason", "为什么不能确定", 24, wrap=True),
    *(
        Column(f"{side}_{key}", f"{title}（{whose}）", width, wrap=True)
        for key, (title, width) in SIDES.items()
        for side, whose in (("declared", "申报"), ("listed", "名册"))
    ),
    Column("score", "得分（比特）", 8),
)
STEPS = (
    "1. 每行左右对照一条申报和名册上的一个单位，请在“判断”列选择：同一单位、不是或不确定。",
    "2. 留空的行不作处理。选“同一单位”后，该单位才计为已申报；不确定的仍为待人工核对。",
    "3. 填好后用 yingbao links import 文件名 --by 姓名 导入；已作出的判断可用 yingbao links undo 撤销。",
)


@dataclass(frozen=True)
class Imported:
    """Answers by kind, those that somebody had given before, and those that were refused with why."""

    accepted: int
    rejected: int
    left_open: int
    blank: int
    unchanged: int
    refused: list[dict[str, Any]]


def export_links(path: Path, *, county: str | None = None) -> int:
    """Write the unsure links for people to judge; how many."""
    with session() as db:
        rows = [_row(link) for link in list_links(db, verdict="unsure", county=county)]
    cover = Cover(
        "申报与用人单位待人工核对清单", [("待核对", len(rows)), ("县（区）", county or "全市")], STEPS
    )
    write_workbook(path, cover, [Sheet(SHEET, COLUMNS, rows)], {"kind": "links"})
    return len(rows)


def _row(link: dict[str, Any]) -> dict[str, Any]:
    sides = {"code": "credit_code"}
    listed = {f"listed_{key}": link[sides.get(key, key)] for key in SIDES}
    declared = {f"declared_{key}": link[f"declared_{key}"] for key in SIDES}
    score = None if link["score"] is None else f"{link['score']:.2f}"
    # numbers of 19 digits do not survive a spreadsheet's numbers: as text
    numbers = {"entry": str(link["entry"]), "employer_id": str(link["employer_id"])}
    return {**numbers, **listed, **declared, "reason": link["reason"], "score": score}


def import_links(path: Path, *, by: str) -> Imported:
    """Store the answers, all in one transaction; a refused one does not stop the others, one given before changes nothing."""
    said = _answers(path)
    counts = dict.fromkeys(ANSWERS, 0)
    refused, unchanged = [], 0
    with writing() as db:
        for row in said.filter(pl.col(ANSWER).is_not_null()).iter_rows(named=True):
            try:
                if _judge(db, row, by):
                    counts[row[ANSWER]] += 1
                else:
                    unchanged += 1
            except RuleRefused as error:
                refused.append({"row_no": row["row_no"], "code": error.code, "message": error.message})
    blank = said[ANSWER].null_count()
    return Imported(counts[SAME], counts[OTHER], counts[UNKNOWN], blank, unchanged, refused)


def _judge(db: Any, row: dict[str, Any], by: str) -> bool:
    """Whether the answer is new."""
    if row[ANSWER] not in ANSWERS:
        raise RuleRefused("E1258", f"“{row[ANSWER]}”不是可选的判断，请选：{'、'.join(ANSWERS)}。")
    if not (row[ENTRY] or "").isdigit() or not (row[EMPLOYER] or "").isdigit():
        raise RuleRefused("E1259", "隐藏的编号被改动或删除，无法知道是哪条申报和哪个单位；请重新导出。")
    entry, employer = int(row[ENTRY]), int(row[EMPLOYER])
    if said_already(db, entry, employer, VERDICTS[row[ANSWER]]):
        return False
    reason = row[NOTE] or f"核对清单：{row[ANSWER]}"
    ACTS[ANSWERS[row[ANSWER]]](db, entry, employer, by=by, reason=reason)
    return True


def _answers(path: Path) -> pl.DataFrame:
    for _, rows in answers(path, (ENTRY, EMPLOYER, ANSWER, NOTE)):
        return rows
    raise InputRefused("E1039", f"“{path.name}”里没有“{SHEET}”表；请用 yingbao links export 导出的文件。")
