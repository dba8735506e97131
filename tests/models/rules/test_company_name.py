import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.rules.company_name import NameForms, name_key, name_keys, name_parts, split_branch
from tests.make_regions import GAZETTEER

FORMS = NameForms.of(GAZETTEER)

KEYS = [
    pytest.param("柳州市鑫鸿机械有限公司", "柳州市鑫鸿机械有限公司", id="plain"),
    pytest.param(
        " 柳州市 鑫鸿机械\u200b有限公司　", "柳州市鑫鸿机械有限公司", id="white space and zero width"
    ),
    pytest.param("鑫鸿（柳州）机械有限公司", "鑫鸿(柳州)机械有限公司", id="full-width brackets"),
    pytest.param("鑫鸿【柳州〕机械有限公司", "鑫鸿(柳州)机械有限公司", id="other brackets"),
    pytest.param("柳州ａｂｃ１２机械有限公司", "柳州ABC12机械有限公司", id="full-width Latin and digits"),
    pytest.param("“鑫鸿”机械有限公司。", "鑫鸿机械有限公司", id="quotes and a full stop"),
    pytest.param("柳州市鑫鸿机械有限公司（已搬迁）", "柳州市鑫鸿机械有限公司", id="a clerk's note"),
    pytest.param("柳州市鑫鸿机械有限公司（原宏达厂）", "柳州市鑫鸿机械有限公司", id="the former name"),
    pytest.param("（停产）", "(停产)", id="nothing but a note"),
    pytest.param("柳州市釆石场", "柳州市釆石场", id="a variant character is not certain"),
]


@pytest.mark.parametrize(("name", "key"), KEYS)
def test_name_key(name: str, key: str) -> None:
    assert name_key(name) == key


PARTS = [
    pytest.param("柳州市鑫鸿汽车配件有限公司", "鑫鸿汽车配件", "", id="principal"),
    pytest.param("广西壮族自治区柳州市柳江区鑫鸿建材厂", "鑫鸿建材", "", id="region prefix and 厂"),
    pytest.param("柳江县鑫鸿建材厂", "鑫鸿建材", "", id="old county"),
    pytest.param("三江侗族自治县茶油厂", "茶油", "", id="autonomous county"),
    pytest.param("鑫鸿（柳州）汽车配件股份有限公司", "鑫鸿汽车配件", "", id="region in brackets"),
    pytest.param("柳州鑫鸿（集团）有限责任公司", "鑫鸿", "", id="group in brackets"),
    pytest.param("柳北区老张汽修店（个体工商户）", "老张汽修店", "", id="sole trader"),
    pytest.param("柳州市柳江区公司", "柳州市柳江区公司", "", id="nothing would be left"),
    pytest.param("柳州市凤山矿", "凤山矿", "", id="a mine of its own"),
    pytest.param("柳州市厂前路汽修有限公司", "厂前路汽修", "", id="厂 inside a name"),
    pytest.param("柳州市鑫鸿汽车配件有限公司柳江分公司", "鑫鸿汽车配件", "柳江分公司", id="branch"),
    pytest.param(
        "柳州市鑫鸿汽车配件有限公司（柳江分公司）", "鑫鸿汽车配件", "柳江分公司", id="branch in brackets"
    ),
    pytest.param("柳州市厂前路汽修有限公司柳江分公司", "厂前路汽修", "柳江分公司", id="厂 before 公司"),
    pytest.param("中铁二十局集团有限公司柳州项目部", "中铁二十局", "柳州项目部", id="building site"),
    pytest.param("广西柳州钢铁集团有限公司屯秋铁矿", "钢铁", "屯秋铁矿", id="mine of a company"),
    pytest.param("广西柳州钢铁集团有限公司炼铁厂", "钢铁", "炼铁厂", id="works of a company"),
    pytest.param("柳州市鑫鸿汽车配件有限公司第二车间", "鑫鸿汽车配件", "第二车间", id="workshop"),
    pytest.param(
        "柳州市鑫鸿汽车配件有限公司柳江项目部（2号）",
        "鑫鸿汽车配件",
        "柳江项目部(2号)",
        id="second site of one name",
    ),
    pytest.param("柳州市鑫鸿仓储中心(2号)", "鑫鸿仓储中心(2号)", "", id="a number behind no branch"),
    pytest.param("柳州市鑫鸿汽车配件厂柳江分厂", "鑫鸿汽车配件", "柳江分厂", id="branch works of a works"),
    pytest.param("柳州市市场口饭店柳江分店", "市场口饭店", "柳江分店", id="branch shop"),
    pytest.param("柳州市锦兴模具有限公司施工队", "锦兴模具", "施工队", id="building gang"),
    pytest.param("柳州市通德锻压厂生产基地", "通德锻压", "生产基地", id="second site of a works"),
    pytest.param("柳州晋合铸造经营部第二项目部", "晋合铸造经营部", "第二项目部", id="site of a trader"),
    pytest.param("柳州银行柳江支行", "银行", "柳江支行", id="bank branch"),
    pytest.param("中国电信柳州分公司", "中国电信柳州", "分公司", id="branch without a principal named"),
]


@pytest.mark.parametrize(("name", "core", "branch"), PARTS)
def test_name_parts(name: str, core: str, branch: str) -> None:
    principal, part = split_branch(name_key(name))
    assert (FORMS.core(principal), part) == (core, branch)


def test_missing_name_stays_missing() -> None:
    assert name_parts(name_keys(pl.Series([None], dtype=pl.String)), FORMS).row(0) == (None, None)


WORDS = [
    "柳州市",
    "广西",
    "柳江区",
    "鑫鸿",
    "Ab1",
    "（",
    ")",
    "柳州",
    " ",
    "机械",
    "有限公司",
    "厂",
    "矿",
    "分公司",
]
WORDS += [
    "项目部",
    "集团",
    "股份",
    "分店",
    "公司",
    "加油站",
    "·",
    "车间",
    "三江县",
    "个体工商户",
    "Ⅱ",
    "、",
    "\u200b",
]
NAMES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=7).map("".join)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.one_of(NAMES, st.text(min_size=1, max_size=12), st.none()), max_size=30))
def test_columns_agree(names: list[str | None]) -> None:
    keys = name_keys(pl.Series(names, dtype=pl.String))
    assert keys.to_list() == [name and name_key(name) for name in names]
    split = [(None, None) if key is None else split_branch(key) for key in keys]
    expected = [(None, None) if name is None else (FORMS.core(name), part) for name, part in split]
    assert name_parts(keys, FORMS).rows() == expected
