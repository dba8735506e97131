"""Rows of one code: one unit unless there is positive evidence of another workplace (Q10, F16, F17)."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.make_units import CODE, LEGACY, OTHER_CODE, groups_of, row, settled

LIUNAN, LIUJIANG, YUFENG = "450204", "450206", "450203"


def coded(tag: str, **changes: Any) -> dict[str, Any]:
    return row(tag, **({"credit_code": CODE} | changes))


def branch(tag: str, part: str, **changes: Any) -> dict[str, Any]:
    return coded(tag, name="柳州市鑫鸿铸造有限公司" + part, name_core="鑫鸿铸造", branch_part=part, **changes)


# an address in each county: one address in two would be an error in the county's cell
STREETS = {LIUNAN: "河西路6号", YUFENG: "文昌路88号"}


def at(county: str | None, basis: str | None = "workplace") -> dict[str, Any]:
    address = {"address": STREETS[county]} if county in STREETS else {}
    return {"county": county, "county_basis": basis if county else None} | address


def named(tag: str, name: str, core: str, **changes: Any) -> dict[str, Any]:
    return coded(tag, name=name, name_core=core, **changes)


NOWHERE = at(None)
PHONE = "13977200001"
FIRM = "柳州市鑫鸿铸造有限公司"
SITE = FIRM + "柳石路旧厂区"
SITE_AT = {"address": "文昌路88号"}


def misread(tag: str, rest: str, **changes: Any) -> dict[str, Any]:
    name = "柳州市鑫鸿铸诰有限公同" + rest
    return named(tag, name, name.removeprefix("柳州市"), **(SITE_AT | changes))


CASES = {
    "one code is one unit": ("ab", [coded("a"), coded("b", headcount=30)]),
    "two codes are two": ("a b", [coded("a"), coded("b", credit_code=OTHER_CODE)]),
    "another address alone is no evidence": ("ab", [coded("a"), coded("b", address="文昌路88号")]),
    "another name alone is no evidence": ("ab", [coded("a"), coded("b", name="柳州市鑫鸿实业有限公司")]),
    "another workplace county": ("a b", [coded("a"), coded("b", **at(LIUNAN))]),
    "one address in two counties is an error in one": ("ab", [coded("a"), coded("b", county=LIUNAN)]),
    "so is one written differently": (
        "ab",
        [coded("a", address="柳堡路21号"), coded("b", county=LIUNAN, address="拉堡镇柳堡路二一号旁")],
    ),
    "no address, one phone in two counties": (
        "ab",
        [coded("a", phone=PHONE), coded("b", county=LIUNAN, address=None, phone=PHONE)],
    ),
    "no address in another county": ("a b", [coded("a"), coded("b", county=LIUNAN, address=None)]),
    "one phone at two addresses in two counties": (
        "a b",
        [coded("a", phone=PHONE), coded("b", phone=PHONE, **at(LIUNAN))],
    ),
    "a row without county where one county was in error": (
        "abc",
        [branch("a", "分公司"), branch("b", "分公司", county=LIUNAN), branch("c", "分公司", **NOWHERE)],
    ),
    "a county in error counts for registered rows too": (
        "abc d",
        [
            coded("a", county=YUFENG),
            coded("b"),
            coded("c", **at(LIUJIANG, "registered")),
            coded("d", **at(LIUNAN)),
        ],
    ),
    "registered county is no evidence": ("ab", [coded("a"), coded("b", **at(LIUNAN, "registered"))]),
    "unknown county is no evidence": ("ab", [coded("a"), coded("b", **NOWHERE)]),
    "two registered counties": (
        "ab",
        [coded("a", **at(LIUNAN, "registered")), coded("b", **at(YUFENG, "registered"))],
    ),
    "registered row goes to the workplace it names": (
        "ac b",
        [coded("a"), coded("b", **at(LIUNAN)), coded("c", **at(LIUJIANG, "registered"))],
    ),
    "unknown county goes to the stated principal": (
        "a bc",
        [coded("a", **at(LIUNAN)), coded("b", is_branch=False), coded("c", **NOWHERE)],
    ),
    "unknown county goes to the lowest of several": (
        "ac b",
        [coded("a", **at(LIUNAN)), coded("b"), coded("c", **NOWHERE)],
    ),
    "a branch's name": ("a b", [coded("a"), branch("b", "分公司")]),
    "two branches of one code": ("a b c", [coded("a"), branch("b", "第一分公司"), branch("c", "第二分公司")]),
    "one branch in two lists": ("a bc", [coded("a"), branch("b", "分公司"), branch("c", "分公司")]),
    "branch with and without its county": ("ab", [branch("a", "柳江分公司"), branch("b", "分公司")]),
    "branch with city and county": ("ab", [branch("a", "柳州市柳江区分公司"), branch("b", "柳江分公司")]),
    "branch with the old county name": ("ab", [branch("a", "柳江县分公司"), branch("b", "分公司")]),
    "county in the name tells where county is unknown": (
        "ab c",
        [branch("a", "柳江分公司", **NOWHERE), branch("b", "分公司"), branch("c", "分公司", **at(LIUNAN))],
    ),
    "branches of different counties": ("a b", [branch("a", "分公司"), branch("b", "分公司", **at(LIUNAN))]),
    "a county named apart from the workplace stays in the name": (
        "a b",
        [branch("a", "柳江分公司", **at(LIUNAN)), branch("b", "柳南分公司", **at(LIUNAN))],
    ),
    "branch without county joins the only place": (
        "ab c",
        [branch("a", "分公司"), branch("b", "分公司", **NOWHERE), coded("c")],
    ),
    "branch without county between two places stays alone": (
        "a b c",
        [branch("a", "分公司"), branch("b", "分公司", **at(LIUNAN)), branch("c", "分公司", **NOWHERE)],
    ),
    "with and without its county at two addresses": (
        "a b",
        [branch("a", "柳江搅拌站"), branch("b", "搅拌站", address="文昌路88号")],
    ),
    "with and without its county, one address unknown": (
        "ab",
        [branch("a", "柳江搅拌站"), branch("b", "搅拌站", address=None)],
    ),
    "a name goes on: a site no word tells": (
        "a bc",
        [coded("a"), named("b", SITE, SITE), named("c", SITE, SITE)],
    ),
    "a name goes on with a remark": (
        "ab",
        [coded("a"), named("b", FIRM + "已停产", "鑫鸿铸造有限公司已停产")],
    ),
    "a name goes on in brackets": ("ab", [coded("a"), named("b", FIRM + "(2号)", "鑫鸿铸造有限公司(2号)")]),
    "a misread name goes on, at another address": ("a b", [coded("a"), misread("b", "柳江矿区")]),
    "its firm's address tells nothing": ("ab", [coded("a"), misread("b", "柳江矿区", address="柳堡路1号旁")]),
    "a short rest and the firm's phone tell nothing": (
        "ab",
        [coded("a", phone=PHONE), misread("b", "矿区", phone=PHONE)],
    ),
    "a long rest does, whatever the phone": (
        "a b",
        [coded("a", phone=PHONE), misread("b", "柳江施士队", phone=PHONE)],
    ),
    "a region in front of a misread name is no site": (
        "ab",
        [coded("a"), named("b", "广西柳州市鑫鸿铸造有限公同", "鑫鸿铸造有限公同", address="文昌路88号")],
    ),
    "a word put into the name is no site": (
        "ab",
        [coded("a"), named("b", "柳州市柳南区鑫鸿铸造有限公司", "鑫鸿铸造", address="文昌路88号")],
    ),
    "one site written differently at one address": (
        "a bc",
        [coded("a"), branch("b", "柳梧铁路项目部", **SITE_AT), branch("c", "柳梧铁珞项目部", **SITE_AT)],
    ),
    "the next site by number is another": (
        "b c",
        [branch("b", "柳梧铁路第一项目部", **SITE_AT), branch("c", "柳梧铁路第二项目部", **SITE_AT)],
    ),
    "short names of sites are two": (
        "b c",
        [branch("b", "拉堡分公司", **SITE_AT), branch("c", "里高分公司", **SITE_AT)],
    ),
    "nearly one name at two addresses": (
        "b c",
        [branch("b", "柳梧铁路项目部", **SITE_AT), branch("c", "柳梧公路项目部")],
    ),
    "a name cut short": ("ab", [coded("a"), named("b", "柳州市鑫鸿铸造", "鑫鸿铸造")]),
    "a name without its ending": (
        "ab",
        [named("a", "柳州市鑫鸿建材经营部", "鑫鸿建材经营部"), named("b", "柳州市鑫鸿建材", "鑫鸿建材")],
    ),
    "a site behind a name cut short": (
        "a b",
        [coded("a"), named("b", "鑫鸿铸造有限柳江矿区", "鑫鸿铸造有限柳江矿区")],
    ),
    "said to be a branch, same name and county": ("ab", [coded("a"), coded("b", is_branch=True)]),
    "said to be a branch, another name": (
        "a b",
        [coded("a"), coded("b", is_branch=True, name="鑫鸿炼铁总厂", name_core="鑫鸿炼铁")],
    ),
    "said to be a branch, another registered county": (
        "a b",
        [coded("a"), coded("b", is_branch=True, **at(LIUNAN, "registered"))],
    ),
    "said to be a branch everywhere: a code of its own": (
        "ab",
        [coded("a", is_branch=True), coded("b", is_branch=True, name="鑫鸿炼铁总厂")],
    ),
    "branch with its own code, name cut short": (
        "ab",
        [branch("a", "柳江分公司", parent_code=OTHER_CODE), coded("b")],
    ),
    "branch on the parent's code, parent stated": (
        "a b",
        [branch("a", "柳江分公司", parent_code=CODE), coded("b")],
    ),
    "own code, but a stated principal": (
        "a b",
        [branch("a", "柳江分公司", parent_code=OTHER_CODE), coded("b", is_branch=False)],
    ),
    "one registration number and name": (
        "ab",
        [row("a", legacy_code=LEGACY), row("b", legacy_code=LEGACY, address="文昌路88号")],
    ),
    "one registration number, another name": (
        "a b",
        [
            row("a", legacy_code=LEGACY),
            row("b", legacy_code=LEGACY, name="柳州市大桥纸箱厂", address="文昌路88号"),
        ],
    ),
    "one registration number, two workplaces": (
        "a b",
        [row("a", legacy_code=LEGACY), row("b", legacy_code=LEGACY, **at(LIUNAN))],
    ),
}


@pytest.mark.parametrize(("expected", "rows"), CASES.values(), ids=CASES)
def test_rows_of_one_code(db: Session, expected: str, rows: list[dict[str, Any]]) -> None:
    assert settled(db, rows) == groups_of(expected)
