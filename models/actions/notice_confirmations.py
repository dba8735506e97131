"""Keep an expert's word on a derived hazard row; the word before it ends (2.9)."""

from datetime import date

from sqlalchemy import func
from sqlalchemy.orm import Session

from models.event import Event
from models.notice import HazardConfirmation
from models.queries.notice_confirmations import confirmations
from models.rules.notice_rows import Row, RowKind, joined


def confirm_rows(
    db: Session, said: dict[tuple[RowKind, str], tuple[Row, str]], *, expert: str, on: date, by: str
) -> int:
    """`said`: the row and what may be quoted of it. Returns how many words are new; the same word again is none."""
    held = confirmations(db)
    new = 0
    for place, (row, quoted) in said.items():
        before = held.get(place)
        if before and (before.proposed, before.quoted, before.confirmed_by) == (
            joined(row.proposed),
            quoted,
            expert,
        ):
            continue
        if before:
            before.ended_at, before.ended_by = func.now(), by
            db.flush()
        word = HazardConfirmation(kind=row.kind, key=row.key, proposed=joined(row.proposed), quoted=quoted)
        word.confirmed_by, word.confirmed_on, word.by = expert, on, by
        db.add(word)
        new += 1
    if new:
        detail = {"expert": expert, "on": on.isoformat(), "rows": new}
        db.add(Event(act="notice.confirmed", subject="hazards", by=by, detail=detail))
    db.flush()
    return new
