"""Analysts read views, every column of which is explained, and nothing else (ACT12, issue 6)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import ProgrammingError

from models.analysis import ROLE, SCHEMA, documentation, views
from models.analysis.making import has_views, make_reader, make_views

PAGE = Path(__file__).parents[2] / "docs" / "analysis-views.md"
PRIVATE = ("phone", "person_hash", "addressee", "mail", "bot", "contact", "body")


@pytest.fixture
def analysed(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as connection:
        outer = connection.begin()
        assert make_reader(connection)
        make_views(connection)
        yield connection
        outer.rollback()


def test_every_column_is_explained_in_its_order(analysed: Connection) -> None:
    found = inspect(analysed)
    assert sorted(found.get_view_names(SCHEMA)) == sorted(view.name for view in views())
    for view in views():
        columns = [column["name"] for column in found.get_columns(view.name, SCHEMA)]
        assert columns == list(view.columns), view.name
        assert not set(columns) & set(PRIVATE), view.name


def test_the_page_says_what_the_views_are() -> None:
    assert PAGE.read_text("utf-8") == documentation()


def test_comments_reach_the_database(analysed: Connection) -> None:
    asked = (
        "SELECT col_description('analysis.units'::regclass, 1), obj_description('analysis.units'::regclass)"
    )
    told, title = analysed.execute(text(asked)).one()
    assert told == "单位编号，长期不变"
    assert title.startswith("用人单位")


def test_a_reader_reads_every_view(analysed: Connection) -> None:
    analysed.execute(text(f"SET LOCAL ROLE {ROLE}"))
    for view in views():
        assert analysed.execute(text(f"SELECT count(*) FROM {SCHEMA}.{view.name}")).scalar() is not None


@pytest.mark.parametrize(
    "forbidden",
    [
        pytest.param("SELECT phone FROM public.employer", id="a table with telephone numbers"),
        pytest.param("SELECT body FROM public.message", id="what was written to whom"),
        pytest.param("DELETE FROM public.verdict", id="a decision"),
        pytest.param("UPDATE analysis.targets SET declared = true", id="a decision through a view"),
        pytest.param("CREATE TABLE public.mine (n int)", id="a table of its own"),
    ],
)
def test_a_reader_reaches_nothing_else(analysed: Connection, forbidden: str) -> None:
    analysed.execute(text(f"SET LOCAL ROLE {ROLE}"))
    with pytest.raises(ProgrammingError, match="permission denied"):
        analysed.execute(text(forbidden))


def test_made_twice_they_are_the_same(analysed: Connection) -> None:
    make_views(analysed)
    assert make_reader(analysed)
    assert has_views(analysed)
