"""Splink 5 set up for these lists the way someone who knows both would: what linkage_speed.py compares with.

It gets for nothing what the product derives first (names without legal words, place and door, old numbers): neither
their time nor the reading of the frames is counted. Credit codes, names, people, places: one comparison per fact, so
that correlated columns are not counted twice; term frequencies where values repeat.
"""

import time
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import polars as pl
import splink.comparison_level_library as levels
import splink.comparison_library as compare
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.internals.blocking_rule_creator import BlockingRuleCreator
from splink.internals.comparison_level_creator import ComparisonLevelCreator

from models.rules.compared_addresses import address_parts
from models.rules.compared_names import compared_names
from models.rules.compared_numbers import compared_numbers

MEMORY = "9GB"  # of DuckDB's own buffers, spilling to disk above: with what else it holds, under the limit
RANDOM_PAIRS = 1e6  # Splink's default; ten times as many take ten times as long and gain nothing here
TRAINED_PAIRS = 1e6
LEAST_WEIGHT = -10.0
BLOCKS: list[BlockingRuleCreator | dict[str, Any]] = [
    block_on("credit_code"),
    block_on("organisation"),
    block_on("beginning"),
    block_on("registration"),
    block_on("name_key"),
    block_on("bare"),
    block_on("name_core", "county"),
    block_on("phone"),
    block_on("person_hash", "county"),
    block_on("person_hash", "industry"),
    block_on("address_key", "county"),
    block_on("address_key", "industry"),
    block_on("substr(bare, 1, 3)", "county"),
    block_on("substr(bare, 1, 2)", "place"),
    block_on("substr(bare, 2, 3)", "county"),
]
CERTAIN: list[str | BlockingRuleCreator] = [
    block_on("credit_code", "bare"),
    block_on("bare", "county"),
    block_on("bare", "phone"),
]
CERTAIN_RECALL = 0.9


class Found(NamedTuple):
    best: pl.DataFrame  # entry, employer_id, score: the best employer of each declaration
    pairs: int
    training: float
    inference: float
    cpu: float  # processor seconds of both


def splink_links(declarations: pl.DataFrame, employers: pl.DataFrame, spill: Path) -> Found:
    """Train on the lists themselves, score every blocked pair, keep the best employer of each declaration."""
    left, right = (prepared(declarations, "entry"), prepared(employers, "employer_id"))
    start, worked = time.perf_counter(), time.process_time()
    connection = duckdb.connect(config={"memory_limit": MEMORY, "temp_directory": str(spill)})
    engine = DuckDBAPI(connection)
    tables = [
        engine.register(left.to_arrow(), dataset_display_name="declarations"),
        engine.register(right.to_arrow(), dataset_display_name="employers"),
    ]
    linker = Linker(tables, settings(), log_level="ERROR")
    train(linker)
    trained = time.perf_counter()
    scored = linker.inference.predict(threshold_match_weight=LEAST_WEIGHT).physical_name
    best = connection.sql(
        "SELECT unique_id_l AS entry, arg_max(unique_id_r, match_weight) AS employer_id, "
        f"max(match_weight) AS score FROM {scored} GROUP BY 1"
    ).pl()
    ended, cpu = time.perf_counter(), time.process_time() - worked
    counted = connection.execute(f"SELECT count(*) FROM {scored}").fetchone()
    return Found(best, counted[0] if counted else 0, trained - start, ended - trained, cpu)


def prepared(units: pl.DataFrame, key: str) -> pl.DataFrame:
    """Columns for Splink, nothing empty but null."""
    derived = address_parts(compared_numbers(compared_names(units)))
    return derived.drop("whole", "named_part", "is_branch").rename({key: "unique_id"})


def settings() -> SettingsCreator:
    return SettingsCreator(
        link_type="link_only",
        comparisons=[
            name(),
            part(),
            code(),
            old_number(),
            address(),
            compare.LevenshteinAtThresholds("phone", 1).configure(term_frequency_adjustments=True),
            compare.ExactMatch("person_hash").configure(term_frequency_adjustments=True),
            compare.ExactMatch("county").configure(term_frequency_adjustments=True),
            compare.ExactMatch("town"),
            industry(),
            headcount(),
        ],
        blocking_rules_to_generate_predictions=BLOCKS,
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=False,
    )


def train(linker: Linker) -> None:
    training = linker.training
    training.estimate_probability_two_random_records_match(CERTAIN, recall=CERTAIN_RECALL)
    training.estimate_u_using_random_sampling(max_pairs=RANDOM_PAIRS)
    for rule in (block_on("credit_code"), block_on("bare"), block_on("phone")):
        training.estimate_parameters_using_expectation_maximisation(
            rule, estimate_without_term_frequencies=True, max_pairs=TRAINED_PAIRS
        )


def name() -> compare.CustomComparison:
    """Twins next door differ by one character: a slip and nearness are separate levels."""
    return of(
        "name",
        levels.NullLevel("bare"),
        levels.ExactMatchLevel("name_key").configure(tf_adjustment_column="name_key"),
        levels.ExactMatchLevel("bare").configure(tf_adjustment_column="bare"),
        levels.ExactMatchLevel("name_core").configure(tf_adjustment_column="name_core"),
        levels.LevenshteinLevel("bare", 1),
        levels.JaroWinklerLevel("bare", 0.92),
        levels.JaroWinklerLevel("bare", 0.85),
        levels.JaroWinklerLevel("bare", 0.7),
        levels.ElseLevel(),
    )


def part() -> compare.CustomComparison:
    return of(
        "part",
        levels.CustomLevel("NOT is_part_l AND NOT is_part_r", "neither is a branch"),
        levels.CustomLevel("is_part_l AND is_part_r AND branch_part_l = branch_part_r", "the same branch"),
        levels.CustomLevel("is_part_l AND is_part_r", "two branches"),
        levels.ElseLevel(),
    )


def code() -> compare.CustomComparison:
    return of(
        "code",
        levels.NullLevel("credit_code"),
        levels.ExactMatchLevel("credit_code").configure(tf_adjustment_column="credit_code"),
        levels.CustomLevel("credit_code_l = parent_code_r", "the parent's code"),
        levels.LevenshteinLevel("credit_code", 2),
        levels.ElseLevel(),
    )


def old_number() -> compare.CustomComparison:
    """What credit codes do not say: a number of before them, or a code cut off."""
    return of(
        "old_number",
        levels.CustomLevel(
            "credit_code_l IS NOT NULL AND credit_code_r IS NOT NULL", "both have a code"
        ).configure(is_null_level=True),
        levels.CustomLevel(
            "registration_l = registration_r OR organisation_l = organisation_r OR beginning_l = beginning_r",
            "the same old number",
        ),
        levels.CustomLevel("legacy_code_l IS NULL", "no old number").configure(is_null_level=True),
        levels.ElseLevel(),
    )


def address() -> compare.CustomComparison:
    return of(
        "address",
        levels.NullLevel("address_key"),
        levels.ExactMatchLevel("address_key").configure(tf_adjustment_column="address_key"),
        levels.CustomLevel("place_l = place_r AND door_l = door_r", "the same house"),
        levels.CustomLevel("place_l = place_r AND (door_l IS NULL OR door_r IS NULL)", "the same street"),
        levels.ExactMatchLevel("place"),
        levels.JaroWinklerLevel("address_key", 0.85),
        levels.ElseLevel(),
    )


def industry() -> compare.CustomComparison:
    return of(
        "industry",
        levels.NullLevel("industry"),
        levels.ExactMatchLevel("industry"),
        levels.CustomLevel("substr(industry_l, 1, 2) = substr(industry_r, 1, 2)", "the same division"),
        levels.ElseLevel(),
    )


def headcount() -> compare.CustomComparison:
    return of(
        "headcount",
        levels.NullLevel("headcount"),
        levels.CustomLevel(
            "abs(headcount_l - headcount_r) <= 0.2 * greatest(headcount_l, headcount_r)", "near"
        ),
        levels.CustomLevel(
            "abs(headcount_l - headcount_r) <= 0.5 * greatest(headcount_l, headcount_r)", "far"
        ),
        levels.ElseLevel(),
    )


def of(field: str, *words: ComparisonLevelCreator) -> compare.CustomComparison:
    return compare.CustomComparison(list(words), output_column_name=field)
