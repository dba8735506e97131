"""Sure links by rule: codes whose names agree, names in their county, and the branch that must not clear its parent."""

from typing import Any

import pytest

from tests.link_worlds import CODE, OTHER_CODE, THIRD_CODE, judged, unit

FIRM = unit()
BARE: dict[str, Any] = {"phone": None, "person_hash": None, "address": None}
BRANCH = {
    "name": "柳州市鑫鸿铸造有限公司柳城分公司",
    "name_core": "鑫鸿铸造",
    "branch_part": "柳城分公司",
    "county": "450222",
    "address": "大埔镇中山路8号",
    "phone": "13900000002",
    "person_hash": "p2",
}
WORKS = unit(**BRANCH)
OWN_WORKS = unit(**{**BRANCH, "credit_code": OTHER_CODE})
SLIPPED = f"{CODE[:10]}9{CODE[11:]}"
RENAMED = {"name": "柳州市宏图铸造有限公司", "name_core": "宏图铸造"}

SURE = {
    "代码和名称相同": (unit(**BARE), [FIRM], "code"),
    "代码相同，名称差一个字，电话相同": (
        unit(name="柳州市鑫泓铸造有限公司", name_core="鑫泓铸造"),
        [FIRM],
        "code",
    ),
    "代码相同，法律形式不同": (unit(name="柳州市鑫鸿铸造有限责任公司", name_core="鑫鸿铸造"), [FIRM], "code"),
    "代码相同，名称差一个字，同路不同号": (
        unit(name="柳州市鑫泓铸造有限公司", name_core="鑫泓铸造", **{**BARE, "address": "柳堡路2号"}),
        [FIRM],
        "code",
    ),
    "代码错一位，名称相同": (unit(credit_code=None, damaged_code=SLIPPED, **BARE), [FIRM], "code_damaged"),
    "代码错一位，已更名，同路同行业": (
        unit(**RENAMED, credit_code=None, damaged_code=SLIPPED, phone=None),
        [FIRM],
        "code_renamed",
    ),
    "代码相同，已更名，县区地址电话都一致": (unit(**RENAMED), [FIRM], "code_renamed"),
    "代码相同，县区填错，地址相同": (unit(county="450205"), [FIRM], "code"),
    "代码相同，县区填错，电话和法定代表人相同": (unit(county="450205", address="别的路2号"), [FIRM], "code"),
    "没有代码，名称和县区相同，别无同名": (unit(credit_code=None, **BARE), [FIRM], "name_county"),
    "没有代码，两县同名，地址佐证": (
        unit(credit_code=None, phone=None, person_hash=None),
        [FIRM, unit(credit_code=OTHER_CODE, county="450205", address="柳北路5号", phone="13900000009")],
        "name_county",
    ),
    "组织机构代码代替信用代码": (unit(credit_code=None, legacy_code=CODE[8:17]), [FIRM], "legacy"),
    "信用代码少了三位": (unit(credit_code=None, legacy_code="914502007351484"), [FIRM], "legacy"),
    "注册号相同": (
        unit(credit_code=None, legacy_code="450200000001234"),
        [unit(credit_code=None, legacy_code="450200000001234")],
        "legacy",
    ),
    "分公司用上级代码，按分支名称归分公司": (WORKS, [FIRM, WORKS], "code"),
    "分公司用上级代码，名册上有自己的代码": (unit(**BRANCH), [FIRM, OWN_WORKS], "name_county"),
    "分公司用自己的代码（F17）": (OWN_WORKS, [FIRM, OWN_WORKS], "code"),
}


@pytest.mark.parametrize(("declared", "units", "method"), SURE.values(), ids=SURE.keys())
def test_sure_by_rule(declared: dict[str, Any], units: list[dict[str, Any]], method: str) -> None:
    wanted = next(  # the unit of the same part
        number for number, one in enumerate(units, start=1) if one["branch_part"] == declared["branch_part"]
    )
    assert judged(declared, units) == [(1, wanted, "sure", method)]


NEVER = {
    "代码错一位，名称只是相近": (
        unit(
            name="柳州市鑫鸿铸造有限公司砂料库",
            name_core="鑫鸿铸造砂料库",
            credit_code=None,
            damaged_code=SLIPPED,
            phone="13900000002",
            address="别的路2号",
        ),
        [FIRM],
    ),
    "代码相同，名称差一个字，地址写的是别的县区": (
        unit(
            name="柳州市鑫泓铸造有限公司", name_core="鑫泓铸造", phone=None, address="融安县长安镇新民路7号"
        ),
        [FIRM],
    ),
    "代码是别人的，名称明显不同": (
        unit(
            name="柳州市大众砖厂",
            name_core="大众砖",
            county="450205",
            address="北路9号",
            **{"phone": None, "person_hash": None},
        ),
        [FIRM],
    ),
    "两个有效代码不同，只有名称和县区相同": (unit(credit_code=OTHER_CODE, **BARE), [FIRM]),
    "总公司申报不销分公司": (FIRM, [WORKS]),
    "分公司申报不销总公司": (WORKS, [FIRM]),
    "自称分支、用上级名称和代码、在别处": (
        unit(
            is_branch=True, county="450222", address="大埔镇中山路8号", phone="13900000002", person_hash="p2"
        ),
        [FIRM],
    ),
    "用总公司名称和代码、在别的县": (
        unit(county="450222", address="大埔镇中山路8号", phone="13900000002", person_hash=None),
        [FIRM],
    ),
    "差一个字，别无佐证": (
        unit(name="柳州市鑫泓铸造有限公司", name_core="鑫泓铸造", credit_code=None, **BARE),
        [FIRM],
    ),
    "一厂和二厂": (
        unit(name="柳州鑫鸿二厂", name_core="鑫鸿二厂", credit_code=None),
        [unit(name="柳州鑫鸿一厂", name_core="鑫鸿一厂", credit_code=None)],
    ),
    "同名不同县，没有代码，电话和人都不同": (
        unit(credit_code=None, county="450205", address="柳北路5号", phone="13900000009", person_hash="p9"),
        [FIRM],
    ),
    "同县同名，地址、电话、法定代表人都不同": (
        unit(credit_code=None, address="柳北路5号", phone="13900000009", person_hash="p9"),
        [FIRM],
    ),
    "一个代码三个县，县区没填": (
        unit(county=None, **BARE),
        [FIRM, unit(county="450205", address="北路1号"), unit(county="450222", address="东路1号")],
    ),
    "同名而代码不同的申报人，使无代码的一条不能确定": (
        unit(credit_code=None, **BARE),
        [FIRM],
        unit(credit_code=OTHER_CODE, **BARE),
        unit(credit_code=THIRD_CODE, **BARE),
    ),
}


@pytest.mark.parametrize(("case"), NEVER.values(), ids=NEVER.keys())
def test_never_sure(case: tuple[Any, ...]) -> None:
    declared, units, *others = case
    verdicts = [verdict for entry, _, verdict, _ in judged([declared, *others], units) if entry == 1]
    assert "sure" not in verdicts


def test_one_code_in_two_counties_goes_to_the_declared_county() -> None:
    second = unit(county="450205", address="柳北路5号", phone="13900000009", person_hash="p9")
    assert judged(second, [FIRM, second]) == [(1, 2, "sure", "code")]
    assert judged(FIRM, [FIRM, second]) == [(1, 1, "sure", "code")]


def test_a_works_that_signs_as_its_firm_is_told_by_its_place() -> None:
    """Nobody clears the firm: its own branch lies at the declared address."""
    works = unit(**{**BRANCH, "county": "450206", "credit_code": OTHER_CODE})
    signed = unit(credit_code=None, address=works["address_key"], phone=None)
    verdicts = {employer: verdict for _, employer, verdict, _ in judged(signed, [FIRM, works])}
    assert verdicts.get(1) != "sure"


def test_a_sibling_tells_the_old_name() -> None:
    """The renamed firm's declaration without a code is tied to its earlier one, which a code had made sure."""
    old = unit(**RENAMED)
    without_code = unit(**RENAMED, credit_code=None, phone=None)
    assert judged([old, without_code], [FIRM]) == [(1, 1, "sure", "code_renamed"), (2, 1, "sure", "sibling")]


def test_a_sibling_leads_across_no_two_codes() -> None:
    """The earlier declaration has no code; this one's valid code is another's than the firm's."""
    found = judged([unit(credit_code=None), unit(credit_code=OTHER_CODE)], [FIRM])
    assert found == [(1, 1, "sure", "name_county"), (2, 1, "unsure", "model")]


def test_after_a_refusal_the_machine_only_suggests() -> None:
    second = unit(county="450205", address="柳北路5号", phone="13900000009", person_hash="p9")
    found = judged(FIRM, [FIRM, second], refused=[(1, 1)])
    assert all(employer != 1 and verdict == "unsure" for _, employer, verdict, _ in found)
