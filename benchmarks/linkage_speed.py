"""Linkage against Splink 5 on the same columns, all rows in one run, each in a process of its own.

    .venv/bin/python -m benchmarks.linkage_speed --employers 100000 --seeds 7,11 --limit-minutes 20

The sample goes the whole way through the intake; both then read the same two frames (reading is not counted) and name
at most one employer per declaration. Ours is trained beforehand (seeds 101-103) and keeps its shipped thresholds; its
first figure counts the best unsure employer as named, too. Splink trains on the lists themselves, and gets the threshold
that is best on these very lists, which nobody could know: the comparison favours it. A process that runs longer or
holds more than the limits is ended, and said so. On a busy machine the ratio of processor times (cpu) says more.
"""

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl
import psutil

from benchmarks.linkage_accuracy import seeds
from benchmarks.sample_truth import CAMPAIGN, fresh_database, installation, say, take_in, true_pairs
from models.database import session
from models.queries.link_frames import declarations_frame, employers_frame
from models.rules.linking import link
from tasks.campaigns import open_campaign
from tasks.linking import link_model, thresholds

GIB = 1 << 30
MEMORY_GIB = 12.0
OURS, SPLINK = "ours", "splink"
BEST_COLUMNS = ["entry", "employer_id", "verdict", "score"]


class Run(NamedTuple):
    """One process: what it reported (nothing where it was ended, then `failure` says why) and its peak memory."""

    report: dict[str, Any]
    peak_gib: float
    failure: str


class Quality(NamedTuple):
    precision: float
    recall: float
    f1: float

    def __str__(self) -> str:
        return f"F1 {self.f1:.4f} (precision {self.precision:.4f}, recall {self.recall:.4f})"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--employers", type=int, default=100_000)
    parser.add_argument("--seeds", default="FROM_COMMIT", help="FROM_COMMIT or numbers separated by commas")
    parser.add_argument("--style", default="city")
    parser.add_argument("--limit-minutes", type=float, default=20)
    parser.add_argument("--contender", choices=(OURS, SPLINK), help="internal: run one side on --folder")
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    if options.contender:
        contend(options.contender, options.folder)
        return
    with installation() as (folder, server):
        for seed in seeds(options.seeds):
            fresh_database(server, f"speed_{seed}")
            take_in(folder / str(seed), options.employers, seed, options.style)
            frames = folder / f"frames_{seed}"
            export(folder / str(seed), frames)
            compare(seed, frames, options.limit_minutes)


def export(sample: Path, frames: Path) -> None:
    """Both sides and the truth as files, once for both contenders."""
    frames.mkdir()
    truth = true_pairs(sample)
    with session() as db:
        declarations_frame(db).write_parquet(frames / "declarations.parquet")
        employers_frame(db).write_parquet(frames / "employers.parquet")
    truth.declared.write_parquet(frames / "declared.parquet")
    truth.homes.write_parquet(frames / "homes.parquet")


def compare(seed: int, frames: Path, limit_minutes: float) -> None:
    rows = {
        name: pl.scan_parquet(frames / f"{name}.parquet").select(pl.len()).collect().item()
        for name in ("declarations", "employers")
    }
    say(f"seed {seed}  declarations {rows['declarations']}  employers {rows['employers']}")
    runs = {name: watched(name, frames, limit_minutes) for name in (OURS, SPLINK)}
    for name, run in runs.items():
        say(f"  {name:<7}{time_line(run)}")
        for kind, quality in qualities(name, run, frames).items():
            say(f"         {kind}: {quality}")
    if not any(run.failure for run in runs.values()):
        ours, splink = runs[OURS].report, runs[SPLINK].report
        alone = splink["inference"] / ours["total"]
        total, cpu = splink["total"] / ours["total"], splink["cpu"] / ours["cpu"]
        say(f"  Splink / ours: total {total:.1f}, inference alone {alone:.1f}, processor time {cpu:.1f}")


def time_line(run: Run) -> str:
    if run.failure:
        return f"{run.failure}; peak {run.peak_gib:.2f} GiB"
    parts = "  ".join(f"{name} {value:.2f} s" for name, value in run.report.items() if name != "pairs")
    return f"{parts}  peak {run.peak_gib:.2f} GiB  pairs kept {run.report['pairs']}"


def watched(name: str, frames: Path, limit_minutes: float) -> Run:
    """Run one side in a process of its own; end it when it is too slow or too large."""
    command = [sys.executable, "-m", "benchmarks.linkage_speed", "--contender", name, "--folder", str(frames)]
    started, peak, failure = time.perf_counter(), 0.0, ""
    with (frames / f"{name}.log").open("w") as log:
        child = psutil.Popen(command, stdout=log, stderr=subprocess.STDOUT)
        while child.poll() is None and not failure:
            time.sleep(0.1)
            peak = max(peak, held(child) / GIB)
            if peak > MEMORY_GIB:
                failure = f"ended: more than {MEMORY_GIB:.0f} GiB after {time.perf_counter() - started:.0f} s"
            elif time.perf_counter() - started > limit_minutes * 60:
                failure = f"ended: not done in {limit_minutes:.0f} minutes"
        if failure:
            child.kill()
        code = child.wait()
    if code and not failure:
        failure = f"failed: {(frames / f'{name}.log').read_text()[-500:]}"
    report = {} if failure else json.loads((frames / f"{name}.json").read_text())
    return Run(report, peak, failure)


def held(child: psutil.Popen) -> int:
    try:
        return int(child.memory_info().rss)
    except psutil.NoSuchProcess:
        return 0


def contend(name: str, frames: Path) -> None:
    """In the child: link, and leave the best employer of each declaration and the times beside the frames."""
    declarations = pl.read_parquet(frames / "declarations.parquet")
    employers = pl.read_parquet(frames / "employers.parquet")
    side = {OURS: our_links, SPLINK: splink_links}[name]
    best, report = side(declarations, employers, frames)
    best.write_parquet(frames / f"{name}.parquet")
    (frames / f"{name}.json").write_text(json.dumps(report))


def our_links(
    declarations: pl.DataFrame, employers: pl.DataFrame, _: Path
) -> tuple[pl.DataFrame, dict[str, float]]:
    model, bounds = link_model(), thresholds(open_campaign(CAMPAIGN).linkage)
    start, worked = time.perf_counter(), time.process_time()
    found = link(declarations, employers, model, bounds)
    total, cpu = time.perf_counter() - start, time.process_time() - worked
    best = found.sort("verdict", "score", "employer_id", descending=[False, True, False], nulls_last=True)
    best = best.unique("entry", keep="first", maintain_order=True).select(BEST_COLUMNS)
    return best, {"total": total, "cpu": cpu, "pairs": found.height}


def splink_links(
    declarations: pl.DataFrame, employers: pl.DataFrame, frames: Path
) -> tuple[pl.DataFrame, dict[str, float]]:
    from benchmarks.splink_peer import splink_links as linked  # only its own process pays for loading it

    found = linked(declarations, employers, frames / "spill")
    report = {
        "training": found.training,
        "inference": found.inference,
        "total": found.training + found.inference,
        "cpu": found.cpu,
        "pairs": found.pairs,
    }
    return found.best.with_columns(verdict=pl.lit(None, pl.String)).select(BEST_COLUMNS), report


def qualities(name: str, run: Run, frames: Path) -> dict[str, Quality]:
    if run.failure:
        return {}
    homes, declared = (pl.read_parquet(frames / f"{side}.parquet") for side in ("homes", "declared"))
    findable = declared.join(homes, on="unit", how="semi").height
    named = judged(pl.read_parquet(frames / f"{name}.parquet"), declared, homes)
    if name == SPLINK:
        at, quality = oracle(named, findable)
        return {f"at its best threshold on these lists ({at:.1f} bits)": quality}
    sure = named.filter(pl.col("verdict") == "sure")
    return {"sure and best unsure": quality_of(named, findable), "sure only": quality_of(sure, findable)}


def judged(best: pl.DataFrame, declared: pl.DataFrame, homes: pl.DataFrame) -> pl.DataFrame:
    """`best` with `right`: a line of the declaration's true unit was placed with the named employer."""
    true = homes.join(declared, on="unit").select("entry", "employer_id", right=pl.lit(True)).unique()
    named = best.join(true, on=["entry", "employer_id"], how="left")
    return named.with_columns(pl.col("right").fill_null(False))


def quality_of(named: pl.DataFrame, findable: int) -> Quality:
    right = named.filter("right").height
    return Quality(right / max(1, named.height), right / findable, 2 * right / (named.height + findable))


def oracle(named: pl.DataFrame, findable: int) -> tuple[float, Quality]:
    """The threshold with the best F1 of all, and the quality there."""
    counts = named.group_by("score").agg(pl.len(), pl.col("right").sum()).sort("score", descending=True)
    f1 = 2 * pl.col("right").cum_sum() / (pl.col("len").cum_sum() + findable)
    at = counts.with_columns(f1=f1).sort("f1", descending=True)["score"][0]
    return at, quality_of(named.filter(pl.col("score") >= at), findable)


if __name__ == "__main__":
    main()
