"""The audit trail: who did what, when and why. No foreign keys, so nothing recorded can block or vanish."""

from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Numbered


class Event(Numbered, Base):
    __tablename__ = "event"

    act: Mapped[str]
    subject: Mapped[str]
    by: Mapped[str]
    detail: Mapped[dict[str, Any]]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now(), index=True)
