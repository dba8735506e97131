"""Events are told without a code of the program's own."""

import re

import pytest

from models.link import Verdict
from models.rules.certain_links import WHY
from models.rules.event_words import LINKS, METHODS, in_words
from models.verification import Finding
from tests.make_targets import campaign_on_file

CAMPAIGN = campaign_on_file()


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("核销（{removed:deregistered}）：已核实", "核销（注销）：已核实"),
        ("新增（{added:moved_in}）", "新增（划入）"),
        ("划转 {county:450203}→{county:450223}，{answer:accepted}", "划转 鱼峰区→鹿寨县，接收"),
        ("划转 {county:}→{county:450223}，{answer:refused}", "划转 县区不明→鹿寨县，不接收"),
        (
            "申报 SB1 审核通过，{link:sure}（{method:code}）",
            "申报 SB1 审核通过，确认为该单位（信用代码相同）",
        ),
        ("新增（{added:added_by_a_later_file}）", "新增（added_by_a_later_file）"),
        ("核对结论：{备注:原样}", "核对结论：{备注:原样}"),
    ],
)
def test_codes_in_words(told: str, said: str) -> None:
    assert in_words(told, CAMPAIGN) == said


def test_every_code_has_its_word() -> None:
    assert set(METHODS) == set(WHY)
    assert set(LINKS) == set(Verdict)
    for finding in Finding:
        assert not re.search("[a-z{]", in_words(f"{{finding:{finding}}}", CAMPAIGN)), finding
