"""What machines tell of notices: our own outbox, the gateway's receipts, bounced mails. Idempotent, in any order (2.7).

What a person has recorded of a delivery is never overwritten by a machine.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from models.actions.outbox import DOMAIN
from models.notice_round import Bounce, SmsReceipt
from models.outbox import Message

BY_OUTBOX, BY_RECEIPT, BY_BOUNCE = "发件箱", "短信回执", "退信"
# A receipt or a bounce proves that the message was taken, whatever we knew of it.
PROVED = """
    UPDATE message m SET state = 'sent', ended_at = now(), answer = coalesce(m.answer || '；', '') || '后来的回执证明已收下'
    WHERE m.state = 'unknown' AND (
        EXISTS (SELECT FROM sms_receipt r WHERE m.channel = 'sms' AND m.message_id = format('<%s@%s>', r.out_id, CAST(:domain AS text)))
        OR EXISTS (SELECT FROM bounce b WHERE b.message_id = m.message_id))"""
SETTLE = """
    WITH told AS (
        SELECT d.id, d.channel, m.state AS message, m.ended_at, m.answer, r.success, r.reported_at, r.err_code, r.invalid,
            b.status, b.diagnostic
        FROM notice_delivery d JOIN message m ON m.id = d.message_id
        LEFT JOIN LATERAL (
            SELECT bool_or(success) AS success, min(reported_at) FILTER (WHERE success) AS reported_at,
                max(err_code) FILTER (WHERE NOT success) AS err_code,
                bool_or(err_code = ANY(:invalid)) AS invalid
            FROM sms_receipt r WHERE d.channel = 'sms' AND r.out_id = split_part(btrim(m.message_id, '<>'), '@', 1)
            HAVING count(*) > 0) r ON true
        LEFT JOIN LATERAL (
            SELECT status, diagnostic FROM bounce b WHERE b.message_id = m.message_id AND b.action = 'failed'
            ORDER BY b.id DESC LIMIT 1) b ON true
        WHERE d.state <> 'held' AND (CAST(:messages AS bigint[]) IS NULL OR m.id = ANY(:messages)) AND (d.by IS NULL OR d.by = ANY(:machines))
    ), meant AS (
        SELECT id, CASE
            WHEN success THEN 'delivered'
            WHEN success IS NOT NULL THEN CASE WHEN invalid THEN 'invalid' ELSE 'returned' END
            WHEN status LIKE '5.1.%' THEN 'invalid'
            WHEN status IS NOT NULL THEN 'returned'
            WHEN message = 'unknown' THEN 'unknown'
            WHEN message = 'refused' THEN CASE WHEN answer ~ :bad_address THEN 'invalid' ELSE 'returned' END
            ELSE 'sent' END AS state,
            CASE WHEN success THEN '短信回执' END AS how,
            CASE WHEN success THEN coalesce(reported_at, ended_at, now()) WHEN message <> 'waiting' THEN ended_at END AS moment,
            CASE WHEN success THEN NULL WHEN success IS NOT NULL THEN err_code
                WHEN status IS NOT NULL THEN concat_ws(' ', status, diagnostic)
                WHEN message IN ('refused', 'unknown') THEN answer END AS note,
            CASE WHEN success IS NOT NULL THEN :receipt WHEN status IS NOT NULL THEN :bounce
                WHEN message IN ('refused', 'unknown') THEN :outbox END AS by
        FROM told
    )
    UPDATE notice_delivery d SET state = m.state, how = m.how, note = m.note, by = m.by, settled_at = now(),
        settled_on = CASE WHEN m.state = 'sent' THEN NULL ELSE (m.moment AT TIME ZONE 'Asia/Shanghai')::date END
    FROM meant m WHERE m.id = d.id AND (d.state, d.note, d.by) IS DISTINCT FROM (m.state, m.note, m.by)
    RETURNING d.notice_id"""
# The best of what happened to its deliveries; while one is open, so is the notice.
OVERALL = """
    UPDATE notice n SET state = best.state FROM (
        SELECT notice_id, (array_agg(state ORDER BY array_position(
            ARRAY['delivered', 'left', 'sent', 'refused', 'unknown', 'returned', 'invalid'], state)))[1] AS state
        FROM notice_delivery WHERE notice_id = ANY(:notices) AND state NOT IN ('held', 'planned') AND channel <> 'wechat'
        GROUP BY notice_id) best
    WHERE n.id = best.notice_id AND n.state <> 'held' AND n.state <> best.state"""
# a number that nobody has, or whose owner wants no messages, is not tried again; another number may be
BLOCK = """
    INSERT INTO do_not_contact (employer_id, channel, address, reason, by)
    SELECT DISTINCT n.employer_id, 'sms', d.addressee, CASE WHEN r.err_code = ANY(:invalid) THEN '号码无效' ELSE '退订或拒收' END, :receipt
    FROM sms_receipt r JOIN message m ON m.channel = 'sms' AND m.message_id = format('<%s@%s>', r.out_id, CAST(:domain AS text))
    JOIN notice_delivery d ON d.message_id = m.id JOIN notice n ON n.id = d.notice_id
    WHERE r.out_id = ANY(:out_ids) AND NOT r.success AND r.err_code = ANY(:blocked)
    ON CONFLICT DO NOTHING"""


def keep_receipts(db: Session, receipts: Sequence[dict[str, Any]]) -> list[str]:
    """Keep what is new; the numbers (ours) of the new ones. The same receipt again is none."""
    if not receipts:
        return []
    put = insert(SmsReceipt).values(list(receipts)).on_conflict_do_nothing()
    return list(db.scalars(put.returning(SmsReceipt.out_id)))


def keep_bounces(db: Session, bounces: Sequence[dict[str, Any]]) -> int:
    if not bounces:
        return 0
    put = insert(Bounce).values(list(bounces)).on_conflict_do_nothing()
    return len(db.scalars(put.returning(Bounce.id)).all())


def known_messages(db: Session, message_ids: Sequence[str]) -> set[str]:
    """Those of `message_ids` that are ours."""
    return set(db.scalars(select(Message.message_id).where(Message.message_id.in_(message_ids))))


def known_numbers(db: Session, out_ids: Sequence[str]) -> set[str]:
    """Those of `out_ids`, our numbers as a gateway tells them, that are ours."""
    ids = {f"<{one}@{DOMAIN}>": one for one in out_ids}
    return {ids[one] for one in known_messages(db, list(ids))}


def settle(
    db: Session, *, invalid: Sequence[str], bad_address: str, messages: Sequence[int] | None = None
) -> int:
    """Bring deliveries (those of `messages`, or all) to what outbox, receipts and bounces say; how many changed."""
    db.execute(text(PROVED), {"domain": DOMAIN})
    words = {"receipt": BY_RECEIPT, "bounce": BY_BOUNCE, "outbox": BY_OUTBOX}
    given: dict[str, Any] = words | {
        "machines": list(words.values()),
        "invalid": list(invalid),
        "bad_address": bad_address,
    }
    given["messages"] = None if messages is None else list(messages)
    notices = db.scalars(text(SETTLE), given).all()
    overall(db, notices)
    return len(notices)


def overall(db: Session, notices: Sequence[int]) -> None:
    """A notice's own state follows from its deliveries."""
    if notices:
        db.execute(text(OVERALL), {"notices": list(notices)})


def block_numbers(
    db: Session, out_ids: Sequence[str], *, invalid: Sequence[str], blocked: Sequence[str]
) -> None:
    given = {"out_ids": list(out_ids), "invalid": list(invalid), "blocked": [*invalid, *blocked]}
    db.execute(text(BLOCK), given | {"receipt": BY_RECEIPT, "domain": DOMAIN})
