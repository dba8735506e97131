import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.rules.address import AddressForms, address_keys
from tests.make_regions import GAZETTEER

FORMS = AddressForms.of(GAZETTEER)
PLAIN = "屏山大道286号1栋3楼3-1室"

SAME = [
    pytest.param(PLAIN, id="plain"),
    pytest.param("广西壮族自治区柳州市鱼峰区屏山大道286号1栋3楼3-1室", id="region names"),
    pytest.param("广西柳州市鱼峰区五里亭街道屏山大道286号1栋3楼3-1室", id="with the street office's area"),
    pytest.param("鱼峰区五里亭街道办事处屏山大道286号1栋3楼3-1室", id="street office"),
    pytest.param("柳州鱼峰区屏山大道286号1栋3楼3-1室", id="柳州 without 市"),
    pytest.param("屏山大道２８６号１幢３楼３－１室", id="full width, 幢"),
    pytest.param("屏山大道286号1号楼3层3-1室（集中办公区）", id="号楼, 层, brackets"),
    pytest.param("屏山大道二百八十六号一栋三楼3—1室", id="Chinese numerals and a dash"),
    pytest.param("屏山大道 286 号，1#楼3楼3-1室。", id="blanks, marks, #"),
]


@pytest.mark.parametrize("address", SAME)
def test_ways_of_writing_one_address(address: str) -> None:
    assert FORMS.key(address) == PLAIN


APART = [
    pytest.param("西环路1、2号", "西环路12号", id="two numbers are not one"),
    pytest.param("西环路3-1号", "西环路31号", id="the hyphen counts"),
    pytest.param("东一路5号", "东二路5号", id="numbered roads"),
    pytest.param("屏山大道286号", "屏山大道28号", id="the number counts"),
]


@pytest.mark.parametrize(("one", "other"), APART)
def test_different_addresses_stay_different(one: str, other: str) -> None:
    assert FORMS.key(one) != FORMS.key(other)


def test_a_road_named_like_the_city_keeps_its_name() -> None:
    assert FORMS.key("柳州大道1号") == "柳州大道1号"


def test_only_region_names_leave_nothing_to_compare() -> None:
    assert address_keys(pl.Series(["柳州市柳江区", None]), FORMS).to_list() == [None, None]


WORDS = [
    "柳州市",
    "广西",
    "柳江区",
    "拉堡镇",
    "柳石街道",
    "办事处",
    "屏山大道",
    "二百",
    "十八",
    "3",
    "-",
    "号",
    "楼",
    "幢",
    "（",
]
WORDS += [
    ")",
    "集中",
    "、",
    " ",
    "#",
    "栋",
    "层",
    "A",
    "ａ",
    "１",
    "～",
    "之",
    "柳东新区",
    "\u3000",
    "【",
    "室",
]
ADDRESSES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=10).map("".join)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.one_of(ADDRESSES, st.text(min_size=1, max_size=12), st.none()), max_size=30))
def test_column_agrees(addresses: list[str | None]) -> None:
    keys = address_keys(pl.Series(addresses, dtype=pl.String), FORMS)
    assert keys.to_list() == [
        None if address is None else FORMS.key(address) or None for address in addresses
    ]
