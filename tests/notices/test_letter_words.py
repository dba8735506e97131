"""Annex 2 word for word, in both variants (A04–A06)."""

import re
from datetime import date
from pathlib import Path

import pytest

from models.rules.notice_words import Variant
from notices.letter import annex_2, fill_annex_2
from tests.notices.make_letters import make_letter

PLAN = Path(__file__).parents[1] / "data" / "plan_annex_2.txt"
EMPTY = {
    "title": "职业病危害项目申报告知单",
    "employer": "（用人单位名称）",
    "section": "",
    "division": "",
    "group": "",
    "hazards": "、、",
    "diseases": "、、",
    "act": "申报（变更申报）",
    "bureau": "xxx县（区）卫生健康局",
    "day": "202年月日",
}
GOLDEN = """职业病危害项目申报告知单
柳州市鑫鸿铸造有限公司：
你单位属于制造业（门类）、黑色金属冶炼和压延加工业（大类）炼铁（中类）行业，可能存在矽尘（游离SiO2含量≥10%）、煤尘、噪声等职业病危害，可能导致矽肺、煤工尘肺、噪声聋等职业病，在职业病危害项目申报范围内，请及时、如实申报职业病危害，感谢对卫生健康部门工作的理解和支持。
用人单位“职业病危害项目申报”流程，详见“广西壮族自治区职业健康信息综合管理平台用人单位应用系统操作手册”，操作流程网址：http://wjw.liuzhou.gov.cn/xwzx/tzgg/t19700101_3497369.shtml
职业病危害项目申报网址：https://gxzyjkapp.gxws.cn:17010/webgxzywstypt/login
柳江区卫生健康局
2024年8月9日"""


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_the_empty_form_is_the_plans_word_for_word() -> None:
    letter = make_letter()
    ours = fill_annex_2(EMPTY | {"manual": letter.manual, "platform": letter.platform})
    # 附件2 and （模版） say what the form is; no letter carries them
    theirs = bare(PLAN.read_text(encoding="utf-8")).removeprefix("附件2").replace("（模版）", "", 1)
    assert bare(ours.text) == theirs


def test_filled_letter() -> None:
    assert annex_2(make_letter()).text == GOLDEN


def test_variants_differ_at_the_two_places_only() -> None:
    changed = annex_2(make_letter(variant=Variant.CHANGE)).text
    expected = GOLDEN.replace("项目申报范围内", "项目变更申报范围内").replace(
        "如实申报职业", "如实变更申报职业"
    )
    assert changed == expected
    assert changed.count("变更申报") == 2


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"hazards": ("噪声",), "diseases": ("噪声聋",)}, "可能存在噪声等职业病危害，可能导致噪声聋等职业病"),
        ({"hazards": ("噪声", "高温")}, "可能存在噪声、高温等职业病危害"),
        ({"group": None}, "黑色金属冶炼和压延加工业（大类）行业"),
        ({"day": date(2025, 12, 31)}, "2025年12月31日"),
    ],
    ids=["一种危害", "两种危害", "没有中类", "日期"],
)
def test_fewer_facts_shorten_the_letter(changes: dict[str, object], words: str) -> None:
    text = annex_2(make_letter(**changes)).text
    assert words in text
    assert "None" not in text
    assert "、、" not in text
    assert "、等" not in text
