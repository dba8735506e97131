"""Sort the rows of a return: clear and new, known already, not filled in, refused with every reason (C25)."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy.orm import Session

from models.queries.transfers import transfers
from models.queries.verification import known_units, later_verdicts, rounds, verdicts_in_force
from models.rules.verdicts import Answer, Trouble, check_duplicates, words
from models.verification import Finding, RoundKind, VerificationRound
from tasks.returned import Outcome
from tasks.verification.additions import (
    Addition,
    Stored,
    added_before,
    added_today,
    check_addition,
    is_known,
)
from tasks.verification.checking import Checked, Desk, check_row, named_elsewhere
from tasks.verification.corrections import (
    Wanted,
    corrected_before,
    facts_now,
    really_new,
    source_name,
    too_soon,
)
from tasks.verification.differences import correction_words, verdict_words
from tasks.verification.layout import ADDED, UNITS
from tasks.verification.reading import Cells, ReturnedBook
from tasks.verification.report import RowResult

ANSWER = Answer._fields


@dataclass
class Row:
    """A row of the first sheet on its way."""

    result: RowResult
    cells: Cells
    unit: int
    checked: Checked

    @property
    def says(self) -> tuple[Any, ...]:
        return self.checked.answer, tuple(sorted(self.checked.corrections.items()))


@dataclass
class Return:
    """One returned workbook and what is to be stored of it."""

    desk: Desk
    asked: VerificationRound
    book: ReturnedBook
    file: tuple[str, str]
    by: str
    results: list[RowResult] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    standing: dict[int, dict[str, Any]] = field(default_factory=dict)
    offers: dict[int, dict[str, Any]] = field(default_factory=dict)
    answers: list[Row] = field(default_factory=list)
    corrections: dict[int, Wanted] = field(default_factory=dict)
    additions: list[tuple[Addition, Mapping[str, Any] | None]] = field(default_factory=list)
    added: dict[int, RowResult] = field(default_factory=dict)
    known_units: set[int] = field(default_factory=set)  # of the database, called as an added row is


def sort_rows(db: Session, work: Return, elsewhere: Mapping[int, str]) -> None:
    """Fill `work`; every row gets a result, and nothing is stored yet."""
    codes, called = named_elsewhere(work.book.units.values())
    if codes or called:
        work.desk = replace(work.desk, known=known_units(db, codes, called))
    work.standing = verdicts_in_force(db, work.desk.campaign, work.desk.as_of)
    for row_no, cells in work.book.units.items():
        _read_row(work, row_no, cells, elsewhere)
    _settle_doubles(work)
    _refuse_late(db, work)
    _refuse_duplicates(work)
    _settle_corrections(db, work)
    for row in work.rows:
        _settle_answer(work, row)
    _sort_additions(db, work)


def _read_row(work: Return, row_no: int, cells: Cells, elsewhere: Mapping[int, str]) -> None:
    result = RowResult(UNITS, row_no, cells["name"], code=cells["code"], verdict=cells["verdict"])
    work.results.append(result)
    match = work.desk.members.find(cells, elsewhere)
    if match.member is None:
        result.refuse(*match.troubles)
        return
    result.unit, result.name, result.code = match.member.unit, match.member.name, match.member.code
    checked = check_row(cells, match.member, work.desk)
    says_something = checked.answer or checked.corrections or checked.troubles
    result.remarks += [*match.remarks, *checked.remarks] if says_something else []
    if checked.troubles:
        result.refuse(*checked.troubles)
    if not says_something:
        _remind(work, result, match.member.unit)
        return
    work.rows.append(Row(result, cells, match.member.unit, checked))


def _remind(work: Return, result: RowResult, unit: int) -> None:
    stands = work.standing.get(unit)
    if stands and stands["county"] == work.asked.county and work.asked.kind == RoundKind.FULL:
        said = words(work.desk.months)[Finding(stands["finding"])]
        result.remarks.append(f"以前的结论“{said}”仍然有效")


def _settle_doubles(work: Return) -> None:
    """Rows of one unit that say the same are one; where they differ none of them counts."""
    of_unit: dict[int, list[Row]] = defaultdict(list)
    for row in work.rows:
        of_unit[row.unit].append(row)
    for rows in of_unit.values():
        if len(rows) == 1:
            continue
        told = "、".join(str(row.result.row_no) for row in rows)
        if any(row.says != rows[0].says or row.checked.troubles for row in rows):
            for row in rows:
                trouble = Trouble("E1276", f"第 {told} 行是同一单位，填写却不一致，请只留一行或改为一致。")
                row.result.refuse(trouble)
            continue
        for row in rows[1:]:
            row.result.outcome = Outcome.UNCHANGED
            row.result.remarks.append(f"与第 {rows[0].result.row_no} 行重复")
    work.rows = [row for row in work.rows if row.result.outcome is Outcome.BLANK]


def _refuse_late(db: Session, work: Return) -> None:
    """What was said of a unit later, or to a later round, stands; and a unit another county took is the other's."""
    desk = work.desk
    later = later_verdicts(db, desk.campaign, desk.as_of)
    numbers = {one.id: one.number for one in rounds(db, desk.campaign, county=work.asked.county)}
    work.offers = {one["unit"]: one for one in transfers(db, desk.campaign, desk.as_of)}
    for row in work.rows:
        stands, offer = work.standing.get(row.unit), work.offers.get(row.unit)
        if stands and _same(row.checked.answer, stands) and stands["county"] == work.asked.county:
            continue
        if row.unit in later:
            told = f"{later[row.unit]} 已有更新的答复，以新的为准。"
            row.result.refuse(Trouble("E1288", told))
        elif stands and numbers.get(stands["round_id"] or 0, 0) > work.asked.number and row.checked.answer:
            told = f"第 {stands['round']} 轮已有更新的答复（{stands['effective_on']}），以新的为准。"
            row.result.refuse(Trouble("E1288", told))
        elif offer and offer["answer"] == "accepted" and offer["to_county"] != work.asked.county:
            told = f"{offer['answered_on']} 已划转到{desk.names[offer['to_county']]}，由该县（区）填报。"
            row.result.refuse(Trouble("E1274", told))
    work.rows = [row for row in work.rows if row.result.outcome is Outcome.BLANK]


def _refuse_duplicates(work: Return) -> None:
    """Of units judged to be one, one must remain: over all rows of the file and all verdicts that stand."""
    answers = {row.unit: row.checked.answer for row in work.rows if row.checked.answer}
    standing = {
        unit: one["duplicate_of"]
        for unit, one in work.standing.items()
        if one["finding"] == Finding.DUPLICATE
    }
    new = {
        unit: answer.duplicate_of
        for unit, answer in answers.items()
        if answer.duplicate_of and standing.get(unit) != answer.duplicate_of
    }
    lifted = [unit for unit, answer in answers.items() if answer.finding is not Finding.DUPLICATE]
    wrong = check_duplicates(new, standing, lifted)
    for row in work.rows:
        if row.unit in wrong:
            row.result.refuse(wrong[row.unit])
    work.rows = [row for row in work.rows if row.result.outcome is Outcome.BLANK]


def _settle_corrections(db: Session, work: Return) -> None:
    corrected = [row for row in work.rows if row.checked.corrections]
    units = [row.unit for row in corrected]
    if not units:
        return
    now = facts_now(db, units)
    before = corrected_before(db, source_name(work.desk.campaign, work.asked.county), units)
    for row in corrected:
        facts = really_new(row.checked.corrections, now[row.unit])
        if trouble := too_soon(facts, before.get(row.unit), work.desk.as_of):
            row.result.refuse(trouble)
        elif facts:
            work.corrections[row.unit] = Wanted(row.result.row_no, facts)
            row.result.after = correction_words(facts, now[row.unit])
    work.rows = [row for row in work.rows if row.result.outcome is Outcome.BLANK]


def _settle_answer(work: Return, row: Row) -> None:
    """A re-check wants an answer even where nothing changed; an answer of the list itself is given once."""
    answer, stands, result = row.checked.answer, work.standing.get(row.unit), row.result
    corrected = row.unit in work.corrections
    result.outcome = Outcome.ACCEPTED if corrected else Outcome.UNCHANGED
    if answer is None:
        result.remarks.append("未填核对结论，仍算未答复")
        return
    same = stands is not None and stands["county"] == work.asked.county and _same(answer, stands)
    answered_here = stands is not None and stands["round_id"] == work.asked.id
    if same and (work.asked.kind == RoundKind.FULL or answered_here):
        offer = work.offers.get(row.unit)
        if answer.finding is Finding.ELSEWHERE and offer and offer["answer"] == "refused":
            result.remarks.append(f"接收县（区）已拒绝：{offer['answer_note']}。请改选其他结论")
        return
    result.outcome = Outcome.ACCEPTED
    work.answers.append(row)
    result.before = verdict_words(stands, work.desk) if stands else ""
    result.after = "；".join(filter(None, [verdict_words(answer._asdict(), work.desk), result.after]))


def _same(answer: Answer | None, stands: Mapping[str, Any]) -> bool:
    return answer is not None and all(getattr(answer, name) == stands[name] for name in ANSWER)


def _sort_additions(db: Session, work: Return) -> None:
    before = added_before(db, work.desk.campaign, work.asked.county) if work.book.added else {}
    stored = Stored(db, work.book.added.values())
    work.known_units = stored.units
    seen: dict[str, int] = {}
    for row_no, cells in work.book.added.items():
        result = RowResult(ADDED, row_no, cells["name"], code=cells["credit_code"])
        work.results.append(result)
        one, troubles = check_addition(row_no, cells, work.desk)
        if one is None:
            result.refuse(*troubles)
            continue
        known = before.get(one.key)
        elsewhere = None if known else stored.elsewhere(one, work.desk)
        if elsewhere:
            result.refuse(elsewhere)
        elif one.key in seen:
            result.refuse(Trouble("E1276", f"与第 {seen[one.key]} 行是同一单位，请只留一行。"))
        elif known and is_known(one, known):
            result.outcome = Outcome.UNCHANGED
        elif known and (trouble := added_today(known, work.desk.as_of)):
            result.refuse(trouble)
        else:
            result.outcome, result.after = Outcome.ACCEPTED, "新增"
            work.additions.append((one, known))
            work.added[row_no] = result
        seen.setdefault(one.key, row_no)
