"""The only place that connects. One transaction per `session()` block; nobody else commits."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from models.analysis.making import drop_views, has_views, make_views
from models.embedded import embedded_url
from models.errors import EnvironmentTrouble
from models.settings import get_settings

OLDEST_SERVER = 15
# one command at a time changes the campaign's facts; readers are never held up
WRITER_LOCK = 20240809


@cache
def engine() -> Engine:
    """The campaign's database, its schema up to date."""
    settings = get_settings()
    made = create_engine(settings.database_url or embedded_url(settings.home), pool_pre_ping=True)
    _refuse_unfit_server(made)
    upgrade(made)
    return made


def upgrade(target: Engine, revision: str = "head") -> None:
    """Bring the schema of `target` to `revision`; two processes at once do it one after the other."""
    with target.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITER_LOCK})
        config = migrations(connection)
        if _stands_at(connection, config, revision):
            return
        # a table with a view on it cannot be changed
        had_views = has_views(connection)
        drop_views(connection)
        command.upgrade(config, revision)
        if had_views and revision == "head":
            make_views(connection)


def _stands_at(connection: Connection, config: Config, revision: str) -> bool:
    wanted = ScriptDirectory.from_config(config).get_revision(revision)
    return MigrationContext.configure(connection).get_current_revision() == wanted.revision


def migrations(connection: object) -> Config:
    """Alembic's configuration bound to an open connection."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


@contextmanager
def session(bound: Engine | None = None) -> Iterator[Session]:
    """One transaction: everything in the block is stored, or nothing."""
    with Session(bound or engine(), expire_on_commit=False) as opened, opened.begin():
        yield opened


@contextmanager
def writing(bound: Engine | None = None, *, rehearse: bool = False) -> Iterator[Session]:
    """A transaction that is alone among writers, so that sets can be read, compared and changed.

    `rehearse` does everything and then takes it all back: a dry run cannot differ from the real one.
    """
    with Session(bound or engine(), expire_on_commit=False) as opened:
        opened.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITER_LOCK})
        yield opened
        if rehearse:
            opened.rollback()
        else:
            opened.commit()


@contextmanager
def reading(bound: Engine | None = None) -> Iterator[Session]:
    """A transaction that can leave nothing behind: whatever is done in it, a commit included, is taken back.

    Not SET TRANSACTION READ ONLY: PostgreSQL then forbids the temporary tables in which other days are worked out.
    """
    with (bound or engine()).connect() as connection:
        outer = connection.begin()
        try:
            with Session(
                connection, join_transaction_mode="create_savepoint", expire_on_commit=False
            ) as opened:
                yield opened
        finally:
            outer.rollback()


def _refuse_unfit_server(target: Engine) -> None:
    try:
        with target.connect() as connection:
            version = int(connection.scalar(text("SHOW server_version_num")) or 0) // 10000
            ctype = connection.scalar(
                text("SELECT datctype FROM pg_database WHERE datname = current_database()")
            )
    except OperationalError as trouble:
        raise EnvironmentTrouble(
            "E1412", f"连不上数据库，请检查 YINGBAO_DATABASE_URL：{trouble.orig}"
        ) from trouble
    if version < OLDEST_SERVER:
        raise EnvironmentTrouble(
            "E1413", f"数据库版本过低（PostgreSQL {version}），需要 {OLDEST_SERVER} 或更新。"
        )
    if "UTF" not in str(ctype).upper():
        message = f"数据库的字符分类是 {ctype}，汉字处理会出错；请用 LC_CTYPE 'C.UTF-8' 重建数据库。"
        raise EnvironmentTrouble("E1414", message)
