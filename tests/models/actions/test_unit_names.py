"""Rows without a valid code: name, county, address and phone (Q10)."""

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from models.rules.units import similar
from tests.make_units import CODE, LEGACY, OTHER_CODE, groups_of, row, settled

MISPLACED = {"county": "450204"}
ELSEWHERE = {"county": "450204", "address": "河西路6号"}
LONG = {"name": "柳州市鑫鸿铸造有限责任公司", "name_core": "鑫鸿铸造"}
BARE = {"name": "鑫鸿铸造", "name_core": "鑫鸿铸造"}
WORKS = {"name": "柳州市鑫鸿铸造厂", "name_core": "鑫鸿铸造"}
NOWHERE: dict[str, Any] = {"county": None, "county_basis": None}
NO_ADDRESS = {"address": None}
FAR = {"address": "文昌路88号"}
PHONE = {"phone": "13977200001"}
NUMBERED = {"legacy_code": LEGACY}
RENAMED = {"name": "柳州市大桥纸箱厂"}

CASES = {
    "same name, county and address": ("ab", [row("a", credit_code=CODE), row("b")]),
    "no code on either side": ("ab", [row("a"), row("b")]),
    "address written differently": ("ab", [row("a"), row("b", address="柳堡路1号2栋")]),
    "address missing on one side": ("ab", [row("a", credit_code=CODE), row("b", **NO_ADDRESS)]),
    "address missing in the coded unit": ("ab", [row("a", credit_code=CODE, **NO_ADDRESS), row("b")]),
    "address missing on both sides": ("ab", [row("a", **NO_ADDRESS), row("b", **NO_ADDRESS)]),
    "conflicting address": ("a b", [row("a", credit_code=CODE), row("b", **FAR)]),
    "conflicting address, same phone": (
        "ab",
        [row("a", credit_code=CODE, **PHONE), row("b", **FAR, **PHONE)],
    ),
    "another county": ("a b", [row("a", credit_code=CODE), row("b", **ELSEWHERE)]),
    "another workplace, same phone": (
        "a b",
        [row("a", credit_code=CODE, **PHONE), row("b", **ELSEWHERE, **PHONE)],
    ),
    "the same address in another county": ("ab", [row("a", credit_code=CODE), row("b", **MISPLACED)]),
    "the same address in another county, no code": ("ab", [row("a"), row("b", **MISPLACED)]),
    "the same address in another county, two of the name": (
        "a b c",
        [row("a", credit_code=CODE), row("b", **MISPLACED), row("c", credit_code=OTHER_CODE, **FAR)],
    ),
    "another form of the name": ("ab", [row("a", credit_code=CODE), row("b", **LONG)]),
    "no form and no region": ("ab", [row("a", credit_code=CODE), row("b", **BARE)]),
    "another form, no code": ("ab", [row("a"), row("b", **LONG)]),
    "another form, same phone": (
        "ab",
        [row("a", credit_code=CODE, **PHONE), row("b", **LONG, **FAR, **PHONE)],
    ),
    "another form, no address": ("a b", [row("a", credit_code=CODE), row("b", **LONG, **NO_ADDRESS)]),
    "another form, another county": ("a b", [row("a", credit_code=CODE), row("b", **LONG, **ELSEWHERE)]),
    "a works is no company": ("a b", [row("a", credit_code=CODE), row("b", **WORKS)]),
    "two codes by other forms": (
        "a b c",
        [row("a", credit_code=CODE, **BARE), row("b", credit_code=OTHER_CODE), row("c", **LONG)],
    ),
    "the very name before another form": (
        "ac b",
        [row("a", credit_code=CODE, **LONG), row("b", credit_code=OTHER_CODE), row("c", **LONG)],
    ),
    "two codes never joined through rows without": (
        "abc d",
        [
            row("a", credit_code=CODE),
            row("b", **NO_ADDRESS),
            row("c", **LONG),
            row("d", credit_code=OTHER_CODE, **LONG, **ELSEWHERE),
        ],
    ),
    "registered county elsewhere, same phone": (
        "ab",
        [row("a", credit_code=CODE, **PHONE), row("b", county_basis="registered", **ELSEWHERE, **PHONE)],
    ),
    "county unknown, same phone": ("ab", [row("a", credit_code=CODE, **PHONE), row("b", **NOWHERE, **PHONE)]),
    "county unknown, same address": ("ab", [row("a", credit_code=CODE), row("b", **NOWHERE)]),
    "county unknown, nothing else": ("a b", [row("a", credit_code=CODE), row("b", **NOWHERE, **NO_ADDRESS)]),
    "another name": ("a b", [row("a", credit_code=CODE), row("b", **RENAMED)]),
    "same phone, another name": ("a b", [row("a", credit_code=CODE, **PHONE), row("b", **RENAMED, **PHONE)]),
    "two codes fit": (
        "a b c",
        [row("a", credit_code=CODE), row("b", credit_code=OTHER_CODE), row("c")],
    ),
    "two codes fit, the phone decides": (
        "ac b",
        [
            row("a", credit_code=CODE, **PHONE),
            row("b", credit_code=OTHER_CODE, address="文昌路8号"),
            row("c", **NO_ADDRESS, **PHONE),
        ],
    ),
    "two codes never joined through a third row": (
        "a b cd",
        [row("a", credit_code=CODE), row("b", credit_code=OTHER_CODE), row("c"), row("d", **PHONE)],
    ),
    "no address between two addresses stays alone": (
        "a b c",
        [row("a"), row("b", **FAR), row("c", **NO_ADDRESS)],
    ),
    "through a row that knows the phone": (
        "abc",
        [row("a", credit_code=CODE), row("b", **PHONE), row("c", **FAR, **PHONE)],
    ),
    "registration number and name": (
        "ab",
        [row("a", credit_code=CODE, **NUMBERED), row("b", **FAR, **NUMBERED)],
    ),
    "registration number, another name": (
        "a b",
        [row("a", credit_code=CODE, **NUMBERED), row("b", **RENAMED, **NUMBERED)],
    ),
    "registration number, another workplace": (
        "a b",
        [row("a", credit_code=CODE, **NUMBERED), row("b", **ELSEWHERE, **NUMBERED)],
    ),
    "a numbered unit takes rows without any": ("ab", [row("a", **NUMBERED), row("b")]),
    "no name": ("a b", [row("a", credit_code=CODE, name=""), row("b", name="")]),
}


@pytest.mark.parametrize(("expected", "rows"), CASES.values(), ids=CASES)
def test_rows_without_a_code(db: Session, expected: str, rows: list[dict[str, Any]]) -> None:
    assert settled(db, rows) == groups_of(expected)


ADDRESSES = [
    ("柳堡路1号", "柳堡路1号", True),
    ("柳堡路1号", "柳堡路1号2栋", True),
    ("柳堡路1号", "拉堡镇柳堡路1号", True),
    ("柳堡路", "柳堡路1号", True),
    ("柳堡路1号", "柳堡路11号", False),
    ("柳堡路1号", "柳堡路2号", False),
    ("古亭村2组", "中渡村2组", False),
    ("官塘工业园创业路6号", "官塘工业区创业路6号", True),
    ("古亭村上屯", "古亭村下屯", False),
    ("柳堡路1号", "文昌路88号", False),
    ("1号", "2号", False),
    ("白莲路13-9号", "白莲路13号", True),
    ("竹鹅路二一号", "竹鹅路21号", True),
    ("阳和一路5号", "阳和二路5号", False),
    ("广西柳州鱼峰区思黄屯岭桥村", "岭桥村思黄屯", True),
]


@pytest.mark.parametrize(("one", "other", "same"), ADDRESSES)
def test_like_addresses(db: Session, one: str, other: str, same: bool) -> None:
    query = text(
        f"SELECT {similar('a', 'b')}, {similar('b', 'a')} FROM (SELECT CAST(:a AS text) AS a, CAST(:b AS text) AS b) AS x"
    )
    assert tuple(db.execute(query, {"a": one, "b": other}).one()) == (same, same)


def test_many_rows_of_one_name_are_no_burden(db: Session) -> None:
    rows = [row(f"t{number}", address=f"第{number}路{number}号") for number in range(120)]
    assert len(settled(db, [*rows, row("x", address="第7路7号")])) == 120
