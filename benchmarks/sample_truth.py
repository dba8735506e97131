"""A sample loaded through the real intake into a database of its own, and the truth beside it."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import polars as pl
from sqlalchemy import create_engine, make_url, text

from models import database
from models.campaign import Campaign
from models.database import session
from models.embedded import embedded_url
from models.settings import get_settings
from tasks.campaigns import open_campaign
from tasks.intake_files import ingest_one
from tasks.manifest import orders_of
from tasks.sample import make_sample

CAMPAIGN = "liuzhou-2024-2025"
ORIGINS = """
SELECT batch.file_name AS file, batch.sheet, sighting.row_no, record.entry, placement.employer_id
FROM sighting
JOIN batch ON batch.id = sighting.batch_id
JOIN record ON record.id = sighting.record_id
LEFT JOIN placement ON placement.record_id = record.id AND placement.ended_at IS NULL
"""


class Truth(NamedTuple):
    declared: pl.DataFrame  # entry, unit: whose each declaration is
    homes: pl.DataFrame  # employer_id, unit: which true units an employer was made of


@contextmanager
def installation() -> Iterator[tuple[Path, str]]:
    """A temporary home with an embedded server: (folder, server's address)."""
    with tempfile.TemporaryDirectory(prefix="yingbao-accuracy-") as folder:
        os.environ["YINGBAO_HOME"] = folder
        yield Path(folder), embedded_url(Path(folder))


def fresh_database(server: str, name: str) -> None:
    """An empty database, which every session from now on uses."""
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(
            text(
                f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'"
            )
        )
    admin.dispose()
    url = make_url(server).set(database=name)
    os.environ["YINGBAO_DATABASE_URL"] = url.render_as_string(hide_password=False)
    get_settings.cache_clear()
    database.engine.cache_clear()


def take_in(folder: Path, employers: int, seed: int, style: str) -> Campaign:
    """Make the sample and load it: lists, units and declarations."""
    made = make_sample(folder, employers=employers, seed=seed, style=style, formats="csv")
    say("dirt " + "  ".join(f"{name} {share:.3f}" for name, share in vars(made.dirt).items()))
    campaign = open_campaign(CAMPAIGN)
    for order in orders_of(folder, "benchmark"):
        ingest_one(order, campaign)
    return campaign


def true_pairs(folder: Path) -> Truth:
    """The truth joined to what the database made of each line, by file, sheet and row."""
    truth = pl.read_csv(folder / "truth.csv").with_columns(pl.col("sheet").fill_null(""))
    origin = query(ORIGINS).with_columns(pl.col("sheet").fill_null(""))
    known = truth.join(origin, on=["file", "sheet", "row_no"]).filter(pl.col("unit").fill_null("") != "")
    declared = known.filter(pl.col("kind") == "declarations").select("entry", "unit")
    homes = known.filter(pl.col("employer_id").is_not_null()).select("employer_id", "unit")
    return Truth(declared.unique("entry", keep="first", maintain_order=True), homes.unique())


def query(statement: str) -> pl.DataFrame:
    with session() as db:
        rows = db.execute(text(statement))
        names = list(rows.keys())
        return pl.DataFrame(
            [tuple(row) for row in rows], schema=names, orient="row", infer_schema_length=None
        )


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
