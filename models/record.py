"""Rows of received files in normal form: what was said, and when it was seen saying so."""

import polars as pl
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
    text,
)
from sqlalchemy.types import TypeEngine

from models.base import Base
from models.inbound import NORMAL

SQL_TYPES: dict[pl.DataType, type[TypeEngine[object]]] = {
    pl.String(): Text,  # type: ignore[dict-item]
    pl.Boolean(): Boolean,  # type: ignore[dict-item]
    pl.Int32(): Integer,  # type: ignore[dict-item]
    pl.Date(): Date,  # type: ignore[dict-item]
}

# The two tables of a million rows a list have no foreign keys: checking one costs more than storing the row, and
# both are only ever written by models.actions.intake in the transaction that wrote the batch.

# A content, stored once however often it is sent again. `id` is a hash of source and raw cells, `entry` a hash of
# source and key: both are the same whatever the order of loading, so any order ends in the same database.
# `entry` says which line of the source this is a version of; `current` that no later list of the source says
# otherwise (several at once where one list names a line twice).
record = Table(
    "record",
    Base.metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("entry", BigInteger, nullable=False),
    Column("source_id", SmallInteger, nullable=False),
    Column("current", Boolean, nullable=False),
    *(Column(name, SQL_TYPES[dtype]) for name, dtype in NORMAL.items()),
    Index("ix_record_entry", "entry"),
    Index(
        "ix_record_credit_code", "credit_code", postgresql_where=text("current AND credit_code IS NOT NULL")
    ),
    Index("ix_record_name_key", "name_key", postgresql_where=text("current")),
    Index("ix_record_name_core", "name_core", postgresql_where=text("current")),
)

# Batch b showed this content in row r. No key: a list may hold the same line twice.
sighting = Table(
    "sighting",
    Base.metadata,
    Column("batch_id", BigInteger, nullable=False),
    Column("record_id", BigInteger, nullable=False),
    Column("row_no", Integer, nullable=False),
    Index("ix_sighting_record_id", "record_id"),
    Index("ix_sighting_batch_id", "batch_id"),
)

# A cell of a content that is wrong or doubtful, with what was done about it (design 7). It belongs to the content,
# so a list sent again finds its problems again; sightings tell the row.
row_problem = Table(
    "row_problem",
    Base.metadata,
    Column("record_id", BigInteger, nullable=False, index=True),
    Column("field", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("severity", Text, nullable=False),
    Column("value", Text),
    Column("message", Text, nullable=False),
)

# A line that is no row of the list: title, subtotal, signature. Kept so that every line of a file is accounted for.
dropped_row = Table(
    "dropped_row",
    Base.metadata,
    Column("batch_id", BigInteger, ForeignKey("batch.id"), nullable=False, index=True),
    Column("row_no", Integer, nullable=False),
    Column("reason", Text, nullable=False),
)
