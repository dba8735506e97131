"""Judgements on links: the machine's as a set, a person's one by one. Ended, never overwritten (nomenklatura's way)."""

import polars as pl
from sqlalchemy import Select, func, select, text
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from models.actions.intake import store_columns
from models.actions.statistics import refresh_statistics
from models.batch import Source
from models.employer import Employer
from models.errors import RuleRefused
from models.event import Event
from models.inbound import Kind
from models.link import BY_MACHINE, RULE, Link, Verdict
from models.queries.survivors import survivors
from models.record import record

PERSON = "person"


def store_machine_links(db: Session, found: pl.DataFrame) -> tuple[int, int]:
    """Make `found` (models.rules.linking.LINKS) what the machine says now: (ended, added) judgements.

    What a person has judged stays: that pair, and every pair of a declaration a person gave to an employer.
    """
    db.execute(text(FOUND_TABLE))
    store_columns(db, "found_link", found)
    db.execute(text("ANALYZE found_link"))
    _changed(db, LEAVE_TO_PERSONS)
    ended = _changed(db, END_CHANGED)
    added = _changed(db, ADD_NEW)
    db.execute(text("DROP TABLE found_link"))
    refresh_statistics(db, "link", changed=ended + added)
    if ended or added:
        db.add(Event(act="link", subject="all", by=RULE, detail={"ended": ended, "added": added}))
    return ended, added


def _changed(db: Session, statement: str) -> int:
    result = db.execute(text(statement), {"machine": list(BY_MACHINE)})
    return result.rowcount if isinstance(result, CursorResult) else 0


FOUND_TABLE = """
CREATE TEMP TABLE found_link (
    entry bigint, employer_id bigint, verdict text, method text, score double precision, reason text,
    evidence jsonb
) ON COMMIT DROP
"""
LEAVE_TO_PERSONS = """
DELETE FROM found_link USING link
WHERE link.entry = found_link.entry AND link.ended_at IS NULL AND link.by <> ALL(:machine)
  AND (link.employer_id = found_link.employer_id OR link.verdict = 'sure')
"""
SAME = """
link.entry = found_link.entry AND link.employer_id = found_link.employer_id
AND link.verdict = found_link.verdict AND link.method = found_link.method
AND link.score IS NOT DISTINCT FROM found_link.score AND link.reason IS NOT DISTINCT FROM found_link.reason
AND link.evidence IS NOT DISTINCT FROM found_link.evidence
"""
END_CHANGED = f"""
UPDATE link SET ended_at = now(), ended_by = '规则', ended_reason = '重新对号后判断有变'
WHERE ended_at IS NULL AND by = ANY(:machine) AND NOT EXISTS (SELECT FROM found_link WHERE {SAME})
"""
ADD_NEW = """
INSERT INTO link (entry, employer_id, verdict, method, score, evidence, reason, by)
SELECT entry, employer_id, verdict, method, score, evidence, reason,
       CASE WHEN method = 'model' THEN '模型' ELSE '规则' END
FROM found_link
WHERE NOT EXISTS (
    SELECT FROM link
    WHERE link.entry = found_link.entry AND link.employer_id = found_link.employer_id
      AND link.ended_at IS NULL AND link.by = ANY(:machine)
)
ORDER BY entry, employer_id
"""


def accept(db: Session, entry: int, employer_id: int, *, by: str, reason: str) -> Link:
    """A person says the declaration is this employer's: sure. Other open judgements of the machine end."""
    other = db.scalar(_open(entry).where(Link.verdict == Verdict.SURE, Link.by.not_in(BY_MACHINE)))
    if other is not None:
        message = f"申报 {entry} 已由 {other.by} 认定属于单位 {other.employer_id}；如要改变，请先撤销判断 {other.id}。"
        raise RuleRefused("E1250", message)
    return _judge(db, entry, employer_id, Verdict.SURE, by=by, reason=reason)


def reject(db: Session, entry: int, employer_id: int, *, by: str, reason: str) -> Link:
    """A person says the declaration is not this employer's; the machine will not say otherwise again."""
    return _judge(db, entry, employer_id, Verdict.REJECTED, by=by, reason=reason)


def leave_open(db: Session, entry: int, employer_id: int, *, by: str, reason: str) -> Link:
    """A person looked and cannot tell: the pair stays 待人工核对 whatever the machine finds."""
    return _judge(db, entry, employer_id, Verdict.UNSURE, by=by, reason=reason)


def said_already(db: Session, entry: int, employer_id: int, verdict: Verdict) -> bool:
    """Whether a person's word on the pair stands and is the same."""
    said = _open(entry).where(Link.employer_id == _home(db, employer_id), Link.verdict == verdict)
    return db.scalar(said.where(Link.by.not_in(BY_MACHINE)).limit(1)) is not None


def undo(db: Session, link_id: int, *, by: str, reason: str) -> Link:
    """Take a person's judgement back; the next run decides again."""
    link = db.get(Link, link_id)
    if link is None or link.ended_at is not None:
        raise RuleRefused("E1251", f"没有编号为 {link_id} 的有效判断。")
    if link.by in BY_MACHINE:
        raise RuleRefused("E1252", f"判断 {link_id} 是系统作出的；不同意请用 links reject 或 links accept。")
    _end(link, by, reason)
    _record(db, "link.undo", link, by, reason)
    return link


def follow_merges(db: Session, *, by: str) -> int:
    """People's judgements go with their employer into the unit that took it over, and back when that is undone.

    `evidence.judged` keeps the unit the person looked at.
    """
    merged = survivors()
    lead = dict(db.execute(select(merged.c.merged, merged.c.survivor)).tuples().all())
    moved = 0
    for link in db.scalars(
        select(Link).where(Link.ended_at.is_(None), Link.by.not_in(BY_MACHINE)).order_by(Link.id)
    ):
        judged = int((link.evidence or {}).get("judged", link.employer_id))
        home = lead.get(judged, judged)
        if home != link.employer_id:
            moved += _move(db, link, judged, home, by)
    return moved


def _move(db: Session, link: Link, judged: int, home: int, by: str) -> int:
    _end(link, by, f"单位合并或拆分，判断随单位转到 {home}")
    db.flush()
    if db.scalar(_open(link.entry).where(Link.employer_id == home, Link.by.not_in(BY_MACHINE))) is not None:
        return 1
    _end_machine(db, link.entry, home, whole=link.verdict == Verdict.SURE, by=link.by)
    moved = Link(entry=link.entry, employer_id=home, verdict=link.verdict, method=PERSON, by=link.by)
    moved.reason, moved.evidence = link.reason, {"judged": judged}
    db.add(moved)
    db.flush()
    return 1


def _judge(db: Session, entry: int, employer_id: int, verdict: Verdict, *, by: str, reason: str) -> Link:
    _require_reason(reason)
    _require_declaration(db, entry)
    home = _home(db, employer_id)
    _end_own(db, entry, home, by, reason)
    _end_machine(db, entry, home, whole=verdict == Verdict.SURE, by=by)
    link = Link(entry=entry, employer_id=home, verdict=verdict, method=PERSON, by=by, reason=reason)
    link.evidence = {"judged": employer_id}
    db.add(link)
    db.flush()
    _record(db, f"link.{verdict}", link, by, reason)
    return link


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise RuleRefused("E1253", "请写明理由。")


def _require_declaration(db: Session, entry: int) -> None:
    sources = select(Source.id).where(Source.kind == Kind.DECLARATIONS)
    known = select(record.c.id).where(record.c.entry == entry, record.c.source_id.in_(sources))
    if db.scalar(known.limit(1)) is None:
        raise RuleRefused("E1254", f"没有编号为 {entry} 的申报。")


def _home(db: Session, employer_id: int) -> int:
    """The unit an id leads to today."""
    merged = survivors()
    home = db.scalar(select(merged.c.survivor).where(merged.c.merged == employer_id)) or employer_id
    if db.get(Employer, home) is None:
        raise RuleRefused("E1255", f"没有编号为 {employer_id} 的用人单位。")
    return home


def _end_own(db: Session, entry: int, home: int, by: str, reason: str) -> None:
    """A person's newer word on the same pair ends the older one."""
    for link in db.scalars(_open(entry).where(Link.employer_id == home, Link.by.not_in(BY_MACHINE))):
        _end(link, by, reason)
    db.flush()


def _end_machine(db: Session, entry: int, home: int, *, whole: bool, by: str) -> None:
    for link in db.scalars(_open(entry).where(Link.by.in_(BY_MACHINE))):
        if whole or link.employer_id == home:
            _end(link, by, "人工判断")
    db.flush()


def _open(entry: int) -> Select[tuple[Link]]:
    return select(Link).where(Link.entry == entry, Link.ended_at.is_(None))


def _end(link: Link, by: str, reason: str) -> None:
    link.ended_at, link.ended_by, link.ended_reason = func.now(), by, reason


def _record(db: Session, act: str, link: Link, by: str, reason: str) -> None:
    detail = {"link": link.id, "employer": link.employer_id, "verdict": link.verdict, "reason": reason}
    db.add(Event(act=act, subject=f"declaration:{link.entry}", by=by, detail=detail))
    db.flush()
