"""Intake beside the plain ways: openpyxl + ORM for xlsx, a bare COPY for csv, a bare hash join for a repeat.

    .venv/bin/python -m benchmarks.intake --employers 20000 200000 1000000

One list with the market regulator's 31 columns, as the sample generator writes it. Each figure is one run in a
fresh embedded database; read the ratios.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path

import openpyxl
import polars as pl
import psycopg
from sqlalchemy import Column, Integer, MetaData, Table, Text, create_engine, text
from sqlalchemy.orm import Session, registry

from benchmarks.big_workbook import write_big_workbook
from benchmarks.measure import Measured, measured
from models import database, settings
from models.campaign import Campaign
from models.inbound import Kind
from tasks import intake
from tasks.campaigns import open_campaign
from tasks.order import Order
from tasks.sample import make_sample

SEED = 4754
SECOND_DATE, FIRST_DATE = date(2024, 7, 31), date(2024, 6, 30)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--employers", type=int, nargs="+", default=[20_000])
    parser.add_argument("--parts", nargs="+", choices=("csv", "xlsx"), default=["csv", "xlsx"])
    options = parser.parse_args()
    for employers in options.employers:
        with tempfile.TemporaryDirectory(prefix="yingbao-bench-") as folder:
            _run(Path(folder), employers, options.parts)


def _run(folder: Path, employers: int, parts: Collection[str]) -> None:
    say(f"\n== {employers:,} employers, {os.cpu_count()} cores ==")
    csv = registry_csv(folder, employers)
    rows = pl.scan_csv(csv, infer_schema=False).select(pl.len()).collect().item()
    say(f"rows {rows:,}, columns 31, csv {csv.stat().st_size / 1e6:.0f} MB")
    if "csv" in parts:
        _compare_csv(folder, csv, rows)
    if "xlsx" in parts:
        _compare_xlsx(folder, csv, rows)


def registry_csv(folder: Path, rows: int) -> Path:
    """`rows` lines of the market regulator's export with its 31 columns, as one UTF-8 csv with a single header line.

    A sample city's export holds only its outer counties, so the exports of several cities are put together.
    """
    parts: list[pl.DataFrame] = []
    while sum(part.height for part in parts) < rows:
        city = folder / "sample"
        make_sample(city, employers=rows, seed=SEED + len(parts), formats="csv")
        export = next(city.glob("*各县企业主体导出*.csv"))
        parts.append(pl.read_csv(export.read_bytes().decode("gb18030").encode(), infer_schema=False))
        shutil.rmtree(city)
    target = folder / "registry.csv"
    pl.concat(parts).head(rows).write_csv(target)
    return target


def _compare_csv(folder: Path, csv: Path, rows: int) -> None:
    with installation(folder / "csv"):
        url = database.engine().url
        bare = bare_copy(url, csv)
        ours = take_in(csv, FIRST_DATE, "intake of csv: read, check, store, units")
        changed = changed_copy(csv, folder / "changed.csv")
        repeat = take_in(changed, SECOND_DATE, "the same list with 2 % changed")
        join = hash_join(url)
        again = take_in(changed, SECOND_DATE, "the same file again")
    for figure in (bare, ours, repeat, join, again):
        say(figure.line())
    taken = ours.seconds - ours.part_seconds
    say(f"csv: read, check, store / bare COPY      {taken / bare.seconds:.2f}  ({rows / taken:,.0f} rows/s)")
    say(
        f"csv: with units settled / bare COPY      {ours.seconds / bare.seconds:.2f}  ({rows / ours.seconds:,.0f} rows/s)"
    )
    say(
        f"2 % changed: read, compare, store / join {(repeat.seconds - repeat.part_seconds) / join.seconds:.2f}"
    )
    say(f"2 % changed: with units settled / join   {repeat.seconds / join.seconds:.2f}")


def _compare_xlsx(folder: Path, csv: Path, rows: int) -> None:
    book = write_big_workbook(csv, folder / "registry.xlsx")
    with installation(folder / "xlsx"):
        ours = take_in(book, FIRST_DATE, "intake of xlsx: read, check, store, units")
        plain = openpyxl_and_orm(book)
    say(ours.line())
    say(plain.line())
    taken = ours.seconds - ours.part_seconds
    say(f"openpyxl + ORM / read, check, store      {plain.seconds / taken:.1f}  ({rows / taken:,.0f} rows/s)")
    say(f"openpyxl + ORM / with units settled      {plain.seconds / ours.seconds:.1f}")


class installation:
    """A fresh home with an embedded database of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def __enter__(self) -> None:
        os.environ["YINGBAO_HOME"] = str(self.home)
        os.environ.pop("YINGBAO_DATABASE_URL", None)
        settings.get_settings.cache_clear()
        database.engine.cache_clear()
        database.engine()

    def __exit__(self, *_: object) -> None:
        database.engine().dispose()
        shutil.rmtree(self.home / "received", ignore_errors=True)


def take_in(path: Path, day: date, name: str) -> Measured:
    """One intake, and in it the time that settling units took (`units_seconds`)."""
    campaign = open_campaign(settings.get_settings().campaign)
    settle, units = intake._settle, Measured("units")

    def timed(db: Session, kind: Kind, campaign: Campaign) -> None:
        start = time.perf_counter()
        settle(db, kind, campaign)
        units.seconds = time.perf_counter() - start

    intake._settle = timed
    try:
        with measured(name) as figure:
            intake.ingest(Order(path, Kind.REGISTRY, "bench", data_date=day), campaign)
    finally:
        intake._settle = settle
    figure.part_seconds = units.seconds
    return figure


def bare_copy(url: object, csv: Path) -> Measured:
    """PostgreSQL's own COPY of the same file into text columns: no check, no key, no index."""
    names = csv.open(encoding="utf-8").readline().strip().split(",")
    columns = ", ".join(f"c{i} text" for i in range(len(names)))
    with psycopg.connect(_dsn(url)) as connection:
        connection.execute(f"CREATE TABLE bare ({columns})")
        with measured("bare COPY of the csv") as figure:
            with (
                connection.cursor() as cursor,
                cursor.copy("COPY bare FROM STDIN (FORMAT csv, HEADER)") as copy,
            ):
                for block in _blocks(csv):
                    copy.write(block)
            connection.commit()
        connection.execute("DROP TABLE bare")
    return figure


def hash_join(url: object) -> Measured:
    """The least a comparison of two whole lists can cost in the database: one hash join over all contents."""
    query = "SELECT count(*) FROM record AS a JOIN arriving AS b ON a.id = b.id"
    with psycopg.connect(_dsn(url)) as connection:
        connection.execute("SET work_mem = '512MB'")
        connection.execute("CREATE TEMP TABLE arriving AS SELECT DISTINCT record_id AS id FROM sighting")
        connection.execute("ANALYZE arriving")
        with measured("bare hash join of the same rows") as figure:
            connection.execute(query).fetchone()
    return figure


def changed_copy(csv: Path, target: Path) -> Path:
    """The same list with another address in every fiftieth row."""
    frame = pl.read_csv(csv, infer_schema=False)
    column = next(name for name in frame.columns if name in ("addr", "住所（登记、个体户经营场所）"))
    every = pl.int_range(pl.len()) % 50 == 0
    frame.with_columns(
        pl.when(every).then(pl.col(column) + "新址").otherwise(column).alias(column)
    ).write_csv(target)
    return target


def openpyxl_and_orm(book: Path) -> Measured:
    """What one would write first: openpyxl row by row into SQLAlchemy objects."""
    engine = create_engine(database.engine().url)
    with measured("openpyxl + ORM (no checks, no units)") as figure:
        sheet = openpyxl.load_workbook(book, read_only=True).worksheets[0]
        lines: Iterator[tuple[object, ...]] = sheet.iter_rows(values_only=True)
        names = [f"c{i}" for i, _ in enumerate(next(lines))]
        row_class = _plain_class(names)
        row_class.metadata.create_all(engine)
        with Session(engine) as db:
            for number, line in enumerate(lines, start=1):
                db.add(row_class.row(**dict(zip(names, line, strict=False))))
                if number % 10_000 == 0:
                    db.flush()
                    db.expunge_all()
            db.commit()
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE plain_row"))
    engine.dispose()
    return figure


class _plain_class:
    def __init__(self, names: list[str]) -> None:
        self.metadata = MetaData()
        table = Table(
            "plain_row",
            self.metadata,
            Column("id", Integer, primary_key=True),
            *(Column(n, Text) for n in names),
        )
        self.row = type("PlainRow", (), {})
        registry().map_imperatively(self.row, table)


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            yield block


def _dsn(url: object) -> str:
    return url.render_as_string(hide_password=False).replace("+psycopg", "")  # type: ignore[attr-defined]


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
