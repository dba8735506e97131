"""The list of units that may be one or two, with the reason; what was judged is not asked again (Q9, Q10)."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from models.actions.unit_judgements import merge_lines, split_line
from models.actions.units import resolve_units
from models.inbound import Kind
from models.queries.suspects import suspects
from tests.make_units import CODE, OTHER_CODE, entry_of, list_of, row

FAR = {"address": "文昌路88号"}
BRANCH = {"name": "柳州市鑫鸿铸造有限公司柳江分公司", "branch_part": "柳江分公司", "name_core": "鑫鸿铸造"}
CASES: dict[str, tuple[list[str], list[dict[str, Any]]]] = {
    "all well": ([], [row("a", credit_code=CODE), row("b", credit_code=CODE, address="柳堡路1号2栋")]),
    "one unit, two places": (["疑似多场所"], [row("a", credit_code=CODE), row("b", credit_code=CODE, **FAR)]),
    "one code, two names": (
        ["同码异名"],
        [row("a", credit_code=CODE), row("b", credit_code=CODE, name="柳州市大桥纸箱厂")],
    ),
    "one name, two codes": (
        ["同名同县"],
        [row("a", credit_code=CODE), row("b", credit_code=OTHER_CODE, **FAR)],
    ),
    "nearly one name, one phone": (
        ["名称相近"],
        [
            row("a", credit_code=CODE, phone="13977200001"),
            row("b", credit_code=OTHER_CODE, phone="13977200001", name="鑫鸿铸造有限公司", **FAR),
        ],
    ),
    "one name, one address, two counties": (
        ["名称相近"],
        [row("a", credit_code=CODE), row("b", credit_code=OTHER_CODE, county="450204")],
    ),
    "one code in two counties": (
        ["一码多县"],
        [row("a", credit_code=CODE), row("b", credit_code=CODE, county="450204", **FAR)],
    ),
    "branch without its parent": (["分支缺总部"], [row("a", credit_code=CODE, parent_code=CODE, **BRANCH)]),
    "branch beside its parent": (
        [],
        [row("a", credit_code=CODE, parent_code=CODE, **BRANCH, **FAR), row("b", credit_code=CODE)],
    ),
    "branch with its own code": ([], [row("a", credit_code=CODE, parent_code=OTHER_CODE, **BRANCH)]),
}


@pytest.mark.parametrize(("expected", "rows"), CASES.values(), ids=CASES)
def test_suspects(db: Session, expected: list[str], rows: list[dict[str, Any]]) -> None:
    list_of(db, *rows)
    resolve_units(db, {})
    assert [one["kind"] for one in suspects(db)] == expected
    assert [one["kind"] for one in suspects(db, county="450206")] == expected
    assert suspects(db, county="450226") == []


def test_what_a_person_merged_is_not_asked_again(db: Session) -> None:
    list_of(db, row("a", credit_code=CODE))
    list_of(db, row("b", credit_code=OTHER_CODE, **FAR), kind=Kind.REGISTRY)
    merge_lines(db, entry_of(db, "a"), entry_of(db, "b"), by="城区", reason="同一家")
    resolve_units(db, {})
    assert suspects(db) == []


def test_what_a_person_split_is_not_asked_again(db: Session) -> None:
    list_of(db, row("a", credit_code=CODE), row("b"))
    split_line(db, entry_of(db, "b"), by="城区", reason="两家")
    resolve_units(db, {})
    assert suspects(db) == []
