"""Where Prefect keeps its runs."""

import os
from pathlib import Path
from typing import Any

import pytest

from deployments.engine import DATABASE, prepare_engine
from models.errors import EnvironmentTrouble
from models.settings import Settings

OURS = "postgresql+psycopg://a:b@db/yingbao"


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", dict(os.environ))
    os.environ.pop(DATABASE, None)


@pytest.mark.parametrize("scheme", ["postgresql", "postgresql+psycopg", "postgresql+asyncpg"])
def test_its_own_postgresql_database(scheme: str, tmp_path: Path) -> None:
    prepare_engine(
        Settings(home=tmp_path, database_url=OURS, prefect_database_url=f"{scheme}://a:b@db/prefect")
    )
    assert os.environ[DATABASE] == "postgresql+asyncpg://a:b@db/prefect"


def test_unset_it_is_prefects_own_file(tmp_path: Path) -> None:
    """In a folder that is there: on a home that is not yet, a temporary server waits in vain."""
    prepare_engine(Settings(home=tmp_path / "fresh", database_url=OURS))
    assert DATABASE not in os.environ
    assert (tmp_path / "fresh" / "prefect").is_dir()


REFUSED: list[Any] = [
    pytest.param("postgresql://a:b@db/yingbao", id="the campaign's"),
    pytest.param("mysql://a:b@db/prefect", id="not postgresql"),
    pytest.param("prefect", id="no address"),
]


@pytest.mark.parametrize("url", REFUSED)
def test_another_is_refused_without_its_password(url: str, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentTrouble, match="E1446") as refused:
        prepare_engine(Settings(home=tmp_path, database_url=OURS, prefect_database_url=url))
    assert "a:b" not in refused.value.message
