"""Declared beside found: each field alone, and what it prompts (C16)."""

import pytest

from models.errors import RuleRefused
from models.reference import industries
from models.rules.industry import Industries
from models.rules.inspection import compare, prompt_of, read_found

TABLE = Industries.build(industries())
DECLARED = {"industry": "3391", "headcount": "25", "hazards": "矽尘；噪声"}
CASES = {
    "全都一致": ({"industry": "3391", "headcount": "25", "hazards": "噪声；矽尘"}, "", None),
    "人数不同": ({"headcount": "26"}, "headcount", "年度更新"),
    "行业不同": ({"industry": "3110"}, "industry", "变更申报"),
    "行业写得粗": ({"industry": "339"}, "", None),
    "行业按名称": ({"industry": "黑色金属铸造"}, "", None),
    "多一种因素": ({"hazards": "矽尘、噪声、苯"}, "hazards", "变更申报"),
    "少一种因素": ({"hazards": "矽尘"}, "hazards", "变更申报"),
    "因素写法不同": ({"hazards": "矽尘（游离SiO2含量≥10%）、噪声"}, "", None),
    "没有因素": ({"hazards": "无"}, "hazards", "变更申报"),
    "人数和因素": ({"headcount": "30", "hazards": "苯"}, "headcount hazards", "变更申报"),
    "人数写成文字": ({"headcount": "约25人"}, "", None),
}


@pytest.mark.parametrize(("cells", "wrong", "prompt"), CASES.values(), ids=CASES)
def test_each_field_is_compared_alone(cells: dict[str, str | None], wrong: str, prompt: str | None) -> None:
    items = compare(DECLARED, read_found(cells, TABLE))
    assert " ".join(item.field for item in items if item.differs) == wrong
    assert {item.field for item in items} == set(cells)
    assert prompt_of(items) == prompt


EMPTY = {
    "申报时没填人数": ("headcount", "25", True),
    "申报时没填行业": ("industry", "3391", True),
    "申报时没填因素": ("hazards", "噪声", True),
    "都说没有因素": ("hazards", "无", False),
}


@pytest.mark.parametrize(("field", "found", "differs"), EMPTY.values(), ids=EMPTY)
def test_what_was_declared_as_nothing(field: str, found: str, differs: bool) -> None:
    (item,) = compare({field: None}, read_found({field: found}, TABLE))
    assert item.differs is differs


def test_without_a_declaration_nothing_differs() -> None:
    items = compare(None, read_found({"headcount": "25", "industry": "3391"}, TABLE))
    assert prompt_of(items) is None
    assert {item.declared for item in items} == {None}


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({}, "E1586"),
        ({"headcount": " "}, "E1586"),
        ({"headcount": "多"}, "E1587"),
        ({"industry": "C"}, "E1587"),
    ],
)
def test_what_cannot_be_read_is_refused(cells: dict[str, str | None], code: str) -> None:
    with pytest.raises(RuleRefused, match=code):
        read_found(cells, TABLE)
