"""Learn the weights of models/reference/link_model.json from samples with truth.

    .venv/bin/python -m benchmarks.train_link_model --employers 20000 --seeds 101,102,103

A logistic regression of "is it the declaration's unit" on the level of every field, over all candidate pairs; its
coefficients in bits are the weights. Pairs the certain rules leave open count fully, the others a third. The sample
never changes a legal representative, real firms do: 8 % of the true pairs are taught as if it had. Weights are given
against the average candidate pair, which has `start` bits.
"""

import argparse
import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from benchmarks.linkage_accuracy import seeds
from benchmarks.sample_truth import fresh_database, installation, say, take_in, true_pairs
from models.database import session
from models.queries.link_frames import declarations_frame, employers_frame
from models.rules.certain_links import certain_links
from models.rules.link_candidates import certain_candidates, likely_candidates
from models.rules.linking import prepare
from models.rules.pair_evidence import evidence
from models.rules.pair_levels import LEVELS

MODEL = Path(__file__).parent.parent / "models" / "reference" / "link_model.json"
NEW_PERSON, SETTLED_WEIGHT = 0.08, 0.3
SPREAD = 2.0  # standard deviation of a weight before anything is learnt, in nats
COLUMNS = [(field, level) for field, words in LEVELS.items() for level in words]
Numbers = npt.NDArray[np.float64]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--employers", type=int, default=20_000)
    parser.add_argument("--seeds", default="101,102,103")
    options = parser.parse_args()
    with installation() as (folder, server):
        worlds = []
        for seed in seeds(options.seeds):
            fresh_database(server, f"training_{seed}")
            take_in(folder / str(seed), options.employers, seed, "city")
            worlds.append(labelled_pairs(folder / str(seed), seed))
    pairs = pl.concat(worlds)
    say(f"{pairs.height} pairs, {pairs['true'].sum()} true, {pairs['open'].sum()} open")
    shares = level_shares(pairs)
    stored = as_model(
        fit(pairs, shares), shares, f"city sample, {options.employers} employers, seeds {options.seeds}"
    )
    MODEL.write_text(json.dumps(stored, ensure_ascii=False, indent=2) + "\n", "utf-8")


def labelled_pairs(folder: Path, seed: int) -> pl.DataFrame:
    """Every candidate pair with its levels, whether it is true, and whether the certain rules leave it open."""
    truth = true_pairs(folder)
    with session() as db:
        left, right = prepare(declarations_frame(db), employers_frame(db))
    certain = certain_candidates(left, right)
    settled = certain_links(evidence(certain, left, right))["d"]
    pairs = pl.concat([certain, likely_candidates(left, right)]).unique().sort("d", "e")
    units = left.select("entry").join(truth.declared, on="entry", how="left", maintain_order="left")["unit"]
    named = pl.DataFrame(
        {"employer_id": right["employer_id"].gather(pairs["e"]), "unit": units.gather(pairs["d"])}
    )
    pair = pl.struct("employer_id", "unit")
    true = named.select(
        pair.is_in(truth.homes.select(pair).to_series().implode()).fill_null(False)
    ).to_series()
    changed = true & pl.Series(np.random.default_rng(seed).random(pairs.height) < NEW_PERSON)
    person = (
        pl.when(pl.col("true") & changed & (pl.col("person") == "same"))
        .then(pl.lit("other"))
        .otherwise("person")
    )
    found = evidence(pairs, left, right).with_columns(true=true, open=~pairs["d"].is_in(settled.implode()))
    return found.with_columns(person=person).select(*LEVELS, "true", "open")


def level_shares(pairs: pl.DataFrame) -> Numbers:
    """How often each level is seen among the pairs."""
    return np.array([(pairs[field] == level).mean() for field, level in COLUMNS])


def fit(pairs: pl.DataFrame, shares: Numbers) -> Numbers:
    """Newton's steps to the weights (bits) that make the truth likeliest, held near 0 where little is known."""
    x, y = design(pairs, shares), pairs["true"].to_numpy().astype(np.float64)
    weight = np.where(pairs["open"].to_numpy(), 1.0, SETTLED_WEIGHT)
    held = np.full(x.shape[1], SPREAD**-2)
    held[0] = 1e-4
    beta = np.zeros(x.shape[1])
    for _ in range(60):
        p = 1 / (1 + np.exp(-x @ beta))
        slope = x.T @ (weight * (y - p)) - held * beta
        bend = (x * (weight * p * (1 - p))[:, None]).T @ x + np.diag(held)
        step = np.linalg.solve(bend, slope)
        beta += step
        if np.abs(step).max() < 1e-7:
            break
    return beta / math.log(2)


def design(pairs: pl.DataFrame, shares: Numbers) -> Numbers:
    """A column of ones, and one per field and level."""
    hits = [(pairs[field] == level).to_numpy().astype(np.float64) for field, level in COLUMNS]
    return np.column_stack(
        [np.ones(pairs.height), *(hit - share for hit, share in zip(hits, shares, strict=True))]
    )


def as_model(bits: Numbers, shares: Numbers, trained: str) -> dict[str, Any]:
    """Weights per field and level: what a level adds to an average pair."""
    weights: dict[str, dict[str, float]] = {field: {} for field in LEVELS}
    for field in LEVELS:
        mine = [at for at, (name, _) in enumerate(COLUMNS) if name == field]
        average = sum(bits[1 + at] * shares[at] for at in mine)
        weights[field] = {COLUMNS[at][1]: round(float(bits[1 + at] - average), 2) for at in mine}
    return {"trained": trained, "start": round(float(bits[0]), 2), "weights": weights}


if __name__ == "__main__":
    main()
