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


def at(county: str | None, basis: str | None = "workplace") -> dict[str, Any]:
    return {"county": county, "county_basis": basis if county else None}


NOWHERE = at(None)
CASES = {
    "one code is one unit": ("ab", [coded("a"), coded("b", headcount=30)]),
    "two codes are two": ("a b", [coded("a"), coded("b", credit_code=OTHER_CODE)]),
    "another address alone is no evidence": ("ab", [coded("a"), coded("b", address="文昌路88号")]),
    "another name alone is no evidence": ("ab", [coded("a"), coded("b", name="柳州市鑫鸿实业有限公司")]),
    "another workplace county": ("a b", [coded("a"), coded("b", **at(LIUNAN))]),
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
