"""Forms of an employer's name: equal names are equal as `name_key`; `name_core` and `branch_part` split it (Q10).

The same patterns serve one name (re) and a column (polars); tests hold the two together.
"""

import re
import unicodedata
from dataclasses import dataclass

import polars as pl

from models.rules.cell import Reading
from models.rules.columns import read_column
from models.rules.region import Gazetteer

HAN = "一-鿿㐀-䶿"
PLAIN_KEY = rf"^[{HAN}A-Z0-9()（）]+$"
OPENING, CLOSING = "（[【〔〈《「『{［", "）]】〕〉》」』}］"
BRACKETS = str.maketrans(OPENING + CLOSING, "(" * len(OPENING) + ")" * len(CLOSING))
NOISE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\"'“”‘’`´]|[。.,;:、]+$")
# what a clerk wrote behind the name about the firm is no part of it
NOTE = (
    r"\((?:(?:现|已|拟|暂)?(?:搬迁|搬走|迁出|迁走|停产|停业|停工|关闭|关停|注销|吊销|歇业|倒闭|拆除|转让|转产|更名|改名)"
    r"|(?:原名?|曾用名|现名)[^()]*)\)$"
)

LEGAL_FORM = (
    r"(?:集团|控股)?(?:股份有限公司|有限责任公司|有限公司|股份公司|集团公司|总公司|分公司|公司)$"
    r"|(?:农民)?专业合作社$|(?:合作社|个体工商户|个体户|合伙企业|集团|总厂|厂)$"
)
FORM_IN_BRACKETS = r"\((?:普通合伙|有限合伙|特殊普通合伙|个体工商户|个体|个人独资|集团|控股|有限)\)"
# What may follow a complete principal name; after …公司 also works named 厂 or 矿.
NAMED_BRANCH = "分公司|支公司|子公司|分厂|分店|分部|分行|支行|分院|分所|分社|分场|分校|分站|分矿|分理处"
PLACE_OF_WORK = (
    "项目经理部|项目部|项目|工程指挥部|指挥部|办事处|营业部|营业厅|经营部|销售部|门市部|门店|服务部|服务站|工作站|维修部"
    "|第?[一二三四五六七八九十0-9]+车间|车间|生产基地|基地|施工队|施工处|工程队|工区|作业区|搅拌站|拌合站|加油站|加气站|充电站|采石场|采场|石场|料场|砂场"
)
WORKS = "厂|矿|矿区|矿山|矿场|站|场|店|电站|仓库|工厂"
NUMBER = r"(?:\([0-9一二三四五六七八九十]+号?\))?"  # …项目部(2号)
AFTER_OTHER_ENDS = f"{NAMED_BRANCH}|项目经理部|项目部|办事处|车间|生产基地|施工队|施工处|工程队|搅拌站|矿区"
AFTER_COMPANY = rf"^(.+?公司)(.*?(?:{NAMED_BRANCH}|{PLACE_OF_WORK}|{WORKS}){NUMBER})$"
AFTER_OTHER = rf"^(.+(?:厂|矿|合作社|集团|院|校|学|所|中心|经营部|加工部|服务部|[场社店行馆站]))(.*(?:{AFTER_OTHER_ENDS}){NUMBER})$"
BARE_BRANCH = r"^(.+?)(分公司|支公司|分厂|分店|支行|分行)$"
MAYBE_BRANCH = rf"公司.*(?:{NAMED_BRANCH}|{PLACE_OF_WORK}|{WORKS})$|(?:{AFTER_OTHER_ENDS})$|[()]"


def name_key(name: str) -> str:
    """NFKC, blanks, quotes and notes like (已搬迁) out, one sort of bracket, upper case. Variant characters stay:
    they are not certain."""
    key = NOISE.sub("", unicodedata.normalize("NFKC", name).translate(BRACKETS).upper())
    return re.sub(NOTE, "", key) or key


def split_branch(key: str) -> tuple[str, str]:
    """(principal, branch part); the part is empty for a principal. A mine of its own is no branch."""
    flat = re.sub(r"\(([^()]*)\)$", lambda inner: _unwrap(inner), key)
    for pattern in (AFTER_COMPANY, AFTER_OTHER, BARE_BRANCH):
        parts = re.match(pattern, flat)
        if parts and not re.fullmatch(r"\(.*\)", parts[2]):
            return parts[1], parts[2]
    return key, ""


def _unwrap(inner: re.Match[str]) -> str:
    """…有限公司(柳江分公司) is …有限公司柳江分公司."""
    return inner[1] if re.search(rf"(?:{NAMED_BRANCH}|{PLACE_OF_WORK})$", inner[1]) else inner[0]


@dataclass(frozen=True)
class NameForms:
    """What of a name is the region's: taken from the gazetteer, not written here."""

    prefix: str  # pattern at the start
    in_brackets: str  # pattern of (柳州)

    @classmethod
    def of(cls, gazetteer: Gazetteer) -> "NameForms":
        province, city = gazetteer.province_name, gazetteer.city_name
        counties = _either({*gazetteer.counties, *gazetteer.aliases})
        short = [re.sub(r"(?:区|县|市)$", "", name) for name in (*gazetteer.counties, city) if len(name) <= 3]
        return cls(
            prefix=f"^(?:{province}|{province[:2]})?(?:{city}|{city[:-1]})?(?:{counties})?",
            in_brackets=rf"\((?:{_either({province, province[:2], city, *gazetteer.counties, *short})})\)",
        )

    def core(self, principal: str) -> str:
        """Without region, legal form and (柳州); never shorter than two characters, else the whole name."""
        bare = re.sub(FORM_IN_BRACKETS, "", re.sub(self.in_brackets, "", principal))
        bare = re.sub(LEGAL_FORM, "", re.sub(self.prefix, "", bare, count=1), count=1)
        return bare if len(bare) >= 2 else principal


def _either(names: set[str]) -> str:
    return "|".join(sorted(map(re.escape, names), key=lambda name: (-len(name), name)))


def name_keys(names: pl.Series) -> pl.Series:
    plain = names.to_frame("name").select(
        pl.when(pl.col("name").str.contains(PLAIN_KEY)).then(
            pl.col("name")
            .str.replace_all("（", "(", literal=True)
            .str.replace_all("）", ")", literal=True)
            .str.replace(f"(.){NOTE}", "${1}")
        )
    )
    return read_column(
        names, lambda name: Reading(name_key(name)), pl.String(), plain=plain.to_series()
    ).values


def name_parts(keys: pl.Series, forms: NameForms) -> pl.DataFrame:
    """name_core and branch_part of normal names: by pattern where nothing is in brackets and nothing hints at a branch."""
    key = pl.col("key")
    bare = key.str.replace(forms.prefix, "").str.replace(LEGAL_FORM, "")
    rows = keys.to_frame("key").with_columns(
        unhandy=key.str.contains(MAYBE_BRANCH),
        bare=pl.when(bare.str.len_chars() >= 2).then(bare).otherwise(key),
    )
    slow = rows.filter("unhandy").select(key).unique()
    parts = [split_branch(name) for name in slow["key"]]
    lookup = slow.with_columns(
        core=pl.Series([forms.core(principal) for principal, _ in parts], dtype=pl.String),
        branch=pl.Series([branch for _, branch in parts], dtype=pl.String),
    )
    found = rows.join(lookup, on="key", how="left", maintain_order="left")
    return found.select(
        name_core=pl.coalesce("core", "bare"),
        branch_part=pl.when(key.is_not_null()).then(pl.coalesce("branch", pl.lit(""))),
    )
