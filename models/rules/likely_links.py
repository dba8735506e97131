"""What the certain rules leave: the best scored candidate, sure only where nothing is in its way."""

from typing import NamedTuple

import polars as pl

from models.rules.certain_links import (
    AGAINST,
    AT_OR_NEAR_THE_PLACE,
    AT_THE_PLACE,
    CODE,
    COUNTY,
    LEGACY,
    NAME,
    NEARLY,
    NO_OTHER_NUMBER,
    NOT_ANOTHER_WORKS,
    PART,
    PART_FITS,
    PERSON,
    PHONE,
    SUPPORT,
    better_placed,
)

MARGIN = 4.0  # bits by which the best candidate must lead
SHOWN = 3  # unsure candidates of one declaration, for a person to choose from

# A longer front is a region misspelt (刘江区…); a longer end may be another works or shop.
NAME_NEAR = NAME.is_in(["same", "slip", "slips", "close"]) | ((NAME == "front") & (SUPPORT >= 2))
SAME_NUMBER = (CODE.is_in(["same", "parents"])) | (LEGACY == "same")
# Half an address is the same place when names and a number, or a person or phone, agree.
SAME_STREET = (
    (pl.col("address") == "street")
    & NAME_NEAR
    & (SAME_NUMBER | ((NAME == "same") & (SUPPORT >= 1) & ((AGAINST == 0) | pl.col("name_alone"))))
)
SAME_PERSON_AND_TRADE = (PERSON == "same") & pl.col("industry").is_in(["same", "group"])
PART_NEAR = PART_FITS | (
    (PART == "near") & (COUNTY == "same") & (AT_THE_PLACE | (AT_OR_NEAR_THE_PLACE & (SUPPORT >= 1)))
)
# Nearly the name, in its county, and two of place, phone and person: no score needs to add anything.
NEAR_NAME_AND_PEOPLE = (
    NAME.is_in(NEARLY)
    & (COUNTY == "same")
    & PART_FITS
    & NO_OTHER_NUMBER
    & NOT_ANOTHER_WORKS
    & (SUPPORT >= 2)
    & ((AGAINST == 0) | (PERSON == "same"))
)
# A person's act is needed where any of these holds, whatever the score; the first that holds is told.
DOUBTS: dict[str, pl.Expr] = {
    "只有一方是分支机构，或分支不同": ~PART_NEAR,
    "同一企业的另一单位就在申报的地址": pl.col("better_placed"),
    "两个有效代码不同": CODE.is_in(["other", "taken"]),
    "名册上另有单位用申报的名称": pl.col("passed_over"),
    "注册号不同": (LEGACY == "other") & (CODE != "same") & ((NAME != "same") | (SUPPORT < 2)),
    "名称序号不同": NAME == "numbered",
    "代码相同但名称明显不同": (CODE == "same")
    & NAME.is_in(["other", "alike", "longer", "front"])
    & (SUPPORT < 2),
    "名称不同": ~NAME_NEAR & ~SAME_NUMBER & (SUPPORT < 3),
    "除名称外没有佐证": ~SAME_NUMBER & (SUPPORT < 1),
    "名称有出入，佐证不足": (NAME != "same")
    & ~SAME_NUMBER
    & (SUPPORT < 2)
    & ~(AT_OR_NEAR_THE_PLACE & ((AGAINST == 0) | SAME_PERSON_AND_TRADE)),
    "县区不同，佐证不足": (COUNTY == "other")
    & ~AT_THE_PLACE
    & ~((PHONE == "same") & (PERSON == "same"))
    & ~SAME_STREET,
}
RIVAL = "有得分相近的另一单位"
BETWEEN = "得分在两个门槛之间"


class Thresholds(NamedTuple):
    """In bits: from `sure` a link stands, below `unsure` there is none."""

    sure: float
    unsure: float


def likely_links(pairs: pl.DataFrame, thresholds: Thresholds) -> pl.DataFrame:
    """`pairs` with score → those worth a judgement, with verdict and, where unsure, why."""
    ranked = (
        pairs.with_columns(better_placed=better_placed())
        .filter(pl.col("score") >= thresholds.unsure - MARGIN)
        .sort("d", "score", "e", descending=[False, True, False])
    )
    ranked = ranked.with_columns(
        place=pl.int_range(pl.len()).over("d"),
        best=pl.col("score").first().over("d"),
        second=pl.col("score").get(1, null_on_oob=True).over("d"),
    )
    rivalled = (pl.col("best") - pl.col("second") < MARGIN).fill_null(False)
    doubt = pl.coalesce(
        *(pl.when(holds).then(pl.lit(why)) for why, holds in DOUBTS.items()),
        pl.when(rivalled).then(pl.lit(RIVAL)),
        pl.when((pl.col("score") < thresholds.sure) & ~NEAR_NAME_AND_PEOPLE).then(pl.lit(BETWEEN)),
    )
    judged = ranked.filter(
        (pl.col("best") >= thresholds.unsure)
        & (pl.col("place") < SHOWN)
        & (
            (pl.col("place") == 0)
            | ((pl.col("best") - pl.col("score") < MARGIN) & (pl.col("score") >= thresholds.unsure))
        )
    )
    return judged.with_columns(
        method=pl.lit("model"),
        reason=doubt,
        verdict=pl.when(doubt.is_null()).then(pl.lit("sure")).otherwise(pl.lit("unsure")),
    ).drop("place", "best", "second", "better_placed")
