"""Messages put on their way; each state after that is a transaction of its own (design 4, notes on channels)."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from models.outbox import Message, SendState

# a domain kept for private use: the number alone makes the id unique, and no one else's domain is borrowed
DOMAIN = "yingbao.internal"


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
) -> bool:
    """Lay a message ready within the caller's transaction. False: `key` was put before, nothing changes."""
    values: dict[str, Any] = {
        "key": key,
        "campaign": campaign,
        "office": office,
        "purpose": purpose,
        "channel": channel,
        "addressee": addressee,
        "message_id": f"<{uuid4()}@{DOMAIN}>",
        "subject": " ".join(subject.split()),
        "body": body,
        "state": SendState.WAITING,
    }
    if not_before is not None:
        values["not_before"] = not_before
    put = insert(Message).values(values).on_conflict_do_nothing(index_elements=["key"])
    return db.scalar(put.returning(Message.id)) is not None
