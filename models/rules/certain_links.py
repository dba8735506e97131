"""The rules by which a declaration is surely an employer's, each a word and a condition on the evidence of a pair.

Nobody is cleared by a guess: where anything speaks against it, the pair is left to the model and to people.
"""

import polars as pl

NAME, PART, CODE, LEGACY = pl.col("name"), pl.col("part"), pl.col("code"), pl.col("legacy")
COUNTY, PHONE, PERSON = pl.col("county"), pl.col("phone"), pl.col("person")
AT_THE_PLACE = pl.col("address").is_in(["same", "house"])
AT_OR_NEAR_THE_PLACE = AT_THE_PLACE | (pl.col("address") == "street")
FAR = pl.col("address") == "other"
ELSEWHERE = pl.col("address").is_in(["along", "other"])

NEARLY = ["same", "slip", "slips", "close"]
SUPPORT = AT_THE_PLACE.cast(pl.Int8) + (PHONE == "same").cast(pl.Int8) + (PERSON == "same").cast(pl.Int8)
AGAINST = ELSEWHERE.cast(pl.Int8) + (PHONE == "other").cast(pl.Int8) + (PERSON == "other").cast(pl.Int8)

# A declaration that says it is a branch and signs with the firm's name is told by the place and its people.
PART_FITS = PART.is_in(["none", "same"]) | (
    (PART == "unnamed")
    & ((AT_THE_PLACE & (SUPPORT >= 2)) | (NAME.is_in(NEARLY) & AT_OR_NEAR_THE_PLACE & (SUPPORT >= 1)))
)
NO_OTHER_CODE = ~CODE.is_in(["other", "taken"])
NO_OTHER_NUMBER = NO_OTHER_CODE & (LEGACY != "other")
# Another county is another workplace (Q10), unless the place itself or its people say it is the same one.
IN_THE_COUNTY = COUNTY.is_in(["same", "named"])
SAME_WORKPLACE = IN_THE_COUNTY | AT_THE_PLACE | ((PHONE == "same") & (PERSON == "same"))
# What a longer name adds may be a works of its own: only the place itself tells.
NAMES_AGREE = (
    (NAME == "same")
    | (NAME.is_in(["slip", "slips", "close", "alike"]) & (SUPPORT >= 1))
    | (NAME.is_in(["slip", "slips"]) & ((AGAINST == 0) | ((AGAINST == 1) & ~FAR)))
    | (NAME.is_in(["longer", "front"]) & AT_THE_PLACE)
)
# A works that signs with its firm's name and code is told by its own phone, people, address and size.
NOT_ANOTHER_WORKS = ((SUPPORT >= 1) | (AGAINST <= 1)) & ~(ELSEWHERE & (pl.col("headcount") == "other"))
# A name that no other listed unit has, and that no declarant of another code uses in this county.
ONLY_BEARER = pl.col("name_alone") & pl.col("codes_agree")

CODE_PLACED = PART_FITS & NAMES_AGREE & NOT_ANOTHER_WORKS & (SAME_WORKPLACE | (COUNTY == "missing"))

NOTHING_AGAINST = AT_OR_NEAR_THE_PLACE & (SUPPORT >= 1) & (AGAINST == 0) & (pl.col("industry") == "same")

RULES: dict[str, pl.Expr] = {
    "code": (CODE == "same") & CODE_PLACED,
    "code_damaged": (CODE == "near") & CODE_PLACED & (NAME != "alike"),
    "code_renamed": (
        CODE.is_in(["same", "near"])
        & (PART == "none")
        & (NAME != "numbered")
        & IN_THE_COUNTY
        & (((SUPPORT >= 2) & (AGAINST <= 1)) | (NOTHING_AGAINST & (NAME != "longer")))
    ),
    "legacy": (LEGACY == "same") & PART_FITS & NAMES_AGREE & SAME_WORKPLACE & NO_OTHER_CODE,
    "name_county": (
        (NAME == "same")
        & IN_THE_COUNTY
        & PART_FITS
        & NO_OTHER_NUMBER
        & NOT_ANOTHER_WORKS
        & (
            (ONLY_BEARER & (AGAINST <= 1))
            | (ONLY_BEARER & (PERSON == "same"))
            | ((SUPPORT >= 1) & (AGAINST <= 1) & ~ELSEWHERE)
            | (SUPPORT >= 2)
        )
    ),
}
WHY = {
    "code": "统一社会信用代码相同，名称相符，是同一作业场所，分支关系不矛盾",
    "code_damaged": "填报的统一社会信用代码校验位不对，与该单位的代码只差一两位，名称相符，是同一作业场所",
    "code_renamed": "统一社会信用代码相同（或只差一两位），名称已变更，但县区以及地址、电话、法定代表人中的两项一致，或同路、同行业而没有相反的证据",
    "legacy": "注册号相同，名称相符，是同一作业场所",
    "name_county": "名称和县区相同，代码不矛盾，且没有同名的另一单位或另有联系信息佐证",
    "sibling": "与该单位另一条已确定的申报相符（代码、注册号或名称和县区）",
    "model": "没有确定的规则，按各项证据的得分判断",
    "person": "人工判断",
}


def certain_links(pairs: pl.DataFrame) -> pl.DataFrame:
    """Pairs that a rule makes sure, one employer for each declaration: the rule's word is `method`.

    The first rule that holds decides. Where it holds for several employers, the one in the declared county, if it
    is the only one there; else nobody.
    """
    ruled = pairs.with_columns(method=_first_rule(), rank=_rank())
    ruled = ruled.filter(pl.col("method").is_not_null() & ~better_placed())
    best = ruled.filter(pl.col("rank") == pl.col("rank").min().over("d"))
    return best.filter(pl.len().over("d") == 1).drop("rank")


def better_placed() -> pl.Expr:
    """Another unit of the declared code or firm lies where the declaration says, this one does not: it is a works'."""
    of_the_firm = CODE.is_in(["same", "near", "parents"]) | (NAME == "longer")
    there = AT_THE_PLACE | (AT_OR_NEAR_THE_PLACE & (PHONE == "same"))
    return (there & of_the_firm).any().over("d") & ELSEWHERE


def holds() -> pl.Expr:
    """Any of the rules."""
    return pl.any_horizontal(*RULES.values()).fill_null(False)


def _first_rule() -> pl.Expr:
    return pl.coalesce(pl.when(condition).then(pl.lit(word)) for word, condition in RULES.items())


def _rank() -> pl.Expr:
    """Order of the rules, and within a rule the declared county first."""
    elsewhere = (~IN_THE_COUNTY).cast(pl.Int8)
    return pl.coalesce(
        pl.when(condition).then(place * 2 + elsewhere) for place, condition in enumerate(RULES.values())
    )
