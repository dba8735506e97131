"""How far two names, addresses and numbers agree: one word per pair."""

from typing import Any

import polars as pl
import pytest

from models.rules.linking import prepare
from models.rules.name_similarity import name_levels
from models.rules.pair_evidence import evidence
from tests.link_worlds import CODE, OTHER_CODE, frame, unit

NAMES = {
    "相同": ("鑫鸿铸造", "鑫鸿铸造", "same"),
    "一字之差": ("鑫鸿铸造", "鑫泓铸造", "slip"),
    "末尾漏一字": ("鑫鸿铸造", "鑫鸿铸", "longer"),
    "前后颠倒": ("鑫鸿精密铸造", "鑫鸿密精铸造", "slip"),
    "两字之差": ("鑫鸿精密铸造", "鑫泓精蜜铸造", "slips"),
    "一厂二厂": ("鑫鸿铸造一厂", "鑫鸿铸造二厂", "numbered"),
    "第一第二": ("鑫鸿铸造第一项目部", "鑫鸿铸造第二项目部", "numbered"),
    "一方没有序号": ("鑫鸿铸造", "鑫鸿铸造二厂", "numbered"),
    "三江不是序号": ("三江鑫鸿铸造", "鑫鸿铸造", "front"),
    "后面多出矿区": ("鑫鸿铸造", "鑫鸿铸造矿区", "longer"),
    "长名多处误读": ("中桥隧道工程职教园区项目部", "中桥隧道工程职教原区顶目部", "slips"),
    "毫不相干": ("鑫鸿铸造", "大众砖厂", "other"),
}


@pytest.mark.parametrize(("left", "right", "word"), NAMES.values(), ids=NAMES.keys())
def test_names(left: str, right: str, word: str) -> None:
    assert name_levels(pl.Series([left]), pl.Series([right]))[0] == word
    assert name_levels(pl.Series([right]), pl.Series([left]))[0] == word


def levels(declared: dict[str, Any], listed: dict[str, Any], *others: dict[str, Any]) -> dict[str, str]:
    """Levels of the pair declared × listed; `others` are further listed units."""
    left, right = prepare(frame("entry", [declared]), frame("employer_id", [listed, *others]))
    pair = pl.DataFrame(
        {"d": [0], "e": [right["employer_id"].index_of(1)]}, schema={"d": pl.UInt32, "e": pl.UInt32}
    )
    return evidence(pair, left, right).row(0, named=True)


FIELDS = {
    "地址一字不差": ({"address": "柳堡路1号"}, {"address": "柳堡路1号"}, "address", "same"),
    "同路同号，写法不同": ({"address": "柳堡路1号院内"}, {"address": "拉堡镇柳堡路1号3栋"}, "address", "house"),
    "同路，一方无门牌": ({"address": "柳堡路"}, {"address": "柳堡路1号"}, "address", "street"),
    "邻居": ({"address": "柳堡路1号"}, {"address": "柳堡路3号"}, "address", "along"),
    "村和屯前后颠倒": ({"address": "古冲屯长洛村"}, {"address": "长洛村古冲屯"}, "address", "house"),
    "同村不同屯": ({"address": "长洛村古冲屯"}, {"address": "长洛村板江屯"}, "address", "along"),
    "东环路和西环路": ({"address": "东环路9号"}, {"address": "西环路9号"}, "address", "street"),
    "街道不是街": ({"address": "荣军街道荣军南路"}, {"address": "荣军南路18号"}, "address", "street"),
    "路名前的县区写错字": ({"address": "柳江匹柳堡路24号"}, {"address": "柳堡路24号"}, "address", "house"),
    "村的门牌写在楼栋后": ({"address": "2栋田上村4号"}, {"address": "田上村4号2栋"}, "address", "house"),
    "写了两条路，门牌属于后一条": ({"address": "鹅山街遒航生路1号"}, {"address": "航生路1号2栋"}, "address", "house"),
    "整个地址只差一个字": ({"address": "桥门材上桥屯"}, {"address": "桥门村上桥屯"}, "address", "street"),
    "只有路名，差一个字": ({"address": "东环路"}, {"address": "西环路"}, "address", "near"),
    "门牌里的数字成了字母": ({"address": "柳堡路2I号"}, {"address": "柳堡路21号"}, "address", "street"),
    "村名差一个字，没有门牌": ({"address": "沙上村"}, {"address": "沙三村板良屯"}, "address", "near"),
    "别处": ({"address": "柳堡路1号"}, {"address": "大埔街8号"}, "address", "other"),
    "没写地址": ({"address": None}, {"address": "大埔街8号"}, "address", "missing"),
    "行业只到大类": ({"industry": "33"}, {"industry": "3391"}, "industry", "group"),
    "行业不同": ({"industry": "3011"}, {"industry": "3391"}, "industry", "other"),
    "人数两成以内": ({"headcount": 25}, {"headcount": 30}, "headcount", "same"),
    "人数一倍以内": ({"headcount": 25}, {"headcount": 45}, "headcount", "near"),
    "人数悬殊": ({"headcount": 25}, {"headcount": 300}, "headcount", "other"),
    "县区不同": ({"county": "450205", "address": None}, {}, "county", "other"),
    "县区填错，地址写明": ({"county": "450205", "address": "柳州市柳江区柳堡路1号"}, {}, "county", "named"),
    "县区相同，地址写明别处": ({"address": "柳州市融安县长安镇新民路7号"}, {}, "county", "contested"),
    "地址写了两个县区": ({"county": "450205", "address": "柳江区柳堡路1号（融安县）"}, {}, "county", "other"),
    "电话差一位": ({"phone": "13800000011"}, {}, "phone", "near"),
    "电话相邻两位颠倒": ({"phone": "13800000010"}, {}, "phone", "near"),
    "电话差两位": ({"phone": "13800000055"}, {}, "phone", "other"),
    "电话填在代码栏": ({"credit_code": None, "damaged_code": "13800000001", "phone": None}, {}, "phone", "same"),
    "代码错一位": ({"credit_code": None, "damaged_code": f"{CODE[:10]}9{CODE[11:]}"}, {}, "code", "near"),
    "代码少一位": ({"credit_code": None, "damaged_code": CODE[:10] + CODE[11:]}, {}, "code", "near"),
    "代码相邻两位颠倒": ({"credit_code": None, "damaged_code": f"{CODE[:8]}375148460A"}, {}, "code", "near"),
    "名册上的代码错一位": ({}, {"credit_code": None, "damaged_code": f"{CODE[:10]}9{CODE[11:]}"}, "code", "near"),
    "代码错三位": ({"credit_code": None, "damaged_code": f"{CODE[:10]}999{CODE[13:]}"}, {}, "code", "missing"),
    "组织机构代码": ({"credit_code": None, "legacy_code": CODE[8:17]}, {}, "legacy", "same"),
    "组织机构代码不同": ({"credit_code": None, "legacy_code": OTHER_CODE[8:17]}, {}, "legacy", "other"),
    "注册号不同": (
        {"legacy_code": "450200000001234"},
        {"legacy_code": "450200000005678"},
        "legacy",
        "other",
    ),
    "写进名称的代码": ({"name_key": f"柳州市鑫鸿铸造有限公司{CODE}", "name_core": f"鑫鸿铸造有限公司{CODE}"}, {}, "name", "same"),
    "名称后的说明": ({"name_core": "鑫鸿铸造有限公司(已搬迁)"}, {}, "name", "same"),
    "组织形式写错字": ({"name_core": "鑫鸿铸造有公限司"}, {}, "name", "same"),
    "繁体字的行政区": ({"name_key": "廣西鑫鸿铸造有限公司", "name_core": "廣西鑫鸿铸造"}, {"name_key": "广西鑫鸿铸造有限公司"}, "name", "same"),
    "字号完好，别处两处误读": (
        {"name_key": "柳川市鑫鸿汽配力工有限公司", "name_core": "柳川市鑫鸿汽配力工"},
        {"name_key": "柳州市鑫鸿汽配加工有限公司", "name_core": "鑫鸿汽配加工"},
        "name",
        "slips",
    ),
    "字号误读，别处也误读": (
        {"name_key": "柳川市鑫泓汽配力工有限公司", "name_core": "柳川市鑫泓汽配力工"},
        {"name_key": "柳州市鑫鸿汽配加工有限公司", "name_core": "鑫鸿汽配加工"},
        "name",
        "other",
    ),
    "行政区写错字": ({"name_key": "刘州市鑫鸿铸造有限公司", "name_core": "刘州市鑫鸿铸造"}, {}, "name", "slip"),
}  # fmt: skip


@pytest.mark.parametrize(("declared", "listed", "field", "word"), FIELDS.values(), ids=FIELDS.keys())
def test_fields(declared: dict[str, Any], listed: dict[str, Any], field: str, word: str) -> None:
    assert levels(unit(**declared), unit(**listed))[field] == word


BRANCH = {"name_key": "柳州市鑫鸿铸造有限公司柳城分公司", "branch_part": "柳城分公司"}
PARTS = {
    "都不是分支": ({}, {}, "none"),
    "同一分公司": (BRANCH, BRANCH, "same"),
    "总公司与分公司": ({}, BRANCH, "one"),
    "自称分支，未写名称": ({"is_branch": True}, BRANCH, "unnamed"),
    "分公司与另一分公司": (BRANCH, {"name_key": "柳州市鑫鸿铸造有限公司鹿寨第二项目部", "branch_part": "鹿寨第二项目部"}, "other"),
    "分支名称差一个字": (BRANCH, {"name_key": "柳州市鑫鸿铸造有限公司柳诚分公司", "branch_part": "柳诚分公司"}, "near"),
    "写错的字遮住了分支字样": ({"name_key": "柳州市鑫鸿铸造有限公司柳城分么司", "is_branch": True}, BRANCH, "near"),
}  # fmt: skip


@pytest.mark.parametrize(("declared", "listed", "word"), PARTS.values(), ids=PARTS.keys())
def test_parts(declared: dict[str, Any], listed: dict[str, Any], word: str) -> None:
    assert levels(unit(**declared), unit(**listed))["part"] == word


def test_codes() -> None:
    """The parent's code on its branch's declaration is no other firm's code (F16)."""
    parent, branch = unit(), unit(**BRANCH, credit_code=OTHER_CODE)
    stranger = unit(name_key="柳州市大众砖厂", name_core="大众砖", credit_code=OTHER_CODE)
    assert levels(unit(**BRANCH), branch, parent)["code"] == "parents"
    assert (
        levels(unit(**BRANCH), unit(**BRANCH, credit_code=OTHER_CODE, parent_code=CODE))["code"] == "parents"
    )
    assert levels(unit(credit_code=OTHER_CODE), parent)["code"] == "other"
    assert levels(unit(credit_code=OTHER_CODE), parent, stranger)["code"] == "taken"
    assert levels(unit(credit_code=None), parent)["code"] == "missing"
