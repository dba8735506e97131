"""What the certain rules leave: the model's score, and what keeps it from being sure."""

from typing import Any

import polars as pl
import pytest

from models.rules.likely_links import Thresholds
from models.rules.link_model import LinkModel, bits_of
from models.rules.linking import link
from models.rules.pair_levels import LEVELS
from tasks.linking import link_model
from tests.link_worlds import CODE, OTHER_CODE, frame, judged, unit

FIRM = unit()
NEAR = {"name": "柳州市鑫泓铸造有限公司", "name_core": "鑫泓铸造", "credit_code": None}
SILENT = {"address": None, "address_key": "拉堡镇柳堡路1号"}  # the place is known, the text names no county
SLIPPED = f"{CODE[:10]}9{CODE[11:]}"
PASSED_OVER = "名册上另有单位用申报的名称"


def kiln(word: str, **changes: Any) -> dict[str, Any]:
    """华盛 and 华晟 are two firms of 柳北区; the phone and house are 华晟's unless told otherwise."""
    core = f"华{word}耐火材料"
    here = {"county": "450205", "address": "雀儿山路101号"}
    return unit(**{"name": f"柳州市{core}厂", "name_core": core, **here, **changes})


def part(place: str, **changes: Any) -> dict[str, Any]:
    name = f"{place}分公司"
    return unit(
        **{"name": f"柳州市鑫鸿铸造有限公司{name}", "name_core": "鑫鸿铸造", "branch_part": name, **changes}
    )


CASES = {
    "差一个字，电话地址法人都同": (unit(**NEAR), [FIRM], ("sure", None)),
    "代码是另一单位的，其余全同": (
        unit(credit_code=OTHER_CODE),
        [FIRM, unit(name="柳州市大众砖厂", name_core="大众砖", credit_code=OTHER_CODE, address="北路9号", phone=None, person_hash=None)],
        ("unsure", "两个有效代码不同"),
    ),
    "代码是另一单位的，电话不同": (
        unit(credit_code=OTHER_CODE, phone="13900000009"),
        [FIRM],
        ("unsure", "两个有效代码不同"),
    ),
    "一厂和二厂，其余全同": (
        unit(name="鑫鸿铸造二厂", name_core="鑫鸿铸造二厂", credit_code=None),
        [unit(name="鑫鸿铸造一厂", name_core="鑫鸿铸造一厂")],
        ("unsure", "名称序号不同"),
    ),
    "总公司的名称，分公司的地址和电话": (
        unit(credit_code=None),
        [unit(name="柳州市鑫鸿铸造有限公司柳城分公司", name_core="鑫鸿铸造", branch_part="柳城分公司")],
        ("unsure", "只有一方是分支机构，或分支不同"),
    ),
    "另一单位就叫申报的名称，门牌和电话却是这一单位的": (
        kiln("盛", credit_code=None),
        [kiln("晟"), kiln("盛", address="雀儿山路1号", phone="13900000009", person_hash="p9", credit_code=OTHER_CODE)],
        ("unsure", PASSED_OVER),
    ),
    "同名的另一单位就在申报的县区": (
        kiln("盛", credit_code=None),
        [kiln("盛", county="450204"), kiln("盛", address="北路9号", phone=None, person_hash="p9", credit_code=OTHER_CODE)],
        ("unsure", PASSED_OVER),
    ),
    "另一县区的单位叫申报的名称，这一单位不叫": (
        kiln("盛", credit_code=None),
        [kiln("晟"), kiln("盛", county="450204", address="北路9号", phone=None, person_hash="p9", credit_code=OTHER_CODE)],
        ("unsure", PASSED_OVER),
    ),
    "同名的另一个是同一单位的另一条，代码也抄错": (
        unit(credit_code=None, damaged_code=SLIPPED),
        [FIRM, unit(credit_code=None, damaged_code=SLIPPED[:12] + SLIPPED[13:])],
        ("sure", None),
    ),
    "没有别的单位叫申报的名称": (kiln("盛", credit_code=None), [kiln("晟")], ("sure", None)),
    "差一个字，同路、同行业、同一法定代表人": (unit(**NEAR, address="柳堡路", phone=None), [FIRM], ("sure", None)),
    "分支名称差一个字，代码电话法人都同，地址别处": (
        part("柳南", address="别的路2号"),
        [part("柳北")],
        ("unsure", "只有一方是分支机构，或分支不同"),
    ),
    "分支名称差一个字，代码电话法人都同，同路不同号": (part("柳南"), [part("柳面", address="柳堡路3号")], ("sure", None)),
    "分支名称差一个字，县区填错，同门牌同代码": (
        part("柳南", county="450205", address="柳堡路1号", phone=None, person_hash=None),
        [part("柳面")],
        ("sure", None),
    ),
    "县区相同，名称差一个字，地址写的是别的县区": (
        unit(name="柳州市鑫泓铸造有限公司", name_core="鑫泓铸造", phone=None, address="融安县长安镇新民路7号"),
        [FIRM],
        ("unsure", "地址写的是别的县区，其他证据不全"),
    ),
    "县区不同，只有法定代表人一致": (
        unit(county="450205", address="别的路2号", phone=None),
        [FIRM],
        ("unsure", "县区不同，佐证不足"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("declared", "units", "expected"), CASES.values(), ids=CASES.keys())
def test_verdict_and_reason(
    declared: dict[str, Any], units: list[dict[str, Any]], expected: tuple[str, str | None]
) -> None:
    found = link(frame("entry", [declared]), frame("employer_id", units), link_model(), Thresholds(6.63, 0.0))
    row = found.filter(pl.col("employer_id") == 1).row(0, named=True)
    assert (row["verdict"], row["reason"]) == expected
    assert row["method"] == "model"


def test_two_candidates_as_good_are_both_shown() -> None:
    """A person chooses where two units fit as well; nobody is cleared."""
    twins = [unit(credit_code=None, phone=None), unit(credit_code=None, phone=None)]
    found = judged(unit(credit_code=None, person_hash=None, phone=None), twins)
    assert [(unit_, verdict) for _, unit_, verdict, _ in found] == [(1, "unsure"), (2, "unsure")]


def test_a_unit_listed_twice_is_no_rival_of_itself() -> None:
    """Two lists write one name, one of them with a damaged code: the declaration is that unit's all the same."""
    twice = unit(
        name="柳州市鑫泓铸造有限公司",
        name_core="鑫泓铸造",
        credit_code=None,
        damaged_code="91450200935148460A",
    )
    declared = unit(name="柳州市鑫鸿铸诰有限公司", name_core="鑫鸿铸诰", credit_code=None, person_hash=None)
    assert [(unit_, verdict) for _, unit_, verdict, _ in judged(declared, [unit(), twice])] == [(1, "sure")]


def test_nothing_in_common_is_no_link() -> None:
    stranger = unit(
        name="柳州市大众砖厂", name_core="大众砖", credit_code=None, county="450205", address="北路9号"
    )
    assert judged({**stranger, "phone": None, "person_hash": None}, [FIRM]) == []


def test_thresholds_decide_between_sure_unsure_and_none() -> None:
    declared, units = (
        frame("entry", [unit(credit_code=None, county=None, **SILENT)]),
        frame("employer_id", [FIRM]),
    )
    score = link(declared, units, link_model(), Thresholds(6.63, 0.0))["score"][0]
    for sure, unsure, verdicts in [
        (score, 0.0, ["sure"]),
        (score + 1, 0.0, ["unsure"]),
        (score + 2, score + 1, []),
    ]:
        found = link(declared, units, link_model(), Thresholds(sure, unsure))
        assert found["verdict"].to_list() == verdicts


@pytest.mark.parametrize(("share", "bits"), [(0.5, 0.0), (0.99, 6.63), (0.8, 2.0)])
def test_bits_of_a_share(share: float, bits: float) -> None:
    assert bits_of(share) == pytest.approx(bits, abs=0.005)


def test_the_saved_model_knows_every_level_and_its_sum_is_the_score() -> None:
    model = link_model()
    levels = {field: next(iter(words)) for field, words in LEVELS.items()}
    total = model.start + sum(model.bits(field, level) for field, level in levels.items())
    assert model.score(pl.DataFrame([levels]))[0] == pytest.approx(total, abs=0.01)


def test_a_model_file_that_lacks_a_level_is_refused() -> None:
    with pytest.raises(ValueError, match=r"code\.taken"):
        LinkModel.read(
            {
                "start": 0,
                "trained": "",
                "weights": {f: {w: 0 for w in ws if w != "taken"} for f, ws in LEVELS.items()},
            }
        )


def test_agreement_weighs_more_than_difference() -> None:
    """Whatever was learnt, no field may argue backwards."""
    model = link_model()
    for field in ("name", "code", "legacy", "phone", "person", "address", "industry", "headcount"):
        assert model.bits(field, "same") > model.bits(field, "other"), field
