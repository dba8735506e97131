"""Imports every table once, so that `Base.metadata` is whole (migrations)."""

from models import batch, declaration, employer, event, lead, link, platform_count, record, target
from models.base import Base

__all__ = [
    "Base",
    "batch",
    "declaration",
    "employer",
    "event",
    "lead",
    "link",
    "platform_count",
    "record",
    "target",
]
