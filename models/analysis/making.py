"""Make the analysts' views, and the role that can read them and nothing else (ACT12)."""

from sqlalchemy import Connection, text
from sqlalchemy.exc import ProgrammingError

from models.analysis import ROLE, SCHEMA, View, views

IS_THERE = text("SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = :schema)")
HAS_ROLE = text("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = :role)")
# several installations may share a cluster and start at once
NEW_ROLE = f"""
DO $$ BEGIN
    CREATE ROLE {ROLE} LOGIN;
    ALTER ROLE {ROLE} SET default_transaction_read_only = on;
    ALTER ROLE {ROLE} SET statement_timeout = '5min';
    ALTER ROLE {ROLE} SET search_path = {SCHEMA};
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$"""


def has_views(connection: Connection) -> bool:
    return bool(connection.scalar(IS_THERE, {"schema": SCHEMA}))


def has_reader(connection: Connection) -> bool:
    return bool(connection.scalar(HAS_ROLE, {"role": ROLE}))


def drop_views(connection: Connection) -> None:
    connection.execute(text(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE"))


def make_views(connection: Connection) -> None:
    """All of them anew, so that they are what this version documents."""
    drop_views(connection)
    connection.execute(text(f"CREATE SCHEMA {SCHEMA}"))
    for view in views():
        _make(connection, view)
    if has_reader(connection):
        connection.execute(text(f"GRANT USAGE ON SCHEMA {SCHEMA} TO {ROLE}"))
        connection.execute(text(f"GRANT SELECT ON ALL TABLES IN SCHEMA {SCHEMA} TO {ROLE}"))


def make_reader(connection: Connection) -> bool:
    """The read-only role. False where this account may not make roles: the database's keeper has to."""
    if has_reader(connection):
        return True
    try:
        with connection.begin_nested():
            connection.execute(text(NEW_ROLE))
    except ProgrammingError:
        return False
    return True


def _make(connection: Connection, view: View) -> None:
    connection.exec_driver_sql(f"CREATE VIEW {SCHEMA}.{view.name} AS {view.sql}")
    _tell(connection, f"VIEW {SCHEMA}.{view.name}", view.title)
    for column, told in view.columns.items():
        _tell(connection, f"COLUMN {SCHEMA}.{view.name}.{column}", told)


def _tell(connection: Connection, what: str, told: str) -> None:
    """COMMENT takes a literal only."""
    quoted = told.replace("'", "''")
    connection.exec_driver_sql(f"COMMENT ON {what} IS '{quoted}'")
