"""The small rules of the review desk, as tables: who corrects, which unit it is, what runs by itself, what is drawn."""

from typing import Any

import pytest

from models.errors import RuleRefused, UsageTrouble
from models.filing import Act, Level
from models.rules.automatic import Held, why_not
from models.rules.code_correction import check_correction
from models.rules.name_search import Fragment
from models.rules.registrant_unit import Candidate, choose_unit
from models.rules.second_look import drawn
from models.rules.side_by_side import side_by_side
from tasks.normal_rows import gazetteer
from tests.make_forms import CODE, OTHER, make_form
from tests.make_targets import campaign_on_file

SOUND: dict[str, Any] = {"state": "已审核", "held": CODE, "before": CODE, "after": OTHER, "reason": "执照"}


@pytest.mark.parametrize(
    ("level", "changes", "code"),
    [
        pytest.param(Level.EMPLOYER, {}, "E1703", id="用人单位"),
        pytest.param(Level.COUNTY, {}, "E1703", id="县区"),
        pytest.param(Level.CITY, {}, "E1703", id="市级"),
        pytest.param(Level.REGION, {}, "E1703", id="自治区"),
        pytest.param(Level.DESK, {"state": "已退回"}, "E1704", id="已退回"),
        pytest.param(Level.DESK, {"before": OTHER}, "E1705", id="原代码不符"),
        pytest.param(Level.DESK, {"before": None}, "E1705", id="原代码没写"),
        pytest.param(Level.DESK, {"after": CODE}, "E1706", id="没有变"),
        pytest.param(Level.DESK, {"after": CODE[:-1] + "B"}, "E1706", id="校验码不符"),
        pytest.param(Level.DESK, {"reason": " "}, "E1608", id="没有原因"),
    ],
)
def test_who_corrects_a_code(level: Level, changes: dict[str, Any], code: str) -> None:
    with pytest.raises(RuleRefused) as refused:
        check_correction(level, **{**SOUND, **changes})
    assert refused.value.code == code


def test_the_help_desk_corrects_a_code() -> None:
    check_correction(Level.DESK, **SOUND)
    check_correction(Level.DESK, **{**SOUND, "held": None, "before": None})


A, A_ELSEWHERE = Candidate(1, "甲厂", "450206"), Candidate(2, "甲厂", "450205")
B, B_ELSEWHERE = Candidate(3, "乙厂", "450206"), Candidate(4, "乙厂", "450205")


@pytest.mark.parametrize(
    ("holding", "held", "unit"),
    [
        pytest.param([B], A, 3, id="只有一家用这个代码"),
        pytest.param([B, A], None, 1, id="同名的"),
        pytest.param([A_ELSEWHERE, A], None, 1, id="同名的按县区"),
        pytest.param([A_ELSEWHERE, B], None, 2, id="同名先于同县"),
        pytest.param([B, B_ELSEWHERE], None, 3, id="没有同名的按县区"),
        pytest.param([B, B._replace(unit=9)], A, None, id="分不清的留给人"),
        pytest.param([], A, 1, id="没有这个代码而名称相同的不动"),
        pytest.param([], B, None, id="按错码对上的松开"),
        pytest.param([], None, None, id="从来没有"),
    ],
)
def test_which_unit_a_registrant_is(
    holding: list[Candidate], held: Candidate | None, unit: int | None
) -> None:
    assert choose_unit(holding, held, name_key="甲厂", county="450206") == unit


READY = Held(waits=True, switched_on=True, registered=True, unit_known=True, acts={Act.SAVE, Act.SUBMIT})


@pytest.mark.parametrize(
    ("held", "reason"),
    [
        pytest.param(READY, None, id="可以"),
        pytest.param(READY._replace(waits=False), "已由人处理", id="已处理"),
        pytest.param(READY._replace(switched_on=False), "县（区）没有打开自动审核", id="没打开"),
        pytest.param(READY._replace(registered=False), "注册尚未审核", id="未注册"),
        pytest.param(READY._replace(unit_known=False), "数据库中没有对应单位", id="无单位"),
        pytest.param(READY._replace(acts={Act.SUBMIT, Act.REJECT}), "曾被驳回或撤销", id="曾驳回"),
        pytest.param(READY._replace(acts={Act.SUBMIT, Act.REVOKE}), "曾被驳回或撤销", id="曾撤销"),
    ],
)
def test_what_may_be_approved_by_itself(held: Held, reason: str | None) -> None:
    assert why_not(held) == reason


def test_the_sample_is_the_same_for_everybody_and_near_its_share() -> None:
    tenth = {number for number in range(10_000) if drawn("liuzhou-2024-2025", number, 0.1)}
    fifth = {number for number in range(10_000) if drawn("liuzhou-2024-2025", number, 0.2)}
    assert sorted(tenth)[:3] == [15, 20, 45]  # computed once: changing the way of drawing must be seen
    assert 900 < len(tenth) < 1100
    assert tenth < fifth
    other = {number for number in range(10_000) if drawn("other", number, 0.1)}
    assert len(other & tenth) < 200


@pytest.mark.parametrize(("share", "all_of_them"), [(0.0, False), (1.0, True)])
def test_none_or_all_are_drawn(share: float, all_of_them: bool) -> None:
    assert {drawn("c", number, share) for number in range(2000)} == {all_of_them}


@pytest.mark.parametrize(
    ("said", "key", "bare", "code"),
    [
        pytest.param("柳钢", "柳钢", "柳钢", None, id="简称"),
        pytest.param("广西柳州市鑫鸿", "广西柳州市鑫鸿", "鑫鸿", None, id="去掉地区"),
        pytest.param("柳江区 鑫鸿（铸造）", "柳江区鑫鸿(铸造)", "鑫鸿(铸造)", None, id="空格与括号"),
        pytest.param("广西柳州市", "广西柳州市", "广西柳州市", None, id="只有地区"),
        pytest.param("91450200", "91450200", "91450200", "91450200%", id="代码开头"),
    ],
)
def test_what_a_fragment_stands_for(said: str, key: str, bare: str, code: str | None) -> None:
    made = Fragment.of(said, gazetteer(campaign_on_file()))
    assert (made.key, made.bare, made.code) == (key, bare, code)


@pytest.mark.parametrize("said", ["", " ", "厂"])
def test_a_fragment_too_short(said: str) -> None:
    with pytest.raises(UsageTrouble, match="E1709"):
        Fragment.of(said, gazetteer(campaign_on_file()))


def test_signs_of_a_search_mean_themselves() -> None:
    made = Fragment.of("50%_x", gazetteer(campaign_on_file()))
    assert made.inside == r"%50\%\_X%"
    assert made.near == r"5.*?0.*?%.*?_.*?X"


def test_fields_side_by_side() -> None:
    """What stands only in the database or only in the last one is shown as well."""
    now, before = (
        make_form({"basics.town": None, "basics.size": "中"}),
        make_form({"basics.filled_by": "韦二"}),
    )
    lines = {
        line.path: line for line in side_by_side(now, before, {"size": "小", "address": None, "name": "x"})
    }
    assert lines["basics.filled_by"][3:] == (None, None, "韦二")
    assert lines["basics.size"][3:] == ("中", "小", "小")
    assert lines["basics.name"].differs
    assert not lines["basics.exposed"].differs
    assert lines["hazards.dust.present"].value == "有"
    assert lines["surveillance.rows.0.of"].value == "粉尘"
    words = {"basics.is_branch": "否", "basics.leader_trained": "有", "monitoring.done": "已检测"}
    assert {path: lines[path].value for path in words} == words
    assert lines["type"].section == "申报"
    assert [line.section for line in side_by_side(now, None, None) if line.path == "basics.size"] == [
        "基本信息"
    ]
    assert "format" not in lines
