"""How right the links are, on samples nobody tuned on: sample → ingest → units → links, against the truth beside it.

    .venv/bin/python -m benchmarks.linkage_accuracy --employers 20000 --seeds FROM_COMMIT --style city

FROM_COMMIT takes the first three 8-digit hex groups of HEAD's hash as seeds. A link is right when a list line of the
declaration's true unit was placed with the linked employer. A unit is wrongly cleared when its employer counts as
declared and the unit itself has no standing approval.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from sqlalchemy import create_engine, make_url, text

from models import database
from models.database import session
from models.embedded import embedded_url
from models.settings import get_settings
from tasks.campaigns import open_campaign
from tasks.intake_files import ingest_one
from tasks.linking import link_declarations
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
LINKS = (
    "SELECT entry, employer_id, verdict, method FROM link WHERE ended_at IS NULL AND verdict <> 'rejected'"
)
STANDING = "SELECT DISTINCT entry FROM standing WHERE to_on IS NULL"


@dataclass
class Score:
    seed: int
    declarations: int
    precision: float
    recall_sure: float
    recall: float
    unsure: float
    wrong: int
    cleared_by_links: int
    cleared_by_units: int

    def line(self) -> str:
        return (
            f"seed {self.seed:>10}  declarations {self.declarations:>7}  precision(sure) {self.precision:.5f}  "
            f"recall(sure) {self.recall_sure:.4f}  recall(sure+unsure) {self.recall:.4f}  unsure {self.unsure:.4f}  "
            f"wrong links {self.wrong}  wrongly cleared: by links {self.cleared_by_links}, by units {self.cleared_by_units}"
        )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--employers", type=int, default=20_000)
    parser.add_argument("--seeds", default="FROM_COMMIT", help="FROM_COMMIT or numbers separated by commas")
    parser.add_argument("--style", default="city")
    parser.add_argument("--show", type=int, default=0, help="print so many wrong or missed pairs")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="yingbao-accuracy-") as folder:
        os.environ["YINGBAO_HOME"] = folder
        server = embedded_url(Path(folder))
        for seed in seeds(options.seeds):
            _fresh_database(server, seed)
            say(_measure(Path(folder) / str(seed), options, seed).line())


def seeds(words: str) -> list[int]:
    if words != "FROM_COMMIT":
        return [int(word) for word in words.split(",")]
    root = Path(__file__).parent
    sha = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=root, capture_output=True, text=True, check=True
    ).stdout
    say(f"commit {sha.strip()}")
    return [int(sha[at : at + 8], 16) for at in (0, 8, 16)]


def _fresh_database(server: str, seed: int) -> None:
    """A database of the seed's own, which every session then uses."""
    name = f"accuracy_{seed}"
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(
            text(
                f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'"
            )
        )
    admin.dispose()
    os.environ["YINGBAO_DATABASE_URL"] = (
        make_url(server).set(database=name).render_as_string(hide_password=False)
    )
    get_settings.cache_clear()
    database.engine.cache_clear()


def _measure(folder: Path, options: argparse.Namespace, seed: int) -> Score:
    made = make_sample(folder, employers=options.employers, seed=seed, style=options.style, formats="csv")
    say("dirt " + "  ".join(f"{name} {share:.3f}" for name, share in vars(made.dirt).items()))
    campaign = open_campaign(CAMPAIGN)
    for order in orders_of(folder, "benchmark"):
        ingest_one(order, campaign)
    link_declarations(campaign)
    return _scored(folder, seed, options.show)


def _frame(query: str) -> pl.DataFrame:
    with session() as db:
        rows = db.execute(text(query))
        return pl.DataFrame(
            [tuple(row) for row in rows], schema=list(rows.keys()), orient="row", infer_schema_length=None
        )


def _scored(folder: Path, seed: int, shown: int) -> Score:
    truth = pl.read_csv(folder / "truth.csv").with_columns(pl.col("sheet").fill_null(""))
    origin = _frame(ORIGINS).with_columns(pl.col("sheet").fill_null(""))
    known = truth.join(origin, on=["file", "sheet", "row_no"]).filter(pl.col("unit").fill_null("") != "")
    declared = (
        known.filter(pl.col("kind") == "declarations")
        .select("entry", "unit")
        .unique("entry", keep="first", maintain_order=True)
    )
    homes = known.filter(pl.col("employer_id").is_not_null()).select("employer_id", "unit").unique()
    links = (
        _frame(LINKS)
        .join(declared, on="entry", how="left")
        .with_columns(
            right=pl.struct("employer_id", "unit").is_in(
                homes.select(pl.struct("employer_id", "unit")).to_series().implode()
            )
        )
    )
    if shown:
        _show(links, declared, homes, shown)
    return _numbers(folder, seed, links, declared, homes)


def _numbers(
    folder: Path,
    seed: int,
    links: pl.DataFrame,
    declared: pl.DataFrame,
    homes: pl.DataFrame,
) -> Score:
    sure = links.filter(pl.col("verdict") == "sure")
    findable = declared.join(homes, on="unit", how="semi")
    every = _frame(
        "SELECT DISTINCT record.entry FROM record JOIN source ON source.id = record.source_id AND source.kind = 'declarations' WHERE record.current"
    ).height
    approved = pl.read_csv(folder / "truth_units.csv", schema_overrides={"declared": pl.Boolean}).filter(
        "declared"
    )
    standing = sure.join(_frame(STANDING), on="entry", how="semi")
    cleared = homes.join(standing.select("employer_id", "right"), on="employer_id").join(
        approved, on="unit", how="anti"
    )
    by_link = cleared.group_by("employer_id", "unit").agg(pl.col("right").any())
    return Score(
        seed=seed,
        declarations=every,
        precision=float(sure["right"].mean() or 0),  # type: ignore[arg-type]
        recall_sure=sure.filter("right").height / findable.height,
        recall=links.filter("right")["entry"].n_unique() / findable.height,
        unsure=links.filter(pl.col("verdict") == "unsure")["entry"].n_unique() / every,
        wrong=int((~sure["right"]).sum()),
        cleared_by_links=by_link.filter(~pl.col("right")).height,
        cleared_by_units=by_link.filter("right").height,
    )


def _show(links: pl.DataFrame, declared: pl.DataFrame, homes: pl.DataFrame, shown: int) -> None:
    wrong = links.filter((pl.col("verdict") == "sure") & ~pl.col("right"))
    missed = declared.join(links.filter("right"), on="entry", how="anti").join(homes, on="unit")
    for title, frame in (("wrong", wrong), ("missed", missed)):
        say(f"{title}:")
        for row in frame.head(shown).iter_rows(named=True):
            say(f"  entry {row['entry']} employer {row['employer_id']} unit {row['unit']}: {_names(row)}")


def _names(row: dict[str, int]) -> str:
    with session() as db:
        said = db.execute(
            text(
                "SELECT name, credit_code, county, address FROM record WHERE entry = :e AND current LIMIT 1"
            ),
            {"e": row["entry"]},
        ).one_or_none()
        listed = db.execute(
            text("SELECT name, credit_code, county, address FROM employer WHERE id = :e"),
            {"e": row["employer_id"]},
        ).one_or_none()
    return f"{said and tuple(said)} ~ {listed and tuple(listed)}"


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
