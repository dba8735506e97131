"""Deliveries of a round on their way out: claimed by place, printed, put into the outbox, or stopped (C11)."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from models.event import Event

PLACE_LOCK = 20240811


def claim_place(db: Session, number: int, place: tuple[str, str | None]) -> bool:
    """One sender prints a town's booklets at a time; the claim ends with the transaction."""
    word = func.hashtext(f"{number}/{place[0]}/{place[1] or ''}")
    return bool(db.scalar(select(func.pg_try_advisory_xact_lock(PLACE_LOCK, word))))


def printed(db: Session, number: int, letters: Sequence[str], sha256: str) -> int:
    """The letters of these numbers lie in the file of this hash."""
    statement = """
        UPDATE notice_delivery d SET state = 'sent', file_sha256 = :sha256 FROM notice n
        WHERE n.round_id = :round AND n.number = ANY(:letters) AND d.notice_id = n.id
            AND d.channel = 'print' AND d.state = 'planned' RETURNING n.id"""
    given = {"round": number, "letters": list(letters), "sha256": sha256}
    return _gone(db, db.scalars(text(statement), given).all())


def put(db: Session, keys: Sequence[tuple[int, str]]) -> int:
    """Deliveries whose message lies in the outbox under its key."""
    statement = """
        UPDATE notice_delivery d SET state = 'sent', message_id = m.id, file_sha256 = m.file_sha256
        FROM unnest(CAST(:deliveries AS bigint[]), CAST(:keys AS text[])) given (delivery, key)
        JOIN message m ON m.key = given.key
        WHERE d.id = given.delivery AND d.state = 'planned' RETURNING d.notice_id"""
    given = {"deliveries": [one for one, _ in keys], "keys": [key for _, key in keys]}
    return _gone(db, db.scalars(text(statement), given).all())


def published(db: Session, number: int, notices: Sequence[int], sha256: str, on: date, by: str) -> None:
    """A list with these notices is made public; the first list counts."""
    statement = """
        INSERT INTO notice_delivery (notice_id, channel, state, file_sha256, settled_on, by)
        SELECT id, 'wechat', 'sent', :sha256, :day, :by FROM unnest(CAST(:notices AS bigint[])) id
        ON CONFLICT DO NOTHING"""
    given = {"notices": list(notices), "sha256": sha256, "day": on, "by": by}
    db.execute(text(statement), given)
    detail = {"round": number, "units": len(notices), "file": sha256}
    db.add(Event(act="notices.published", subject=f"round:{number}", by=by, detail=detail))


def stop(db: Session, number: int, letter: str, code: str, reason: str) -> None:
    """A letter that cannot be made goes by no channel any more."""
    given = {"round": number, "letter": letter, "code": code, "reason": reason}
    db.execute(
        text("""
        UPDATE notice_delivery d SET state = 'held', note = format('%s（%s）', CAST(:reason AS text), CAST(:code AS text))
        FROM notice n
        WHERE n.round_id = :round AND n.number = :letter AND d.notice_id = n.id AND d.state = 'planned'"""),
        given,
    )
    db.execute(
        text("""
        UPDATE notice SET state = 'held', held_code = :code, held_reason = :reason
        WHERE round_id = :round AND number = :letter AND state = 'planned'"""),
        given,
    )


def _gone(db: Session, notices: Sequence[int]) -> int:
    db.execute(
        text("UPDATE notice SET state = 'sent' WHERE id = ANY(:notices) AND state = 'planned'"),
        {"notices": list(notices)},
    )
    return len(notices)
