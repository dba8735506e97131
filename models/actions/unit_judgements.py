"""A person's word on units: two lines are one unit, or a line is a unit of its own. Undone, never erased (Q10)."""

from collections.abc import Sequence

from sqlalchemy import func, or_, select, text
from sqlalchemy.orm import Session

from models.batch import Source
from models.employer import UnitJudgement
from models.errors import RuleRefused
from models.event import Event
from models.inbound import EMPLOYER_KINDS
from models.record import record


def merge_lines(db: Session, entry: int, other: int, *, by: str, reason: str) -> UnitJudgement:
    """From now on the units of both lines are one, whatever is loaded later."""
    _must_exist(db, entry, other)
    for one in (*_standing(db, entry), *_standing(db, other)):
        if (
            one.address_key is not None
        ):  # a merge speaks of all rows of the line: it would undo the split unsaid
            raise RuleRefused("E1223", f"这条来源记录按地址拆分过（判断 {one.id}）；要合并，请先撤销该判断。")
    if entry == other:
        raise RuleRefused("E1221", "要合并的是同一条来源记录。")
    pair = sorted((entry, other))
    for one in _standing(db, entry):
        if one.kind == "merge" and sorted((one.entry, one.other_entry or 0)) == pair:
            raise RuleRefused("E1222", f"这两条已经合并过（判断 {one.id}），无需再合并。")
    return _judge(db, UnitJudgement(kind="merge", entry=pair[0], other_entry=pair[1], by=by, reason=reason))


def split_line(db: Session, entry: int, *, address: str | None = None, by: str, reason: str) -> UnitJudgement:
    """From now on no rule joins this line (or its rows at one of several addresses) with another's."""
    _must_exist(db, entry)
    at = _address_meant(db, entry, address)
    for one in _standing(db, entry):
        if one.kind == "split" and None not in (one.address_key, at) and one.address_key != at:
            continue
        word = "已经拆分过" if one.kind == "split" else "被人工合并过"
        raise RuleRefused("E1223", f"这条{word}（判断 {one.id}）；如要改变，请先撤销该判断。")
    return _judge(db, UnitJudgement(kind="split", entry=entry, address_key=at, by=by, reason=reason))


def _address_meant(db: Session, entry: int, wanted: str | None) -> str | None:
    """The comparable form of the one address a person named; None where the line has no more than one anyway."""
    rows = select(record.c.address_key, record.c.address).where(record.c.entry == entry, record.c.current)
    written = {key or "": address or "" for key, address in db.execute(rows.order_by(record.c.id))}
    if wanted is None and len(written) < 2:
        return None
    known = {key: address for key, address in sorted(written.items()) if key}
    exact = [key for key, address in known.items() if wanted in (key, address)]
    found = exact or [key for key, address in known.items() if wanted and wanted in address]
    if len(found) == 1:
        return found[0] if len(written) > 1 else None
    told = "；".join(f"“{address}”" for address in known.values()) or "（都没有写地址）"
    trouble = f"地址“{wanted}”对不上其中恰好一处" if wanted else "这条来源记录有几行，地址不同"
    raise RuleRefused("E1220", f"{trouble}，请用 --address 写明要拆出的是哪一处：{told}。")


def undo_judgement(db: Session, number: int, *, by: str, reason: str) -> UnitJudgement:
    """Take a judgement back: the rules and the other judgements decide again."""
    found = db.get(UnitJudgement, number)
    if found is None:
        raise RuleRefused("E1224", f"没有编号为 {number} 的判断。")
    if found.undone_at is not None:
        raise RuleRefused("E1225", f"判断 {number} 已由 {found.undone_by} 撤销。")
    found.undone_at, found.undone_by, found.undone_reason = func.now(), by, reason
    db.add(Event(act="unit.undo", subject=f"unit_judgement:{number}", by=by, detail={"reason": reason}))
    db.flush()
    return found


def touch_entries(db: Session, entries: Sequence[int | None]) -> str:
    """A temporary table of these lines, as resolve_units takes it."""
    db.execute(text("DROP TABLE IF EXISTS pg_temp.judged_entry"))
    db.execute(text("CREATE TEMP TABLE judged_entry (entry bigint) ON COMMIT DROP"))
    known = [{"entry": entry} for entry in entries if entry is not None]
    db.execute(text("INSERT INTO judged_entry VALUES (:entry)"), known)
    return "judged_entry"


def _judge(db: Session, judgement: UnitJudgement) -> UnitJudgement:
    db.add(judgement)
    db.flush()
    detail = {"entry": judgement.entry, "other": judgement.other_entry, "reason": judgement.reason}
    if judgement.address_key is not None:
        detail["address"] = judgement.address_key
    subject = f"unit_judgement:{judgement.id}"
    db.add(Event(act=f"unit.{judgement.kind}", subject=subject, by=judgement.by, detail=detail))
    db.flush()
    return judgement


def _must_exist(db: Session, *entries: int) -> None:
    employers = select(Source.id).where(Source.kind.in_(EMPLOYER_KINDS))
    for entry in entries:
        if not db.scalar(
            select(func.count()).where(record.c.entry == entry, record.c.source_id.in_(employers))
        ):
            raise RuleRefused("E1226", f"没有编号为 {entry} 的来源记录。")


def _standing(db: Session, entry: int) -> Sequence[UnitJudgement]:
    said = select(UnitJudgement).where(
        UnitJudgement.undone_at.is_(None),
        or_(UnitJudgement.entry == entry, UnitJudgement.other_entry == entry),
    )
    return db.scalars(said.order_by(UnitJudgement.id)).all()
