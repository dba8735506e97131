"""All figures of one month: what it costs to build what they are read from, to refresh it, to read, publish and prove.

    .venv/bin/python -m benchmarks.figures --employers 20000 200000 1000000

The table of all counties (every key, 43 with the shipped campaign) beside live joins of the stored facts for its main
columns, DuckDB over the same rows, and pandas (from an environment of its own; without it that line is left out) and polars
from a CSV of them. All must count alike. Reads are the median of seven.
"""

import argparse
import tempfile
from collections.abc import Callable
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
from sqlalchemy import text
from sqlalchemy.orm import Session

from benchmarks.intake import installation, say
from benchmarks.measure import measured
from benchmarks.whole import AS_OF, SEED, lay_changed, lay_sectors, median_of, take_in_all
from models.campaign import Campaign
from models.database import reading, writing
from models.queries.assessments import lay_frozen, published
from models.queries.breakdowns import breakdown
from models.queries.figures import Filters, counts, figure_keys, lay_cube
from models.target import SnapshotKind
from tasks.assessments import freeze_month, verify_month
from tasks.campaigns import open_campaign
from tasks.figures import lay_day, lay_figures
from tasks.linking import link_declarations
from tasks.sample import make_sample
from tasks.snapshots import freeze_lists
from tasks.targets import find_targets, refresh_targets

MONTH, CUT, TODAY = "2024-08", date(2024, 8, 31), date(2024, 9, 9)
COLUMNS = """population, county, based, removed, in_r, declared, pending, unsure, own_on, sector, borderline, extra,
    indicators"""
# N and its D for every county from the recorded facts: baselines, changes, links, approvals, states.
LIVE = """
    WITH declared AS (
        SELECT DISTINCT l.employer_id FROM link l JOIN standing s ON s.entry = l.entry
        WHERE l.verdict = 'sure' AND l.ended_at IS NULL AND s.from_on <= :day AND (s.to_on IS NULL OR s.to_on > :day)
    ), waiting AS (
        SELECT DISTINCT l.employer_id FROM link l JOIN record r ON r.entry = l.entry AND r.current
        WHERE l.verdict = 'sure' AND l.ended_at IS NULL AND r.declaration_state = '待审核'
    ), member AS (
        SELECT m.employer_id, s.county FROM snapshot s JOIN snapshot_member m ON m.snapshot_id = s.id
        WHERE s.kind = 'baseline' AND s.campaign = :campaign
    ), n AS (
        SELECT m.county, count(*) AS b, count(d.employer_id) AS d, count(w.employer_id) AS p
        FROM member m LEFT JOIN declared d USING (employer_id) LEFT JOIN waiting w USING (employer_id) GROUP BY 1
    ), r AS (
        SELECT e.county, i.sector, count(*) AS r, count(d.employer_id) AS declared
        FROM employer e LEFT JOIN bench_sector i ON i.code = e.industry
        LEFT JOIN declared d ON d.employer_id = e.id
        WHERE e.merged_into IS NULL AND e.ended_at IS NULL AND coalesce(e.state, '') NOT IN ('注销', '迁出')
            AND NOT (coalesce(e.state, '') IN ('停产', '吊销') AND e.state_on + make_interval(months => 6) < :day)
            AND (i.sector IS NOT NULL OR EXISTS (
                SELECT FROM placement p JOIN record r ON r.id = p.record_id
                WHERE p.employer_id = e.id AND p.ended_at IS NULL
                    AND (r.programme IS NOT NULL OR r.hazards IS NOT NULL)))
        GROUP BY 1, 2
    )
    SELECT * FROM r LEFT JOIN n USING (county)"""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--employers", type=int, nargs="+", default=[20_000])
    for employers in parser.parse_args().employers:
        with tempfile.TemporaryDirectory(prefix="yingbao-bench-") as folder:
            _run(Path(folder), employers)


def _run(folder: Path, employers: int) -> None:
    say(f"\n== {employers:,} employers, {employers * 3 // 10:,} declarations ==")
    campaign = open_campaign("liuzhou-2024-2025")
    make_sample(folder / "sample", employers=employers, seed=SEED, formats="csv")
    with installation(folder / "home"):
        take_in_all(folder / "sample", campaign)
        link_declarations(campaign)
        for kind in SnapshotKind:
            freeze_lists(campaign, kind, AS_OF, by="bench")
        _built(campaign)
        _published(campaign)
        _read(campaign, folder)


def _built(campaign: Campaign) -> None:
    with measured("targets of the day: full build") as figure:
        find_targets(campaign, CUT)
    say(figure.line())
    with reading() as db:
        with measured("units behind the figures laid out, and the cube") as figure:
            lay_day(db, campaign, CUT)
        say(figure.line())
        with measured("the cube alone") as figure:
            lay_cube(db)
        say(figure.line())
    with writing(rehearse=True) as db:
        lay_changed(db)
        with measured("refresh after 2 % changed, laid out again") as figure:
            refresh_targets(db, campaign, CUT, "changed")
            lay_day(db, campaign, CUT)
        say(figure.line())
    with reading() as db, measured("whole table of a day with ΔU, month before computed") as figure:
        lay_figures(db, campaign, CUT)
    say(figure.line())


def _published(campaign: Campaign) -> None:
    with measured("publish a month") as figure:
        freeze_month(campaign, MONTH, on=TODAY, by="bench")
    say(figure.line())
    with measured("prove it: compute it again through the history") as figure:
        assert verify_month(campaign, MONTH).holds
    say(figure.line())


def _read(campaign: Campaign, folder: Path) -> None:
    with reading() as db:
        frozen = published(db, campaign, MONTH)
        assert frozen is not None
        lay_frozen(db, frozen.id)
        told = counts(db, campaign)
        rows = _rows(db)
        say(f"{rows.height:,} rows of units")
        ours = median_of(lambda: counts(db, campaign))
        _line("every figure of every county, from the cube", ours, ours)
        _line("one breakdown: county × town, over the rows", median_of(lambda: breakdown(db, "town")), ours)
        lay_sectors(db, campaign)
        given = {"day": CUT, "campaign": campaign.key}
        live = median_of(lambda: db.execute(text(LIVE), given).all())
        _line("R, its sectors, B, D, P by live joins", live, ours)
    _line("every figure, DuckDB over the same rows", _duckdb(rows, campaign, told), ours)
    file = folder / "units.csv"
    rows.with_columns(pl.col("indicators").list.join("|")).write_csv(file)
    if find_spec("pandas"):
        _line("every figure, pandas from CSV", _pandas(campaign, told, file), ours)
    _line("every figure, polars from CSV", _polars(campaign, told, file), ours)


def _line(name: str, seconds: float, ours: float) -> None:
    say(f"{name:<52}{seconds * 1000:>10.1f} ms   ratio {seconds / ours:.1f}")


def _rows(db: Session) -> pl.DataFrame:
    found = db.execute(text(f"SELECT {COLUMNS} FROM figure_unit")).mappings().all()
    return pl.DataFrame([dict(row) for row in found], infer_schema_length=None)


def _filters(campaign: Campaign) -> Filters:
    filters = Filters()
    for key in figure_keys(campaign):
        filters.add(key)
    return filters


def _plain(filters: Filters) -> dict[str, str]:
    """The conditions with their words written in."""
    made = dict(filters.conditions)
    for name, word in sorted(filters.given.items(), reverse=True):
        made = {key: condition.replace(f":{name} ", f"'{word}' ") for key, condition in made.items()}
        made = {
            key: c.replace(f":{name}", f"'{word}'") if c.endswith(f":{name}") else c
            for key, c in made.items()
        }
    return made


def _duckdb(rows: pl.DataFrame, campaign: Campaign, told: dict[str, dict[str, int]]) -> float:
    db = duckdb.connect()
    with tempfile.TemporaryDirectory() as folder:
        rows.write_parquet(Path(folder) / "units.parquet")
        db.execute(f"CREATE TABLE figure_unit AS SELECT * FROM read_parquet('{folder}/units.parquet')")
    conditions = _plain(_filters(campaign))
    columns = ", ".join(f"count(*) FILTER (WHERE {condition})" for condition in conditions.values())
    statement = f"SELECT county, {columns} FROM figure_unit GROUP BY county"
    found = {row[0]: dict(zip(conditions, row[1:], strict=True)) for row in db.execute(statement).fetchall()}
    assert found == told
    return median_of(lambda: db.execute(statement).fetchall())


def _pandas(campaign: Campaign, told: dict[str, dict[str, int]], file: Path) -> float:
    """As an analyst's script would from an export: read the file, count what every key asks for."""
    import pandas as pd

    conditions = _plain(_filters(campaign))
    words = {"county": str, "own_on": str, "sector": str, "borderline": str, "extra": str, "indicators": str}

    def count() -> dict[str, dict[str, int]]:
        read = pd.read_csv(file, dtype=words, keep_default_na=False)
        masks = pd.DataFrame({key: _mask(read, condition) for key, condition in conditions.items()})
        return {
            county: dict(row) for county, row in masks.groupby(read["county"]).sum().astype(int).iterrows()
        }

    assert count() == told
    return median_of(count)


def _mask(read: Any, condition: str) -> Any:
    made = read["population"] != ""
    for part in (part.strip() for part in condition.split(" AND ")):
        if "ANY(indicators)" in part:
            made &= ("|" + read["indicators"] + "|").str.contains("|" + part.split("'")[1] + "|", regex=False)
        elif part == "own_on IS NOT NULL":
            made &= read["own_on"] != ""
        elif " = '" in part:
            column, _, word = part.partition(" = ")
            made &= read[column] == word.strip("'")
        else:
            made &= ~read[part[4:]] if part.startswith("NOT ") else read[part]
    return made


def _polars(campaign: Campaign, told: dict[str, dict[str, int]], file: Path) -> float:
    """The same with a faster library."""
    conditions = _plain(_filters(campaign))
    ready = {key: condition.replace("ANY(indicators)", "ANY_OF") for key, condition in conditions.items()}

    def count() -> dict[str, dict[str, Any]]:
        read = pl.read_csv(file, schema_overrides={"county": pl.String, "own_on": pl.String}).fill_null("")
        found = read.group_by("county").agg(
            _expression(condition).sum().alias(key) for key, condition in ready.items()
        )
        return {row.pop("county"): row for row in found.iter_rows(named=True)}

    assert count() == told
    return median_of(count)


TESTS: dict[str, Callable[[str], pl.Expr]] = {
    "population = ": lambda word: pl.col("population") == word,
    "sector = ": lambda word: pl.col("sector") == word,
    "borderline = ": lambda word: pl.col("borderline") == word,
    "extra = ": lambda word: pl.col("extra") == word,
}


def _expression(condition: str) -> pl.Expr:
    made = pl.lit(True)
    for part in condition.split(" AND "):
        made &= _part(part.strip())
    return made


def _part(part: str) -> pl.Expr:
    if part.endswith("ANY_OF"):
        word = part.split("'")[1]
        return ("|" + pl.col("indicators") + "|").str.contains(f"|{word}|", literal=True)
    if part == "own_on IS NOT NULL":
        return pl.col("own_on") != ""
    for start, test in TESTS.items():
        if part.startswith(start):
            return test(part.split("'")[1])
    return ~pl.col(part.removeprefix("NOT ")) if part.startswith("NOT ") else pl.col(part)


if __name__ == "__main__":
    main()
