"""Store what is clear of a return: verdicts, transfers asked for, corrections, additions, and what follows for N (C25)."""

from collections.abc import Callable

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.actions.verification import Said, ask_transfers, give_verdicts, store_return
from models.queries.snapshots import baseline_of
from models.verification import Finding
from tasks.units import settle_units
from tasks.verification.additions import store_additions
from tasks.verification.corrections import store_corrections
from tasks.verification.effects import Lists, look_at
from tasks.verification.sorting import Return


def store(db: Session, work: Return, counts: Callable[[], dict[str, int]]) -> None:
    """All of it, inside the caller's transaction. Units are settled once, for the lines touched alone."""
    desk = work.desk
    taken = store_return(db, work.asked, file=work.file, counts=counts(), on=desk.as_of, by=work.by)
    said = {
        row.unit: Said(row.result.row_no, row.checked.answer) for row in work.answers if row.checked.answer
    }
    standing = [work.standing[unit]["id"] for unit in said if unit in work.standing]
    given = give_verdicts(db, taken, said, standing, on=desk.as_of, by=work.by)
    ask_transfers(db, taken, said, given)
    _store_lists(db, work)
    if baseline_of(db, desk.campaign, desk.county, desk.as_of) is not None:
        _move_n(db, work, said)


def _store_lists(db: Session, work: Return) -> None:
    desk = work.desk
    how = {"file": work.file, "on": desk.as_of, "by": work.by}
    if work.corrections:
        store_corrections(db, desk.campaign, desk.county, work.corrections, **how)  # type: ignore[arg-type]
    lines = store_additions(db, desk.campaign, desk.county, work.additions, **how)  # type: ignore[arg-type]
    if work.corrections or lines:
        settle_units(db, desk.campaign)
    units = _units_of(db, list(lines.values()))
    for row_no, entry in lines.items():
        result = work.added[row_no]
        result.unit = units.get(entry)
        if result.unit in work.known_units:
            result.after = f"数据库已有该单位（编号 {result.unit}），作为线索并入，不另计一户"


def _units_of(db: Session, entries: list[int]) -> dict[int, int]:
    found = text("""
        SELECT r.entry, p.employer_id FROM record r JOIN placement p ON p.record_id = r.id AND p.ended_at IS NULL
        WHERE r.current AND r.entry = ANY(:entries)""")
    return {row.entry: row.employer_id for row in db.execute(found, {"entries": entries})}


def _move_n(db: Session, work: Return, said: dict[int, Said]) -> None:
    desk = work.desk
    lists = Lists(db, desk.campaign, desk.as_of, work.by)
    for row in work.answers:
        if row.unit in said and (told := lists.hear(row.unit, desk.county, said[row.unit].answer)):
            row.result.remarks.append(told)
    back = [row.result for row in work.answers if row.unit in said and _works(said[row.unit])]
    joining = [(result, lists.join) for result in work.added.values()]
    joining += [(result, lists.rejoin) for result in back if result.unit not in lists.places]
    units = [result.unit for result, _ in joining if result.unit]
    targets = look_at(db, desk.campaign, desk.as_of, units) if units else {}
    for result, join in joining:
        if result.unit and (told := join(result.unit, desk.county, targets.get(result.unit))):
            result.remarks.append(told)


def _works(said: Said) -> bool:
    return said.answer.finding in (Finding.OPERATING, Finding.STOPPED_SHORT)
