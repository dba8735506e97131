import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.rules.place import address_places, places, read_address_place, read_county, read_town
from models.rules.region import NOWHERE, Place
from tests.make_regions import GAZETTEER

COUNTIES = [
    *[
        pytest.param(text, Place("450206"), id=text)
        for text in (
            "柳江区",
            "柳江",
            "柳州市柳江区",
            "广西壮族自治区/柳州市/柳江区",
            "广西柳州市柳江",
            "450206",
            "450206000000",
            "450206.0",
            "４５０２０６",
            "柳江县",
            "450221",
            "柳 江 区",
        )
    ],
    pytest.param("三江县", Place("450226"), id="三江县"),
    pytest.param("三江侗族自治县", Place("450226"), id="三江侗族自治县"),
    pytest.param("融水", Place("450225"), id="融水 as autonomous county"),
    pytest.param("三江侗族自治", Place("450226"), id="县 cut off"),
    pytest.param("柳州市柳东新", Place("450203"), id="区 cut off a zone"),
    pytest.param("广西壮族自治区/柳州市/450221", Place("450206"), id="code at the end of a path"),
    pytest.param("广西壮族自治区/柳州市", NOWHERE, id="path to the city"),
    pytest.param("柳东新区", Place("450203"), id="zone with a county"),
    pytest.param("北部生态新区", Place(zone="北部生态新区"), id="zone not decided"),
    pytest.param("南宁市", Place(outside=True), id="other city"),
    pytest.param("南宁市青秀区", Place("450103", outside=True), id="county of another city"),
    pytest.param("450103", Place("450103", outside=True), id="code of another city's county"),
    pytest.param("330203001", Place("330203", outside=True), id="code of another province"),
    pytest.param("450206100", Place("450206", "450206100"), id="town code"),
    pytest.param("450206999", Place("450206"), id="town code not in the list"),
    pytest.param("450221100", Place("450206"), id="old town code"),
    pytest.param("450200", NOWHERE, id="the city's own code"),
    pytest.param("450000", NOWHERE, id="the province's own code is not outside"),
    pytest.param("柳州市", NOWHERE, id="only the city"),
    pytest.param("月球", NOWHERE, id="nonsense"),
]


@pytest.mark.parametrize(("text", "place"), COUNTIES)
def test_read_county(text: str, place: Place) -> None:
    assert read_county(text, GAZETTEER) == place


TOWNS = [
    pytest.param("雒容镇", Place("450203", "450203100"), id="full"),
    pytest.param("雒容", Place("450203", "450203100"), id="short"),
    pytest.param("柳石街道办事处", Place("450204", "450204005"), id="office"),
    pytest.param("柳南街道", Place("450204", "450204004"), id="street named like a county"),
    pytest.param("450203100", Place("450203", "450203100"), id="code"),
    pytest.param("柳江区拉堡镇", Place("450206", "450206100"), id="with county"),
    pytest.param("某某镇", NOWHERE, id="unknown"),
]


@pytest.mark.parametrize(("text", "place"), TOWNS)
def test_read_town(text: str, place: Place) -> None:
    assert read_town(text, GAZETTEER) == place


ADDRESSES = [
    pytest.param("广西壮族自治区柳州市柳江区拉堡镇柳堡路18号", Place("450206", "450206100"), id="full"),
    pytest.param("柳江县拉堡镇柳堡路18号", Place("450206", "450206100"), id="old county name"),
    pytest.param("雒容镇工业园", Place("450203", "450203100"), id="town only"),
    pytest.param("柳州市柳北区胜利路", Place("450205"), id="county only"),
    pytest.param("柳东新区官塘大道1号", Place("450203"), id="zone"),
    pytest.param(
        "北部生态新区沙塘镇", Place("450205", "450205101"), id="the town goes before an undecided zone"
    ),
    pytest.param("北部生态新区1号", Place(zone="北部生态新区"), id="undecided zone"),
    pytest.param("屏山大道286号", NOWHERE, id="only a road"),
    pytest.param("柳南区与柳江区交界处", NOWHERE, id="two counties"),
    pytest.param("鹿寨县雒容镇", NOWHERE, id="the town is another county's now"),
    pytest.param("广东省东莞市长安镇", Place(outside=True), id="another province"),
    pytest.param("东莞市长安镇", NOWHERE, id="a town of the same name elsewhere"),
    pytest.param("来宾市兴宾区某路", Place("451302", outside=True), id="another city of the province"),
    pytest.param(
        "广西壮族自治区南宁市青秀区", Place("450103", outside=True), id="another city, with the province"
    ),
    pytest.param("忻城县城关镇", Place("451321", outside=True), id="another county without its city"),
    pytest.param("柳州市柳南区上海市场旁", Place("450204"), id="a market is no city"),
]


@pytest.mark.parametrize(("text", "place"), ADDRESSES)
def test_read_address_place(text: str, place: Place) -> None:
    assert read_address_place(text, GAZETTEER) == place


def test_every_county_and_town_is_found_by_its_own_name() -> None:
    for name, code in GAZETTEER.counties.items():
        assert read_county(name, GAZETTEER).county == code
        assert read_address_place(f"柳州市{name}某路1号", GAZETTEER).county == code
    for name, code in GAZETTEER.towns.items():
        assert read_address_place(f"柳州市{name}某路1号", GAZETTEER) == Place(code[:6], code)


WORDS = [
    *GAZETTEER.words[::7],
    "柳州市",
    "柳江区",
    "柳江",
    "柳",
    "江",
    "县",
    "广西",
    "东莞市",
    "拉堡镇",
    "路",
    "1号",
    "超市",
    " ",
]
TEXTS = st.one_of(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map("".join), st.text(max_size=8), st.none()
)


@settings(max_examples=80, deadline=None)
@given(st.lists(TEXTS, max_size=30))
def test_columns_agree(texts: list[str | None]) -> None:
    column = pl.Series(texts, dtype=pl.String)
    for found, rule in (
        (address_places(column, GAZETTEER), read_address_place),
        (places(column, read_county, GAZETTEER), read_county),
    ):
        expected = [(None,) * 4 if text is None else tuple(rule(text, GAZETTEER)) for text in texts]
        assert found.rows() == expected
