"""The campaign file of Liuzhou says what the plan says, and no mistake in it gets past (C01-C05, C20-C26)."""

from datetime import date
from pathlib import Path

import pytest

from models.campaign import Campaign, load_campaign
from models.inbound import EMPLOYER_KINDS, Kind
from models.reference import city_counties

FOLDER = Path("deployments/campaigns")
FILE = FOLDER / "liuzhou-2024-2025.toml"
ANNEX_1 = Path("tests/data/plan_annex_1.txt").read_text("utf-8")


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    return load_campaign(FILE)


def test_basis_document_and_years(campaign: Campaign) -> None:
    """C01"""
    assert (campaign.key, campaign.basis.document, campaign.years) == (
        FILE.stem,
        "桂卫职健发〔2024〕3号",
        (2024, 2025),
    )


def test_ten_counties_in_the_order_of_gbt_2260(campaign: Campaign) -> None:
    """Q15, 2.8"""
    listed = [(county.code, county.name) for county in campaign.counties]
    assert listed == city_counties().select("code", "name").rows()[1:]
    assert len(listed) == 10


@pytest.mark.parametrize(
    ("name", "county"),
    [
        ("柳江县", "450206"),
        ("450221", "450206"),
        ("阳和工业新区", "450203"),
        ("柳东新区", "450203"),
        ("北部生态新区", ""),
    ],
)
def test_zones_and_old_names(campaign: Campaign, name: str, county: str) -> None:
    """Q15: empty is 'nobody has decided', and the unit goes to the visible list."""
    assert campaign.region_aliases[name] == county


def test_what_is_due_when(campaign: Campaign) -> None:
    """C02-C04, C25, C26, 1.6"""
    assert {duty.key: duty.due for duty in campaign.obligations} == {
        "verification": date(2024, 8, 9),
        "summary-2024": date(2024, 12, 15),
        "summary-2025": date(2025, 11, 15),
    }
    assert {(one.key, one.due, one.target_percent, one.min_headcount) for one in campaign.indicators} == {
        ("I1", date(2024, 12, 31), 100, None),
        ("I2a", date(2024, 12, 31), 100, None),
        ("I2b", date(2024, 12, 31), 100, None),
        ("I2c", date(2024, 12, 31), 100, None),
        ("I2", date(2024, 12, 31), 100, None),
        ("I3", date(2025, 12, 31), 100, 10),
    }


def test_the_union_is_of_all_programmes(campaign: Campaign) -> None:
    """C03"""
    union = next(one for one in campaign.indicators if one.key == "I2")
    assert set(union.programmes) == {programme.key for programme in campaign.programmes}


def test_reasons_for_leaving_are_those_of_the_formulas(campaign: Campaign) -> None:
    """1.7, Q2"""
    assert [reason.name for reason in campaign.removal_reasons] == [
        "注销",
        "无危害",
        "停产>6月",
        "重复",
        "非本辖区",
        "其他",
    ]


@pytest.mark.parametrize(
    "quote",
    [
        pytest.param("{0.law}", id="引语"),
        pytest.param("{0.duty.article}：{0.duty.text}", id="A01"),
        pytest.param("{0.penalty.article}：{0.penalty.text}", id="A02"),
        pytest.param("{0.catalogue}", id="A03"),
    ],
)
def test_law_is_quoted_word_for_word(campaign: Campaign, quote: str) -> None:
    """A01, A02, A03, Q12: whole lines of annex 1."""
    assert f"\n{quote.format(campaign.legal)}\n" in ANNEX_1


def test_addresses_are_exact(campaign: Campaign) -> None:
    """A06"""
    assert campaign.links.manual == "http://wjw.liuzhou.gov.cn/xwzx/tzgg/t19700101_3497369.shtml"
    assert campaign.links.platform == "https://gxzyjkapp.gxws.cn:17010/webgxzywstypt/login"


@pytest.mark.parametrize(
    ("fact", "next_best"),
    [("industry", Kind.SURVEY), ("state", Kind.REGISTRY), ("headcount", Kind.DECLARATIONS)],
)
def test_precedence_is_complete_for_every_fact(campaign: Campaign, fact: str, next_best: Kind) -> None:
    """C07, Q8; what a county corrected goes before every list."""
    order = campaign.precedence.order(fact)
    assert order[:2] == (Kind.VERIFICATION, next_best)
    assert len(order) == len(set(order))
    assert set(order) >= set(EMPLOYER_KINDS)
