"""The class of an industry in the 2021 catalogue, at every level of the code (2.2, 2.4)."""

import pytest

from models.rules.risk import Line, RiskCode, catalogue_risk, packaged_risks, risk_table


@pytest.mark.parametrize(
    ("industry", "risk", "conditional"),
    [
        pytest.param("011", "一般", False, id="中类"),
        pytest.param("0111", "一般", False, id="小类随中类"),
        pytest.param("0810", "严重", False, id="铁矿"),
        pytest.param("08", "严重", False, id="大类各中类一致"),
        pytest.param("26", "严重", True, id="大类各中类不一致取高"),
        pytest.param("4411", "严重", False, id="火力发电"),
        pytest.param("4413", "一般", False, id="水力发电"),
        pytest.param("441", "严重", True, id="电力生产未细分"),
        pytest.param("0311", "严重", False, id="牛"),
        pytest.param("0313", "一般", False, id="猪"),
        pytest.param("7724", "严重", False, id="危险废物"),
        pytest.param("7721", "一般", False, id="水污染治理"),
        pytest.param("4430", "严重", True, id="燃煤与否看不出"),
        pytest.param("2442", "严重", True, id="高尔夫与否看不出"),
        pytest.param("4513", "严重", True, id="燃气生产与供应看不出"),
        pytest.param("5265", "一般", False, id="目录直接列小类"),
        pytest.param("526", "一般", True, id="只列了其中两个小类"),
        pytest.param("5412", "一般", False, id="轨道交通"),
        pytest.param("1952", "严重", False, id="带星号的从严"),
    ],
)
def test_class_of(industry: str, risk: str, conditional: bool) -> None:
    assert catalogue_risk(industry) == RiskCode(industry, risk, conditional)


@pytest.mark.parametrize("industry", ["5413", "233", "2330", "7011", "C26", "", None])
def test_the_catalogue_is_silent(industry: str | None) -> None:
    assert catalogue_risk(industry) is None


def test_codes_are_codes_of_the_industry_list() -> None:
    assert len(packaged_risks()) > 1000
    assert all(code.isdigit() and 2 <= len(code) <= 4 for code in packaged_risks())


def test_higher_class_wins_in_any_order() -> None:
    lines = [Line("101", "甲", "严重"), Line("101", "其他", "一般")]
    names = {"10": "大", "101": "中", "1011": "小"}
    expected = [RiskCode(code, "严重", True) for code in names]
    assert risk_table(lines, names) == risk_table(lines[::-1], names) == expected
