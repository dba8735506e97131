"""A query's result as CSV by COPY: a million rows in seconds, none of them an object."""

from io import BytesIO
from typing import Any

import psycopg
from psycopg.sql import SQL, Composable
from sqlalchemy.orm import Session


def copied(db: Session, query: Composable) -> bytes:
    """What the query finds, in the transaction of `db`, without a heading."""
    driver: Any = db.connection().connection.driver_connection
    connection: psycopg.Connection[Any] = driver
    kept = BytesIO()
    with (
        connection.cursor() as cursor,
        cursor.copy(SQL("COPY ({}) TO STDOUT (FORMAT csv)").format(query)) as copy,
    ):
        for block in copy:
            kept.write(block)
    return kept.getvalue()
