"""How right the links are, on samples nobody tuned on: sample → ingest → units → links, against the truth beside it.

    .venv/bin/python -m benchmarks.linkage_accuracy --employers 20000 --seeds FROM_COMMIT --style city

FROM_COMMIT takes the first three 8-digit hex groups of HEAD's hash as seeds. A link is right when a list line of the
declaration's true unit was placed with the linked employer. A unit is wrongly cleared when its employer counts as
declared and the unit itself has no standing approval: `by links` where no right link of the employer stands, `by
units` where the employer holds lines of two units and the other one declared.
"""

import argparse
import subprocess
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from sqlalchemy import text

from benchmarks.sample_truth import Truth, fresh_database, installation, query, say, take_in, true_pairs
from models.database import session
from tasks.linking import link_declarations

LINKS = (
    "SELECT entry, employer_id, verdict, method FROM link WHERE ended_at IS NULL AND verdict <> 'rejected'"
)
STANDING = "SELECT DISTINCT entry FROM standing WHERE to_on IS NULL"
ENTRIES = """
SELECT count(DISTINCT record.entry) AS entries FROM record
JOIN source ON source.id = record.source_id AND source.kind = 'declarations' WHERE record.current
"""
SAID = "SELECT name, credit_code, county, address FROM record WHERE entry = :number AND current LIMIT 1"
LISTED = "SELECT name, credit_code, county, address FROM employer WHERE id = :number"


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
    parser.add_argument("--show", type=int, default=0, help="print so many wrong and missed pairs")
    options = parser.parse_args()
    with installation() as (folder, server):
        for seed in seeds(options.seeds):
            fresh_database(server, f"accuracy_{seed}")
            link_declarations(take_in(folder / str(seed), options.employers, seed, options.style))
            say(score(folder / str(seed), seed, options.show).line())


def seeds(words: str) -> list[int]:
    if words != "FROM_COMMIT":
        return [int(word) for word in words.split(",")]
    command = ["git", "rev-parse", "HEAD"]
    sha = subprocess.run(
        command, cwd=Path(__file__).parent, capture_output=True, text=True, check=True
    ).stdout
    say(f"commit {sha.strip()}")
    return [int(sha[at : at + 8], 16) for at in (0, 8, 16)]


def score(folder: Path, seed: int, shown: int = 0) -> Score:
    truth = true_pairs(folder)
    pair = pl.struct("employer_id", "unit")
    right = pair.is_in(truth.homes.select(pair).to_series().implode()).fill_null(False)
    links = query(LINKS).join(truth.declared, on="entry", how="left").with_columns(right=right)
    sure = links.filter(pl.col("verdict") == "sure")
    if shown:
        _show(links, truth, shown)
    every = int(query(ENTRIES).item())
    findable = truth.declared.join(truth.homes, on="unit", how="semi").height
    cleared = _wrongly_cleared(folder, sure, truth)
    return Score(
        seed=seed,
        declarations=every,
        precision=sure.filter("right").height / max(1, sure.height),
        recall_sure=sure.filter("right").height / findable,
        recall=links.filter("right")["entry"].n_unique() / findable,
        unsure=links.filter(pl.col("verdict") == "unsure")["entry"].n_unique() / every,
        wrong=sure.filter(~pl.col("right")).height,
        cleared_by_links=cleared.filter(~pl.col("right")).height,
        cleared_by_units=cleared.filter("right").height,
    )


def _wrongly_cleared(folder: Path, sure: pl.DataFrame, truth: Truth) -> pl.DataFrame:
    units = pl.read_csv(folder / "truth_units.csv", infer_schema=False)
    declared = units.filter(pl.col("declared") == "true")
    standing = sure.join(query(STANDING), on="entry", how="semi").select("employer_id", "right")
    cleared = truth.homes.join(standing, on="employer_id").join(declared, on="unit", how="anti")
    return cleared.group_by("employer_id", "unit").agg(pl.col("right").any())


def _show(links: pl.DataFrame, truth: Truth, shown: int) -> None:
    wrong = links.filter((pl.col("verdict") == "sure") & ~pl.col("right"))
    missed = truth.declared.join(links.filter("right"), on="entry", how="anti").join(truth.homes, on="unit")
    for title, frame in (("wrong", wrong), ("missed", missed)):
        say(f"{title}: {frame.height}")
        for row in frame.head(shown).iter_rows(named=True):
            with session() as db:
                said = db.execute(text(SAID), {"number": row["entry"]}).one_or_none()
                listed = db.execute(text(LISTED), {"number": row["employer_id"]}).one_or_none()
            say(f"  {row['unit']} {row.get('method', '')}: {said} ~ {listed}")


if __name__ == "__main__":
    main()
