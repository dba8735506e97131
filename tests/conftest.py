"""A real PostgreSQL: one server a session, one database a worker, every test rolled back or emptied."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.orm import Session

from models.database import upgrade
from models.embedded import embedded_url
from models.schema import Base
from tests.mail_server import Post

pytest_plugins = ["tests.spread"]
os.environ.setdefault("LC_ALL", "C.UTF-8")
TRUNCATE = (
    f"TRUNCATE {', '.join(table.name for table in Base.metadata.sorted_tables)} RESTART IDENTITY CASCADE"
)
UNHURRIED = ("fsync", "synchronous_commit", "full_page_writes")


@pytest.fixture(scope="session")
def server_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A PostgreSQL given by YINGBAO_TEST_DATABASE_URL, else the embedded one."""
    given = os.environ.get("YINGBAO_TEST_DATABASE_URL")
    if given:
        return given
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", tmp_path_factory.getbasetemp().name)
    url = embedded_url(Path(tempfile.gettempdir()) / f"yingbao-tests-{run}")
    _trust_the_machine(url)
    return url


@pytest.fixture(scope="session")
def database_url(server_url: str) -> Iterator[str]:
    """An empty database of this worker's own, dropped at the end."""
    name = f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
    server = create_engine(server_url, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(
            text(
                f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'"
            )
        )
    yield make_url(server_url).set(database=name).render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


@pytest.fixture(scope="session")
def engine(database_url: str) -> Iterator[Engine]:
    made = create_engine(database_url)
    upgrade(made)
    yield made
    made.dispose()


@pytest.fixture
def db(engine: Engine) -> Iterator[Session]:
    """A session whose work is rolled back after the test."""
    with engine.connect() as connection:
        outer = connection.begin()
        with Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False) as opened:
            yield opened
        outer.rollback()


@pytest.fixture
def installation(
    engine: Engine, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """An installation of its own (home folder, emptied database) for code that opens its own sessions."""
    from models import database, settings

    monkeypatch.setenv("YINGBAO_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("YINGBAO_DATABASE_URL", database_url)
    settings.get_settings.cache_clear()
    _number_from_one(engine)
    monkeypatch.setattr(database, "engine", lambda: engine)
    yield tmp_path / "home"
    settings.get_settings.cache_clear()
    empty(engine)


@pytest.fixture
def post(installation: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Post]:  # noqa: ARG001
    """An installation that delivers, and the mail server on loopback that counts what arrives."""
    from tests.make_messages import delivering

    with delivering(monkeypatch) as received:
        yield received


def _trust_the_machine(url: str) -> None:
    """Nothing here outlives the run, so nothing waits for the disk: only a machine without power could lose by it."""
    server = create_engine(url, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        for setting in UNHURRIED:
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    server.dispose()


def _number_from_one(engine: Engine) -> None:
    """What a test rolled back has still used up numbers."""
    with engine.begin() as connection:
        connection.execute(text("SELECT setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S'"))


def empty(engine: Engine) -> None:
    """Every table without a row; only here may the triggers that freeze what was decided be passed.

    Truncating makes the server plan anew whatever it had planned for a table, as nothing does in a campaign's own
    database: a mistake that lives on old plans needs a test of its own (tests/tasks/test_targets.py).
    """
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text(TRUNCATE))
