"""Take over 基本信息 from the old system, row by row, as drafts to be filled in (F25); its accounts only match (F01, F19)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.actions.legacy_import import Imported, import_skeleton
from models.campaign import Campaign
from models.database import writing
from models.errors import InputRefused, RuleRefused, YingbaoError
from models.filing import FiledDeclaration, Registrant, Source
from models.form.basics import Basics
from models.queries.filings import find_registrant
from models.rules.company_name import name_key, split_branch
from notices.workbook import Column, Cover, Sheet, write_workbook
from tasks.filing.identity import registrant_for
from tasks.filing.legacy_reading import OldRecord, doubled, read_legacy

NO_MATCH, BLOCKED, TWICE, NO_ROW = "E1755", "E1757", "E1746", "E1733"


class Outcome(StrEnum):
    TAKEN = "已收入"
    KNOWN = "以前收入过"
    REFUSED = "未收入"


@dataclass(frozen=True)
class Row:
    """What became of a row."""

    sheet: str
    row_no: int
    name: str | None
    outcome: Outcome
    registrant: int | None = None
    code: str | None = None
    message: str = ""


@dataclass
class Result:
    file: str
    rehearsed: bool
    rows: list[Row] = field(default_factory=list)

    def count(self, outcome: Outcome) -> int:
        return Counter(row.outcome for row in self.rows)[outcome]


@dataclass(frozen=True)
class Order:
    """`account`: the one an employer gave at its registration `registrant` (F19); else all rows."""

    by: str
    on: date
    account: str | None = None
    registrant: int | None = None
    rehearse: bool = False


def import_legacy(path: Path, campaign: Campaign, order: Order) -> Result:
    """Each row its own transaction; a refused row does not stop the others, the same list again changes nothing."""
    records = read_legacy(path, campaign)
    twice = doubled(records)
    result = Result(path.name, order.rehearse)
    for one in matched(records, order.account):
        result.rows.append(_take(one, twice, order))
    return result


def matched(records: Sequence[OldRecord], account: str | None) -> list[OldRecord]:
    """F19: an account is optional: none given takes every record; one that matches nothing is an error, not a new unit."""
    if account is None:
        return list(records)
    found = [one for one in records if one.account == account.strip()]
    if not found:
        raise RuleRefused(
            NO_MATCH, f"原账号“{account}”匹配不上。没有老系统账号的，请将原账号清空，按新注册办理。"
        )
    return found


def _take(one: OldRecord, twice: set[str], order: Order) -> Row:
    try:
        if one.key in twice:
            raise InputRefused(TWICE, f"“{one.key}”有几行内容不同，不知以哪行为准。")
        if one.basics is None:
            raise InputRefused(one.wrong[-1].code, one.wrong[-1].message)
        with writing(rehearse=order.rehearse) as db:
            return _import(db, one, one.basics, order)
    except YingbaoError as refusal:
        return _row(one, Outcome.REFUSED, None, refusal.code, refusal.message)


def _import(db: Session, one: OldRecord, basics: Basics, order: Order) -> Row:
    before = select(FiledDeclaration.registrant_id).where(
        FiledDeclaration.source == Source.LEGACY, FiledDeclaration.source_key == one.key
    )
    if (known := db.scalar(before)) is not None:
        return _row(one, Outcome.KNOWN, known, None, "以前收入过，没有变动。")
    owner, supposed = _owner(db, basics, order)
    done = import_skeleton(db, owner.id, one.key, basics, year=order.on.year, by=order.by, on=order.on)
    if done is Imported.BLOCKED:
        raise RuleRefused(BLOCKED, f"“{owner.name}”还有没审核通过的申报，先办完那一份再收入。")
    told = ["基本信息已收入为暂存的变更申报（系统更新），其他各部分填好后才能提交。"]
    told += ["名单没有写是否分支机构，按非分支机构登记，请核实。"] if supposed else []
    told += [f"{wrong.field}：{wrong.message}。" for wrong in one.wrong]
    return _row(one, Outcome.TAKEN, owner.id, one.wrong[0].code if one.wrong else None, "".join(told))


def _owner(db: Session, basics: Basics, order: Order) -> tuple[Registrant, bool]:
    """Where nothing is said of branches, a name without a branch's part registers as a principal, and this is told."""
    if order.registrant is not None:
        owner = find_registrant(db, order.registrant)
        if owner.credit_code != basics.credit_code:
            message = (
                f"原账号的单位代码是{basics.credit_code}，与第{owner.id}号注册的{owner.credit_code}不同。"
            )
            raise RuleRefused(NO_MATCH, message)
        return owner, False
    supposed = basics.is_branch is None
    if supposed and split_branch(name_key(basics.name or ""))[1]:
        raise InputRefused(
            NO_ROW, "名称像是分支机构，名单却没有写“是否分支机构”，请补上这一列和上级机构代码。"
        )
    named = basics.model_copy(update={"is_branch": False}) if supposed else basics
    return registrant_for(db, named, {}, by=order.by, on=order.on)[0], supposed


def _row(one: OldRecord, outcome: Outcome, registrant: int | None, code: str | None, message: str) -> Row:
    return Row(one.sheet, one.row_no, one.name, outcome, registrant, code, message)


COLUMNS = (
    Column("sheet", "工作表", 14),
    Column("row_no", "行", 6),
    Column("name", "单位名称", 32, wrap=True),
    Column("outcome", "结果", 12),
    Column("registrant", "注册编号", 10),
    Column("code", "代码", 8),
    Column("message", "说明", 70, wrap=True),
)
STEPS = (
    "老系统只收入基本信息；产品、危害因素、检测、监护由用人单位填好后提交。可以重复导入，收入过的不会重复。",
)


def as_row(row: Row) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in COLUMNS} | {"outcome": str(row.outcome)}


def write_legacy_receipt(result: Result, path: Path) -> Path:
    facts: list[tuple[str, str | int]] = [("文件", result.file)]
    facts += [(str(outcome), result.count(outcome)) for outcome in Outcome]
    title = f"老系统基本信息导入回执{'（试算，未入库）' if result.rehearsed else ''}"
    sheet = Sheet("逐行结果", COLUMNS, [as_row(row) for row in result.rows])
    return write_workbook(path, Cover(title, facts, STEPS), [sheet], {"kind": "legacy-receipt"})
