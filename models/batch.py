"""Where every fact came from: a source, and each file (sheet) it sent (C06)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, SmallInteger, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Numbered
from models.inbound import Kind


class Source(Base):
    """One sender of one kind of list. Its versions are ordered by data date, never by load order."""

    __tablename__ = "source"
    __table_args__ = (
        UniqueConstraint("kind", "name"),
        CheckConstraint(f"kind IN ({', '.join(repr(str(kind)) for kind in Kind)})", name="kind"),
    )

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=True)
    kind: Mapped[str]
    name: Mapped[str]


class Batch(Numbered, Base):
    """One sheet of one received file, stored whole or not at all. The file itself is kept by its hash."""

    __tablename__ = "batch"
    __table_args__ = (UniqueConstraint("source_id", "data_date", "file_sha256", "sheet"),)

    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"), index=True)
    data_date: Mapped[date]
    full: Mapped[bool]  # the file says it is the source's whole list
    file_sha256: Mapped[str]
    file_name: Mapped[str]
    sheet: Mapped[str]
    header_row: Mapped[int]  # 1-based, the last line of the header
    columns: Mapped[dict[str, Any]]  # field → column letter, to name a cell in a message
    unmapped: Mapped[list[str]]  # headers nobody recognised
    row_count: Mapped[int]
    new_count: Mapped[int]
    problem_count: Mapped[int]
    dropped_count: Mapped[int]
    by: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
