"""Record what a person says became of a notice; each word leaves its trace (2.7)."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.actions.notice_outcomes import overall
from models.campaign import Campaign
from models.errors import RuleRefused
from models.event import Event
from models.notice_round import Notice, NoticeDelivery, NoticeRound, NoticeState
from models.rules.notice_service import Word, check_word


def record_word(db: Session, campaign: Campaign, number: str, word: Word, today: date) -> bool:
    """`number`: as printed on the letter. False: exactly this was recorded before."""
    found = db.execute(
        select(Notice, NoticeRound.sent_on)
        .join(NoticeRound, NoticeRound.id == Notice.round_id)
        .where(NoticeRound.campaign == campaign.key, Notice.number == number)
        .with_for_update(of=Notice)
    ).one_or_none()
    if found is None:
        raise RuleRefused("E1565", f"没有编号为“{number}”的告知单，请核对告知单左下方的编号。")
    notice, sent_on = found
    delivery = db.scalar(
        select(NoticeDelivery).where(
            NoticeDelivery.notice_id == notice.id, NoticeDelivery.channel == word.channel
        )
    )
    if delivery is None:
        raise RuleRefused("E1566", f"编号 {number} 的告知单没有以这种方式发出。")
    check_word(word, NoticeState(delivery.state), sent_on, today)
    if not _changes(delivery, word):
        return False
    _write(delivery, word)
    db.flush()
    overall(db, [notice.id])
    detail = {"state": word.state, "how": word.how, "on": word.on.isoformat(), "note": word.note}
    detail |= {"file": word.file and word.file[0], "witness": word.witness}
    db.add(Event(act="notice.recorded", subject=f"notice:{number}", by=word.by, detail=detail))
    return True


def _changes(held: NoticeDelivery, word: Word) -> bool:
    before = (held.state, held.how, held.settled_on, held.evidence_sha256, held.witness, held.note)
    return before != (word.state, word.how, word.on, word.file and word.file[0], word.witness, word.note)


def _write(held: NoticeDelivery, word: Word) -> None:
    held.state, held.how, held.settled_on = word.state, word.how, word.on
    held.evidence_sha256, held.evidence_name = word.file or (None, None)
    held.witness, held.note, held.by, held.settled_at = word.witness, word.note, word.by, func.now()
