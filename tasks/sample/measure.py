"""How dirty the files came out, measured on what was written."""

from dataclasses import dataclass

import polars as pl

from tasks.sample.paper import UNIT, Document

LEGAL_FORMS = r"(股份有限公司|有限责任公司|有限公司|公司)$"
REGIONS = r"^(广西壮族自治区|广西)?(柳州市|柳州)?"
LONGEST = 24


@dataclass(frozen=True)
class Dirt:
    """Shares of declarations, but for near_names (of registered units)."""

    code_recall: float  # declarations whose code, normalised, is one their own unit is listed with
    name_recall: float  # the same by the raw name
    wrong_county: float  # another county than the workplace is stated
    branch_on_parent_code: float
    near_names: float  # names one character, or only the legal form, from another firm's
    other_address: float  # not the listed text, white space, width and region prefixes aside

    def least(self) -> dict[str, bool]:
        """The bounds of the issue."""
        return {
            "code_recall": self.code_recall <= 0.75,
            "name_recall": self.name_recall <= 0.55,
            "wrong_county": self.wrong_county >= 0.05,
            "branch_on_parent_code": self.branch_on_parent_code >= 0.03,
            "near_names": self.near_names >= 0.02,
            "other_address": self.other_address >= 0.15,
        }


def measure(
    units: pl.DataFrame, employers: list[Document], declarations: Document, counties: dict[str, str]
) -> Dirt:
    declared = declarations.tables[0].frame
    true = declared.filter(pl.col(UNIT) != "")
    listed = _listed(employers)
    facts = true.join(
        units.select(pl.col("unit").alias(UNIT), "county", "parent_code", "code"), on=UNIT, how="left"
    )
    return Dirt(
        code_recall=_share_found(true, listed, "统一社会信用代码", "code", normal_code),
        name_recall=_share_found(true, listed, "单位名称", "name", lambda c: c),
        wrong_county=_wrong_county(facts, counties),
        branch_on_parent_code=_mean(facts, normal_code(pl.col("统一社会信用代码")) == pl.col("parent_code")),
        near_names=near_names(units.filter("registered")["name"]),
        other_address=1 - _share_found(true, listed, "作业场所地址", "address", normal_address),
    )


COLUMNS = {
    "name": ("企业名称", "comp_nm", "字号名称", "单位名称", "用人单位名称", "会员单位"),
    "code": ("统一社会信用代码", "uni_social_crd_cd", "信用代码"),
    "address": ("生产经营地", "pro_loc", "经营场所", "作业场所地址", "地址", "通讯地址"),
}


def _listed(documents: list[Document]) -> pl.DataFrame:
    """Every employer row of every list: what an exact join could find."""
    frames = []
    for document in documents:
        for table in document.tables:
            chosen = {
                to: next((n for n in names if n in table.frame.columns), None)
                for to, names in COLUMNS.items()
            }
            columns = [(pl.col(n) if n else pl.lit(None, pl.String)).alias(to) for to, n in chosen.items()]
            frames.append(table.frame.select(UNIT, *columns))
    return pl.concat(frames)


def normal_code(text: pl.Expr) -> pl.Expr:
    return text.str.normalize("NFKC").str.strip_chars().str.to_uppercase()


def normal_address(text: pl.Expr) -> pl.Expr:
    return text.str.normalize("NFKC").str.replace_all(r"\s", "").str.replace(REGIONS, "")


def _share_found(declared: pl.DataFrame, listed: pl.DataFrame, column: str, against: str, normal) -> float:  # type: ignore[no-untyped-def]
    left = declared.select(UNIT, key=normal(pl.col(column)))
    right = listed.select(UNIT, key=normal(pl.col(against))).filter(pl.col("key") != "").unique()
    return left.join(right, on=[UNIT, "key"], how="semi").height / max(1, len(declared))


def _wrong_county(facts: pl.DataFrame, counties: dict[str, str]) -> float:
    """Reads the stated county as a person would: 柳江县 is 柳江区, and a zone says nothing."""
    stated = pl.col("所属地区").str.split("/").list.last().str.strip_chars()
    short = {name[:2]: code for code, name in counties.items()} | {"450221": "450206"}
    read = stated.str.strip_prefix("柳州市").str.head(2).replace_strict(short, default=None)
    return _mean(facts, read.is_not_null() & (read != pl.col("county")))


def near_names(names: pl.Series) -> float:
    """One substituted character apart, or equal but for region and legal form: blank each place in turn and look for a twin."""
    core = names.str.replace(REGIONS, "").str.replace(LEGAL_FORMS, "").str.slice(0, LONGEST)
    frame = pl.DataFrame({"core": core})
    near = pl.Series([False]).new_from_index(0, len(frame)) | core.is_duplicated()
    for place in range(int(core.str.len_chars().max() or 0)):  # type: ignore[arg-type]
        blanked = frame.select(
            pl.when(pl.col("core").str.len_chars() > place)
            .then(pl.col("core").str.slice(0, place) + "？" + pl.col("core").str.slice(place + 1))
            .hash()
        ).to_series()
        near |= blanked.is_duplicated() & (core.str.len_chars() > place)
    return float(near.mean() or 0)  # type: ignore[arg-type]


def _mean(frame: pl.DataFrame, flag: pl.Expr) -> float:
    return float(frame.select(flag.fill_null(False).mean()).item() or 0)
