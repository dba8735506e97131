"""What the certain rules leave: the best scored candidate, sure only where nothing is in its way."""

from collections.abc import Callable
from typing import NamedTuple

import polars as pl

from models.rules.certain_links import (
    AGAINST,
    AT_OR_NEAR_THE_PLACE,
    AT_THE_PLACE,
    CODE,
    COUNTY,
    ELSEWHERE,
    IN_THE_COUNTY,
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
SAME_NUMBER = (CODE.is_in(["same", "near", "parents"])) | (LEGACY == "same")
# Half an address is the same place when names and a number, or a person or phone, agree.
SAME_STREET = (
    (pl.col("address") == "street")
    & NAME_NEAR
    & (SAME_NUMBER | ((NAME == "same") & (SUPPORT >= 1) & ((AGAINST == 0) | pl.col("name_alone"))))
)
SAME_PERSON_AND_TRADE = (PERSON == "same") & pl.col("industry").is_in(["same", "group"])
SAME_CODE = CODE.is_in(["same", "near"])
# 柳南分公司 and 柳北分公司 differ by a character and share code, phone and people: the place tells them apart, else
# only everything together.
SAME_PEOPLE = (PHONE == "same") & (PERSON == "same")
ON_THE_ROAD = pl.col("address").is_in(["same", "house", "street", "along", "near"])
PART_NEAR = PART_FITS | (
    (PART == "near")
    & (
        (AT_OR_NEAR_THE_PLACE & IN_THE_COUNTY & (AT_THE_PLACE | (SUPPORT >= 1) | SAME_CODE))
        | (AT_OR_NEAR_THE_PLACE & SAME_CODE & (SUPPORT >= 2))
        | (AT_THE_PLACE & (SAME_CODE | SAME_PEOPLE))
        | (
            SAME_CODE
            & IN_THE_COUNTY
            & SAME_PEOPLE
            & (ON_THE_ROAD | (~ELSEWHERE & (pl.col("headcount") == "same")))
        )
    )
)
# The code or nearly the code, and nearly the name or two of place, phone and person; nothing against it but one of
# them, where the place itself agrees.
SAME_CODE_AND_PLACE = (
    SAME_CODE
    & PART_NEAR
    & (NAME != "numbered")
    & (IN_THE_COUNTY | AT_THE_PLACE)
    & (
        ((AGAINST == 0) & ((SUPPORT >= 2) | NAME.is_in(NEARLY)))
        | ((AGAINST == 1) & AT_THE_PLACE & NAME.is_in(NEARLY))
    )
)
# One character of the name, and person, street, trade and county the same, nothing against it.
SLIP_AT_THE_STREET = (
    NAME.is_in(["same", "slip"])
    & PART_FITS
    & NO_OTHER_NUMBER
    & AT_OR_NEAR_THE_PLACE
    & (PERSON == "same")
    & (pl.col("industry") == "same")
    & IN_THE_COUNTY
    & (AGAINST == 0)
)
# Nearly the name, in its county, and two of place, phone and person: no score needs to add anything.
NEAR_NAME_AND_PEOPLE = (
    NAME.is_in(NEARLY)
    & IN_THE_COUNTY
    & PART_NEAR
    & NO_OTHER_NUMBER
    & NOT_ANOTHER_WORKS
    & (SUPPORT >= 2)
    & ((AGAINST == 0) | (PERSON == "same"))
)
CLEAR = NEAR_NAME_AND_PEOPLE | SAME_CODE_AND_PLACE | SLIP_AT_THE_STREET
# A person's act is needed where any of these holds, whatever the score; the first that holds is told.
DOUBTS: dict[str, pl.Expr] = {
    "只有一方是分支机构，或分支不同": ~PART_NEAR,
    "同一企业的另一单位就在申报的地址": pl.col("better_placed"),
    "两个有效代码不同": CODE.is_in(["other", "taken"]),
    # the code points at this one of the units that bear the name
    "名册上另有单位用申报的名称": pl.col("passed_over") & ~(SAME_CODE & (NAME == "same") & IN_THE_COUNTY),
    "注册号不同": (LEGACY == "other") & (CODE != "same") & ((NAME != "same") | (SUPPORT < 2)),
    "名称序号不同": NAME == "numbered",
    "代码相同（或只差一两位）但名称明显不同": SAME_CODE
    & NAME.is_in(["other", "alike", "longer", "front"])
    & (SUPPORT < 2)
    & ~((NAME == "front") & (AT_OR_NEAR_THE_PLACE | (SUPPORT >= 1)) & (AGAINST == 0)),
    "名称不同": ~NAME_NEAR & ~SAME_NUMBER & (SUPPORT < 3),
    "除名称外没有佐证": ~SAME_NUMBER & (SUPPORT < 1),
    "名称有出入，佐证不足": (NAME != "same")
    & ~SAME_NUMBER
    & (SUPPORT < 2)
    & ~(AT_OR_NEAR_THE_PLACE & ((AGAINST == 0) | SAME_PERSON_AND_TRADE)),
    "地址写的是别的县区，其他证据不全": (COUNTY == "contested")
    & ~AT_THE_PLACE
    & ~((NAME == "same") & (SUPPORT >= 1)),
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


def likely_links(
    pairs: pl.DataFrame, thresholds: Thresholds, one_unit: Callable[[pl.DataFrame], pl.Series]
) -> pl.DataFrame:
    """`pairs` with score → those worth a judgement, with verdict and, where unsure, why.

    `one_unit` tells of rows (e, rival) whether the two are evidently one unit that is listed twice.
    """
    ranked = (
        pairs.with_columns(better_placed=better_placed())
        .filter(pl.col("score") >= thresholds.unsure - MARGIN)
        .sort("d", "score", "code_unsure", "e", descending=[False, True, False, False])
    )
    ranked = ranked.with_columns(
        place=pl.int_range(pl.len()).over("d"), best=pl.col("score").first().over("d")
    )
    doubt = pl.coalesce(
        *(pl.when(holds).then(pl.lit(why)) for why, holds in DOUBTS.items()),
        pl.when(pl.col("d").is_in(_rivalled(ranked, one_unit).implode())).then(pl.lit(RIVAL)),
        pl.when((pl.col("score") < thresholds.sure) & ~CLEAR).then(pl.lit(BETWEEN)),
    )
    judged = ranked.filter(
        (pl.col("best") >= thresholds.unsure)
        & (pl.col("place") < SHOWN)
        & (
            (pl.col("place") == 0)
            | ((pl.col("best") - pl.col("score") < MARGIN) & (pl.col("score") >= thresholds.unsure))
        )
    )
    judged = judged.with_columns(method=pl.lit("model"), reason=doubt)
    # where the best stands, the others are that unit listed twice: nothing to choose from
    stands = ((pl.col("place") == 0) & pl.col("reason").is_null()).any().over("d")
    judged = judged.filter((pl.col("place") == 0) | ~stands)
    return judged.with_columns(
        verdict=pl.when(pl.col("reason").is_null()).then(pl.lit("sure")).otherwise(pl.lit("unsure"))
    ).drop("place", "best", "better_placed")


def _rivalled(ranked: pl.DataFrame, one_unit: Callable[[pl.DataFrame], pl.Series]) -> pl.Series:
    """Declarations (d) whose best employer has another one close behind that is not the same unit listed twice."""
    close = ranked.filter(pl.col("best") - pl.col("score") < MARGIN)
    first = close.filter(pl.col("place") == 0).select("d", "e")
    rivals = close.filter(pl.col("place") > 0).select("d", rival="e").join(first, on="d")
    return rivals.filter(~one_unit(rivals))["d"].unique()
