"""Messages put on their way; each state after that is a transaction of its own (design 4, notes on channels)."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import ScalarSelect, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, aliased

from models.errors import RuleRefused
from models.event import Event
from models.outbox import ChannelKind, Message, SendState
from models.queries.outbox import shut_to_notices
from models.rules.quiet_hours import NOTICE
from models.rules.sending import PER_MINUTE, STATE_WORDS, Pace

# a domain kept for private use: the number alone makes the id unique, and no one else's domain is borrowed
DOMAIN = "yingbao.internal"
BY_MACHINE = "outbox"
ROBOT_LOCK = 20240810


def put_message(
    db: Session,
    *,
    key: str,
    campaign: str,
    office: str,
    purpose: str,
    channel: str,
    addressee: str,
    subject: str,
    body: str,
    not_before: datetime | None = None,
    file: tuple[str, str] | None = None,
    blanks: Mapping[str, str] | None = None,
) -> bool:
    """Lay a message ready within the caller's transaction. False: `key` was put before, nothing changes.

    `file`: hash and name of a kept file that goes with it. `blanks`: what fills an SMS template.
    """
    values: dict[str, Any] = {
        "key": key,
        "campaign": campaign,
        "office": office,
        "purpose": purpose,
        "channel": channel,
        "addressee": " ".join(addressee.split()),
        "message_id": f"<{uuid4()}@{DOMAIN}>",
        "subject": " ".join(subject.split()),
        "body": body,
        "state": SendState.WAITING,
    }
    if not_before is not None:
        values["not_before"] = not_before
    if file is not None:
        values["file_sha256"], values["file_name"] = file
    if blanks is not None:
        values["blanks"] = dict(blanks)
    put = insert(Message).values(values).on_conflict_do_nothing(index_elements=["key"])
    return db.scalar(put.returning(Message.id)) is not None


def claim_next(
    db: Session, channels: Collection[str], *, key: str | None = None, pace: Pace | None = None
) -> Message | None:
    """The oldest message that may go now by one of `channels` becomes `sending`, by this worker alone."""
    if pace or ChannelKind.BOT in channels:
        # two workers that count one robot's last minute at once would both find room in it
        db.execute(select(func.pg_advisory_xact_lock(ROBOT_LOCK)))
    ready = select(Message.id).where(
        Message.state == SendState.WAITING,
        Message.not_before <= func.now(),
        Message.channel.in_(channels),
        or_(Message.channel != ChannelKind.BOT, _last_minute() < PER_MINUTE),
    )
    if key is not None:
        ready = ready.where(Message.key == key)
    if pace and (shut := shut_to_notices(db, pace)):
        ready = ready.where(or_(Message.purpose != NOTICE, Message.channel.not_in(shut)))
    first = ready.order_by(Message.id).limit(1).with_for_update(of=Message, skip_locked=True)
    claimed = db.scalar(
        update(Message)
        .where(Message.id == first.scalar_subquery())
        .values(state=SendState.SENDING, attempts=Message.attempts + 1, claimed_at=func.now(), ended_at=None)
        .returning(Message)
        .execution_options(synchronize_session=False)
    )
    if claimed:
        _tell(db, claimed.id, SendState.SENDING, attempt=claimed.attempts)
    return claimed


def finish(
    db: Session,
    claimed: Message,
    state: SendState,
    answer: str,
    *,
    wait: timedelta | None = None,
    reference: str | None = None,
) -> bool:
    """What became of a claim. `wait` puts it back. False: somebody else has decided about it meanwhile.

    A claim whose lease ran out (unknown) may still be finished by the slow worker that holds it: it knows.
    """
    same = (Message.id == claimed.id, Message.claimed_at == claimed.claimed_at)
    values: dict[str, Any] = {"state": state, "answer": answer, "ended_at": func.now()}
    if wait is not None:
        values |= {"not_before": func.now() + wait, "ended_at": None}
    if reference is not None:
        values["reference"] = reference
    changed = db.scalar(
        update(Message)
        .where(*same, Message.state.in_((SendState.SENDING, SendState.UNKNOWN)), Message.state != state)
        .values(values)
        .returning(Message.id)
    )
    if changed is not None:
        _tell(db, claimed.id, state, answer=answer, attempt=claimed.attempts)
    return changed is not None


def reconcile(db: Session, number: int, *, sent: bool, by: str, reason: str) -> None:
    """A person who has asked the addressee says: it arrived, or send it once more."""
    message = db.get(Message, number, with_for_update=True)
    if message is None:
        raise RuleRefused("E1436", f"没有编号为 {number} 的消息。")
    allowed = (SendState.UNKNOWN,) if sent else (SendState.UNKNOWN, SendState.REFUSED)
    if message.state not in allowed:
        words = "、".join(STATE_WORDS[state] for state in allowed)
        said = (
            f"消息 {number} 现在是“{STATE_WORDS[SendState(message.state)]}”，只有{words}的消息可以这样处理。"
        )
        raise RuleRefused("E1437", said)
    message.state = SendState.SENT if sent else SendState.WAITING
    message.answer = f"{by}：{'已收到' if sent else '重发'}，{reason}"
    message.not_before, message.ended_at = (message.not_before, func.now()) if sent else (func.now(), None)
    _tell(db, number, SendState(message.state), by=by, reason=reason)


def _last_minute() -> ScalarSelect[int]:
    """How many messages this row's robot was given within a minute."""
    other = aliased(Message)
    return (
        select(func.count())
        .select_from(other)
        .where(
            other.channel == ChannelKind.BOT,
            other.addressee == Message.addressee,
            other.claimed_at > func.now() - timedelta(minutes=1),
        )
        .scalar_subquery()
    )


def _tell(db: Session, number: int, state: SendState, *, by: str = BY_MACHINE, **detail: Any) -> None:
    db.add(Event(act="message", subject=str(number), by=by, detail={"state": state, **detail}))
