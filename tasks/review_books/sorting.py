"""What each row of a return says, and everything that is wrong with it at once, before anything is done."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from models.filing import FiledDeclaration, Registrant
from models.queries.filings import form_of
from models.queries.review_books import reviewers
from models.rules.company_name import name_key
from models.rules.credit_code import read_credit_code
from models.rules.review_words import (
    WITH_REASON,
    Decision,
    Issued,
    read_decision,
    read_key,
    split_reasons,
)
from models.rules.verdicts import Trouble
from tasks.returned import Outcome
from tasks.review_books.layout import CODE, DECISION, KEY, NAME, REASON
from tasks.review_books.reading import Cells, ReturnedBook
from tasks.review_books.report import RowResult

RESTORE = f"请恢复这一行的“{KEY}”“{NAME}”“{CODE}”，或在下发的文件里重填"


@dataclass
class Row:
    """A row on its way: which declaration as it was then, and what the county decided."""

    result: RowResult
    issued: Issued
    decision: Decision
    reasons: tuple[str, ...]

    @property
    def says(self) -> tuple[Issued, Decision, tuple[str, ...]]:
        return self.issued, self.decision, self.reasons


def sort_rows(
    db: Session, book: ReturnedBook, county: str, names: Mapping[str, str]
) -> tuple[list[RowResult], list[Row]]:
    """A result for every row, and the rows that may be done."""
    keys = {key.declaration for *_, cells in book.rows if (key := read_key(cells["key"]))}
    whose = dict(reviewers(db, sorted(keys)))
    results, rows = [], []
    for sheet, row_no, cells in book.rows:
        result = RowResult(sheet, row_no, name=cells["name"], decision=cells["decision"])
        results.append(result)
        if row := _read(db, result, cells, county, whose, names):
            rows.append(row)
    _settle_doubles(rows)
    return results, [row for row in rows if row.result.outcome is Outcome.BLANK]


def _read(
    db: Session,
    result: RowResult,
    cells: Cells,
    county: str,
    whose: Mapping[int, str],
    names: Mapping[str, str],
) -> Row | None:
    key = read_key(cells["key"])
    result.number = key.declaration if key else None
    if not cells["decision"] and not cells["reason"]:
        return None
    decision, reasons = _decided(cells, result)
    if key is None:
        told = f"“{KEY}”（隐藏列）已丢失或损坏，不知是哪一条申报的哪一版；{RESTORE}。"
        result.refuse(Trouble("E1771", told))
    elif key.declaration not in whose:
        result.refuse(Trouble("E1773", f"没有第 {key.declaration} 号申报，或它不由我们审核。"))
    elif whose[key.declaration] != county:
        where = names.get(whose[key.declaration], "别的机关")
        told = f"第 {key.declaration} 号申报由{where}审核，本表不能办理；请删去这一行。"
        result.refuse(Trouble("E1770", told))
    else:
        _identify(db, result, cells, key)
    if result.outcome is Outcome.REFUSED or key is None or decision is None:
        return None
    return Row(result, key, decision, reasons)


def _decided(cells: Cells, result: RowResult) -> tuple[Decision | None, tuple[str, ...]]:
    decision = read_decision(cells["decision"] or "")
    reasons = split_reasons(cells["reason"])
    if not cells["decision"]:
        result.refuse(Trouble("E1775", f"填了“{REASON}”，却没有选“{DECISION}”；请从下拉列表中选。"))
    elif decision is None:
        told = f"“{cells['decision']}”不是可选的{DECISION}；请从下拉列表中选：{'、'.join(Decision)}。"
        result.refuse(Trouble("E1774", told))
    elif decision in WITH_REASON and not reasons:
        result.refuse(Trouble("E1775", f"选“{decision}”必须填“{REASON}”；几个原因之间用；分开。"))
    elif decision is Decision.APPROVE and reasons:
        result.remarks.append(f"选“{decision}”不记“{REASON}”，未采用")
    return decision, reasons


def _identify(db: Session, result: RowResult, cells: Cells, key: Issued) -> None:
    """The hidden key and the visible name or code must speak of one employer: columns may have been sorted apart."""
    names, codes = _called(db, key)
    by_name = bool(cells["name"]) and name_key(cells["name"] or "") in names
    by_code = (read_credit_code(cells["code"]).value if cells["code"] else None) in codes
    if not by_name and not by_code:
        told = (
            f"“{KEY}”是第 {key.declaration} 号申报的，单位名称和代码却对不上，可能只移动了部分列；{RESTORE}。"
        )
        result.refuse(Trouble("E1772", told))
    elif cells["code"] and not by_code:
        result.remarks.append("信用代码与申报的不符或已损坏，未采用")
    elif cells["name"] and not by_name:
        result.remarks.append("单位名称与申报的不符，未采用")


def _called(db: Session, key: Issued) -> tuple[set[str], set[str]]:
    """Names and codes of the declaration, as it stands and as the workbook showed it."""
    held = db.get_one(FiledDeclaration, key.declaration)
    owner = db.get_one(Registrant, held.registrant_id)
    versions = {held.version} | ({key.version} if 0 < key.version <= held.version else set())
    basics = [form_of(db, held, version).basics for version in sorted(versions)]
    names = {owner.name, *(one.name for one in basics)}
    codes = {owner.credit_code, *(one.credit_code for one in basics)}
    return {name_key(name) for name in names if name}, {code for code in codes if code}


def _settle_doubles(rows: Iterable[Row]) -> None:
    """Rows of one declaration that say the same are one; where they differ none of them counts."""
    of_one: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        of_one[row.issued.declaration].append(row)
    for same in of_one.values():
        told = "、".join(str(row.result.row_no) for row in same)
        if any(row.says != same[0].says for row in same):
            for row in same:
                row.result.refuse(
                    Trouble("E1776", f"第 {told} 行是同一申报，填写却不一致，请只留一行或改为一致。")
                )
            continue
        for row in same[1:]:
            row.result.outcome = Outcome.UNCHANGED
            row.result.remarks.append(f"与第 {same[0].result.row_no} 行重复")
