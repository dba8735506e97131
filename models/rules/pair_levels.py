"""What two descriptions of an employer have in common, field by field: the evidence every link rests on."""

from collections.abc import Callable

import polars as pl

from models.rules.compared_addresses import address_levels
from models.rules.compared_counties import county_levels
from models.rules.compared_phones import phone_levels
from models.rules.damaged_codes import nearly_equal
from models.rules.name_similarity import unit_name_levels
from models.rules.part_levels import part_levels

MISSING = "missing"
# Every field and the words for its agreement, in Chinese as the explanation prints them.
LEVELS: dict[str, dict[str, str]] = {
    "name": {
        "same": "相同",
        "slip": "差一个字",
        "slips": "差两个字",
        "close": "很相近",
        "longer": "一方后面多出字",
        "front": "一方前面多出字",
        "numbered": "序号不同",
        "alike": "相近",
        "other": "不同",
    },
    "part": {
        "none": "都不是分支",
        "same": "同一分支",
        "unnamed": "申报称是分支，没有写明哪个",
        "near": "分支名称相近",
        "one": "只有一方是分支",
        "other": "不同分支",
    },
    "code": {
        "same": "相同",
        "near": "校验位不对，只差一两位",
        "parents": "填的是上级代码",
        "other": "不同",
        "taken": "不同，且是名册中另一单位的代码",
        MISSING: "一方没有",
    },
    "legacy": {"same": "相符", "other": "不同", MISSING: "无可比对"},
    "phone": {"same": "相同", "near": "差一位", "other": "不同", MISSING: "一方没有"},
    "person": {"same": "一致", "other": "不一致", MISSING: "一方没有"},
    "address": {
        "same": "相同",
        "house": "同路同号",
        "street": "同路（村），一方无门牌（屯）",
        "along": "同路（村）不同号（屯）",
        "near": "路（村）名差一个字，无门牌可比",
        "other": "不同",
        MISSING: "一方没有",
    },
    "county": {
        "same": "相同",
        "named": "填报的不同，但地址写明是该县区",
        "contested": "填报的相同，但地址写的是别的县区",
        "other": "不同",
        MISSING: "一方没有",
    },
    "town": {"same": "相同", "other": "不同", MISSING: "一方没有"},
    "industry": {
        "same": "相同",
        "group": "同一中类或大类",
        "other": "不同",
        MISSING: "一方没有",
    },
    "headcount": {
        "same": "相近（两成以内）",
        "near": "相差一倍以内",
        "other": "相差更多",
        MISSING: "一方没有",
    },
}


def field_levels(left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    """`left` and `right` hold one row per pair (declaration, employer); a word per field of LEVELS."""
    names = unit_name_levels(left, right)
    parts = part_levels(left, right, names)
    others = {field: rule(left, right) for field, rule in RULES.items()}
    return pl.DataFrame({"name": names, "part": parts, **others}).select(*LEVELS)


def _pairs(left: pl.DataFrame, right: pl.DataFrame, *columns: str) -> pl.DataFrame:
    return pl.concat(
        [left.select(columns), right.select(pl.col(columns).name.suffix("_e"))], how="horizontal"
    )


def _code(left: pl.DataFrame, right: pl.DataFrame) -> pl.Series:
    """`owner_bare` is the distinctive name of the principal that owns the declared code, if any is listed (F16)."""
    pairs = _pairs(left, right, "credit_code", "bare", "is_part", "parent_code", "written_code", "damaged")
    pairs = pairs.with_columns(left["owner_bare"], **_slips(pairs))
    code, own = pl.col("credit_code"), pl.col("credit_code_e")
    of_parent = (pl.col("is_part") | pl.col("is_part_e")) & (
        (code == pl.col("parent_code_e"))
        | pl.col("near_parent")
        | (
            pl.col("bare_e").str.starts_with(pl.col("owner_bare"))
            & (pl.col("bare_e") != pl.col("owner_bare"))
        )
    )
    word = (
        pl.when(code == own)
        .then(pl.lit("same"))
        .when(pl.col("near_code"))
        .then(pl.lit("near"))
        .when(of_parent)
        .then(pl.lit("parents"))
        .when(code.is_null() | own.is_null())
        .then(pl.lit(MISSING))
        .when(pl.col("owner_bare").is_not_null())
        .then(pl.lit("taken"))
        .otherwise(pl.lit("other"))
    )
    return pairs.select(word).to_series()


def _slips(pairs: pl.DataFrame) -> dict[str, pl.Series]:
    """Where a code is damaged, whether it was meant to be the other side's, or that of the other side's parent."""
    damaged = pairs.select(pl.col("damaged") | pl.col("damaged_e")).to_series()
    own, theirs = (
        pairs[code].zip_with(damaged, _nothing(pairs)) for code in ("written_code", "written_code_e")
    )
    parent = pairs["parent_code_e"].zip_with(pairs["damaged"], _nothing(pairs))
    return {"near_code": nearly_equal(own, theirs), "near_parent": nearly_equal(own, parent)}


def _nothing(pairs: pl.DataFrame) -> pl.Series:
    return pl.repeat(None, pairs.height, dtype=pl.String, eager=True)


def _legacy(left: pl.DataFrame, right: pl.DataFrame) -> pl.Series:
    """Old numbers, where at least one side has no credit code: two codes are compared as codes."""
    kinds = ("registration", "organisation", "beginning")
    pairs = _pairs(left, right, "credit_code", *kinds)
    two_codes = pl.col("credit_code").is_not_null() & pl.col("credit_code_e").is_not_null()
    old = [
        pl.when(~two_codes | (kind == kinds[0])).then(pl.col(kind) == pl.col(f"{kind}_e")) for kind in kinds
    ]
    same, given = pl.any_horizontal(old), pl.any_horizontal(one.is_not_null() for one in old)
    word = pl.when(same).then(pl.lit("same")).when(given).then(pl.lit("other")).otherwise(pl.lit(MISSING))
    return pairs.select(word).to_series()


def _equal(column: str) -> Callable[[pl.DataFrame, pl.DataFrame], pl.Series]:
    def rule(left: pl.DataFrame, right: pl.DataFrame) -> pl.Series:
        a, b = pl.col(column), pl.col(f"{column}_e")
        word = (
            pl.when(a == b).then(pl.lit("same")).when(a != b).then(pl.lit("other")).otherwise(pl.lit(MISSING))
        )
        return _pairs(left, right, column).select(word).to_series()

    return rule


def _industry(left: pl.DataFrame, right: pl.DataFrame) -> pl.Series:
    pairs = _pairs(left, right, "industry")
    a, b = pl.col("industry"), pl.col("industry_e")
    word = (
        pl.when(a == b)
        .then(pl.lit("same"))
        .when(a.is_null() | b.is_null())
        .then(pl.lit(MISSING))
        .when(a.str.slice(0, 2) == b.str.slice(0, 2))
        .then(pl.lit("group"))
        .otherwise(pl.lit("other"))
    )
    return pairs.select(word).to_series()


def _headcount(left: pl.DataFrame, right: pl.DataFrame) -> pl.Series:
    pairs = _pairs(left, right, "headcount")
    few = pl.min_horizontal("headcount", "headcount_e")
    many = pl.max_horizontal("headcount", "headcount_e")
    word = (
        pl.when(pl.col("headcount").is_null() | pl.col("headcount_e").is_null())
        .then(pl.lit(MISSING))
        .when((few * 5 >= many * 4) | (many - few <= 2))
        .then(pl.lit("same"))
        .when(few * 2 >= many)
        .then(pl.lit("near"))
        .otherwise(pl.lit("other"))
    )
    return pairs.select(word).to_series()


RULES: dict[str, Callable[[pl.DataFrame, pl.DataFrame], pl.Series]] = {
    "code": _code,
    "legacy": _legacy,
    "phone": phone_levels,
    "person": _equal("person_hash"),
    "address": address_levels,
    "county": county_levels,
    "town": _equal("town"),
    "industry": _industry,
    "headcount": _headcount,
}
