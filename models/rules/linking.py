"""Whose declaration is it? From certain to likely, for whole populations at once (design 3, F16, F17, Q10, C08).

A function of the data alone: neither the order of rows nor the numbers of ids decide anything.
"""

import polars as pl

from models.rules.certain_links import certain_links
from models.rules.compared_addresses import address_parts
from models.rules.compared_counties import named_counties
from models.rules.compared_names import compared_names
from models.rules.compared_numbers import compared_numbers
from models.rules.damaged_codes import compared_codes
from models.rules.likely_links import Thresholds, likely_links
from models.rules.link_candidates import certain_candidates, likely_candidates
from models.rules.link_model import LinkModel
from models.rules.listed_twice import listed_twice
from models.rules.namesakes import with_bearers
from models.rules.pair_evidence import evidence
from models.rules.pair_levels import LEVELS
from models.rules.sibling_links import sibling_links

# Facts of both sides that linkage looks at.
COMPARED = (
    "name_key", "name_core", "branch_part", "is_branch", "credit_code", "legacy_code", "county", "town", "address_key",
    "industry", "headcount", "phone", "person_hash", "parent_code",
)  # fmt: skip
# What either side may have besides, as written: a code whose check digit is wrong, and the address in full.
WRITTEN = ("damaged_code", "address")
ORDER = ("name_key", "county", "credit_code", "address_key", "phone", "person_hash", "headcount")
LINKS = {
    "entry": pl.Int64(),
    "employer_id": pl.Int64(),
    "verdict": pl.String(),
    "method": pl.String(),
    "score": pl.Float64(),
    "reason": pl.String(),
    "evidence": pl.String(),  # JSON: the level of every field, where the model judged
}
AFTER_REFUSAL = "已有人否定了另一单位，请人工确定"


def link(
    declarations: pl.DataFrame,
    employers: pl.DataFrame,
    model: LinkModel,
    thresholds: Thresholds,
    refused: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """LINKS: at most one sure employer a declaration, or up to three unsure ones.

    `declarations` has `entry`, `employers` has `employer_id`, both have COMPARED. `refused` are pairs (entry,
    employer_id) a person has rejected: the machine only suggests for such a declaration.
    """
    left, right = prepare(declarations, employers)
    certain = certain_candidates(left, right)
    doubted = _rows_of(refused, left, right)
    settled = certain_links(evidence(certain, left, right)).join(doubted, on="d", how="anti")
    settled = settled.select("d", "e", "method")
    pairs = pl.concat([certain, likely_candidates(_without(left, settled), right)]).unique()
    pairs = pairs.join(settled, on="d", how="anti").join(doubted, on=["d", "e"], how="anti").sort("d", "e")
    found = evidence(pairs, left, right)
    scored = found.with_columns(score=model.score(found))
    likely = _only_suggested(
        likely_links(scored, thresholds, lambda rivals: listed_twice(rivals, right)), doubted
    )
    sure = pl.concat([settled.select("d", "e"), likely.filter(pl.col("verdict") == "sure").select("d", "e")])
    siblings = sibling_links(_without(_without(left, sure), doubted), left, right, sure)
    likely = likely.join(siblings, on="d", how="anti")
    likely = likely.with_columns(evidence=pl.struct(*LEVELS).struct.json_encode())
    ruled = pl.concat([settled, siblings]).with_columns(
        verdict=pl.lit("sure"), evidence=pl.lit(None, pl.String)
    )
    return _as_links(pl.concat([ruled, likely], how="diagonal"), left, right)


def _without(left: pl.DataFrame, done: pl.DataFrame) -> pl.DataFrame:
    return left.join(done, left_on="row", right_on="d", how="anti")


def prepare(declarations: pl.DataFrame, employers: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Both sides with what is derived from them; `row` numbers each by its data, so that no tie is broken by ids."""
    left, right = (_comparable(units) for units in (declarations, employers))
    owners = right.filter(~pl.col("named_part") & pl.col("credit_code").is_not_null())
    owners = owners.group_by("credit_code").agg(owner_bare=pl.col("bare").min())
    alone = pl.len().over("bare") == 1
    codes = pl.col("credit_code").drop_nulls().n_unique().over("bare", "county") <= 1
    left = left.join(owners, on="credit_code", how="left", maintain_order="left").with_columns(
        codes_agree=codes
    )
    left = with_bearers(named_counties(left), right)
    return left.with_row_index("row"), right.with_columns(name_alone=alone).with_row_index("row")


def _comparable(units: pl.DataFrame) -> pl.DataFrame:
    units = units.with_columns(
        pl.lit(None, pl.String).alias(name) for name in WRITTEN if name not in units.columns
    )
    return compared_codes(address_parts(compared_numbers(compared_names(units)))).sort(ORDER)


def _rows_of(refused: pl.DataFrame | None, left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    if refused is None:
        refused = pl.DataFrame(schema={"entry": pl.Int64(), "employer_id": pl.Int64()})
    named = refused.join(left.select("entry", d="row"), on="entry")
    return named.join(right.select("employer_id", e="row"), on="employer_id").select("d", "e")


def _only_suggested(likely: pl.DataFrame, doubted: pl.DataFrame) -> pl.DataFrame:
    """After a person has said no once, the machine decides no more for that declaration."""
    touched = pl.col("d").is_in(doubted["d"].implode()) & (pl.col("verdict") == "sure")
    return likely.with_columns(
        verdict=pl.when(touched).then(pl.lit("unsure")).otherwise("verdict"),
        reason=pl.when(touched).then(pl.lit(AFTER_REFUSAL)).otherwise("reason"),
    )


def _as_links(found: pl.DataFrame, left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    named = found.with_columns(
        entry=left["entry"].gather(found["d"]), employer_id=right["employer_id"].gather(found["e"])
    )
    return named.select(*LINKS).cast(dict(LINKS))  # type: ignore[arg-type]
