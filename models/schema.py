"""Imports every table once, so that `Base.metadata` is whole (migrations)."""

from models import (
    batch,
    declaration,
    employer,
    event,
    lead,
    link,
    notice,
    obligation,
    outbox,
    platform_count,
    record,
    reminder,
    target,
    verification,
)
from models.base import Base

__all__ = [
    "Base",
    "batch",
    "declaration",
    "employer",
    "event",
    "lead",
    "link",
    "notice",
    "obligation",
    "outbox",
    "platform_count",
    "record",
    "reminder",
    "target",
    "verification",
]
