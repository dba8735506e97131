"""Every migration, up and down and up again, over a database that holds data; and the models say what it made."""

import os
from collections.abc import Iterator

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, inspect, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from models.database import migrations, upgrade
from models.inbound import Kind
from models.schema import Base
from models.target import Snapshot
from tests.make import JULY, load, make_row

CODE = "91450200735148460A"


@pytest.fixture
def other(server_url: str) -> Iterator[Engine]:
    """A database of its own, because migrating locks and drops everything."""
    name = f"test_migrations_{os.getpid()}"
    server = create_engine(server_url, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'"))
    made = create_engine(make_url(server_url).set(database=name))
    yield made
    made.dispose()
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


def _revisions() -> list[str]:
    script = ScriptDirectory.from_config(migrations(None))
    return [revision.revision for revision in reversed(list(script.walk_revisions()))]


def _down(connection: Connection, revision: str) -> None:
    command.downgrade(migrations(connection), revision)


def test_models_and_migrations_agree(other: Engine) -> None:
    upgrade(other)
    with other.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_each_revision_goes_down_and_up_over_data(other: Engine) -> None:
    revisions = _revisions()
    for before, revision in zip(["base", *revisions], revisions, strict=False):
        upgrade(other, revision)
        with Session(other) as db, db.begin():
            load(db, Kind.REGISTRY, [make_row(credit_code=CODE), make_row(name="柳州市鑫鸿砖厂")])
        with other.begin() as connection:
            _down(connection, before)
        upgrade(other, revision)
    with other.begin() as connection:
        _down(connection, "base")
    assert inspect(other).get_table_names() == ["alembic_version"]
    assert inspect(other).get_view_names() == []


def test_two_processes_may_upgrade_at_once(other: Engine) -> None:
    upgrade(other)
    upgrade(other)
    with other.connect() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == _revisions()[-1]


@pytest.mark.parametrize(
    "change", ["UPDATE snapshot SET members = 0", "DELETE FROM snapshot", "TRUNCATE snapshot CASCADE"]
)
def test_a_frozen_list_cannot_be_changed(db: Session, change: str) -> None:
    frozen = Snapshot(
        campaign="c", kind="issued", county="450206", as_of=JULY, members=1, sha256="0", by="test"
    )
    frozen.known_at = db.scalar(text("SELECT now()"))
    db.add(frozen)
    db.flush()
    with pytest.raises(DBAPIError, match="frozen"), db.begin_nested():
        db.execute(text(change))


def test_text_functions_know_chinese(db: Session) -> None:
    """With lc_ctype=C they fail silently (design 3)."""
    assert db.scalar(text("SELECT '鑫鸿汽车' ~ '^[[:alpha:]]+$'"))
    assert db.scalar(text("SELECT upper('ａ')")) == "Ａ"


def test_views_of_an_earlier_version_are_made_anew(other: Engine) -> None:
    upgrade(other, _revisions()[0])
    with other.begin() as connection:
        connection.execute(text("CREATE SCHEMA analysis"))
        connection.execute(text("CREATE VIEW analysis.units AS SELECT id, name FROM employer"))
    upgrade(other)
    with other.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM analysis.filed_declarations")) == 0
