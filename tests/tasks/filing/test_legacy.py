"""F25: the old system's list, row by row; F19: its account is optional, and one that matches nothing is an error."""

import csv
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select, text

from models.actions.legacy_import import import_skeleton
from models.database import session
from models.errors import InputRefused, RuleRefused
from models.filing import DeclarationVersion
from tasks import review
from tasks.filing.entering import Way, enter_files
from tasks.filing.legacy import Order, Result, import_legacy, write_legacy_receipt
from tests.make_exports import write_export
from tests.make_forms import CODE, DAY, OTHER, PARENT
from tests.make_targets import campaign_on_file
from tests.tasks.filing.test_entering import counts, registered, write

pytestmark = pytest.mark.usefixtures("installation")
ROW: dict[str, Any] = {
    "原账号": "lz001",
    "记录编号": "AJ-1",
    "企业名称": "柳州市鑫鸿铸造有限公司",
    "统一社会信用代码": CODE,
    "所属区县": "柳江区",
    "法定代表人": "韦老板",
    "行业代码": "3391",
    "职工总数": "25人",
    "职业卫生管理联系人": "韦一",
    "主要产品产品名称": "铸件",
}
LIST = [
    ROW,
    ROW | {"原账号": "lz002", "记录编号": "AJ-2", "企业名称": "乙厂", "统一社会信用代码": PARENT},
    ROW | {"原账号": None, "记录编号": None, "企业名称": "丙厂", "统一社会信用代码": OTHER},
]


def taken(path: Path, **order: Any) -> Result:
    return import_legacy(path, campaign_on_file(), Order("导入员", DAY, **order))


def told(result: Result) -> list[tuple[str, str | None]]:
    return [(str(row.outcome), row.code) for row in result.rows]


def test_basics_only_as_a_draft_of_a_change(tmp_path: Path) -> None:
    result = taken(write_export(tmp_path / "old.xlsx", [ROW]))
    assert told(result) == [("已收入", None)]
    assert "请核实" in result.rows[0].message
    with session() as db:
        form = db.scalars(select(DeclarationVersion.form)).one()
        state = db.scalar(text("SELECT source || state || source_key FROM filed_declaration"))
    assert state == "legacy暂存AJ-1"
    assert (form["type"], form["reason"], sorted(form)) == (
        "变更申报",
        "系统更新",
        ["basics", "format", "reason", "type", "year"],
    )
    basics = form["basics"]
    assert (basics["county"], basics["headcount"], basics["contact"]) == ("450206", 25, "韦一")
    assert "is_branch" not in basics
    assert "韦老板" not in str(form)


def test_the_same_list_again_and_what_became_of_a_draft_since(tmp_path: Path) -> None:
    """Not submitted until filled in; once it is, the list changes nothing."""
    path = write_export(tmp_path / "old.xlsx", LIST)
    assert told(taken(path)) == [("已收入", None)] * 3
    before = counts()
    assert told(taken(path)) == [("以前收入过", None)] * 3
    assert counts() == before == (3, 3, 3, 3)
    way = Way("韦一", DAY, submit=True)
    change = {"type": "变更申报", "reason": "系统更新"}
    empty = {"products": None, "hazards": None, "monitoring": None, "surveillance": None}
    (short,) = enter_files([write(tmp_path / "a.json", change | empty)], way)
    assert [finding.code for finding in short.findings] == ["E1620"] * 4
    (whole,) = enter_files([write(tmp_path / "a.json", change)], way)
    assert (whole.outcome, whole.state) == ("已提交", "待审核")
    assert told(taken(path)) == [("以前收入过", None)] * 3
    assert review.verify_chains() == {}


WRONG: dict[str, tuple[dict[str, Any], list[tuple[str, str | None]]]] = {
    "no code": ({"统一社会信用代码": "不详"}, [("未收入", "E1733")]),
    "a wrong code": ({"统一社会信用代码": "914502007351484600"}, [("未收入", "E1733")]),
    "no county": ({"所属区县": None}, [("未收入", "E1733")]),
    "another city": ({"所属区县": "青秀区"}, [("未收入", "E1736")]),
    "looks like a branch": ({"企业名称": "鑫鸿铸造有限公司柳北分公司"}, [("未收入", "E1733")]),
    "a branch before its superior": (
        {"是否分支机构": "是", "上级机构代码": CODE},
        [("未收入", "E1615")],
    ),
    "persons nobody can read": ({"职工总数": "若干"}, [("已收入", "E1731")]),
}


@pytest.mark.parametrize(("columns", "outcome"), WRONG.values(), ids=WRONG.keys())
def test_rows(columns: dict[str, Any], outcome: list[tuple[str, str | None]], tmp_path: Path) -> None:
    path = write_export(tmp_path / "old.xlsx", [ROW | columns, LIST[1]])
    assert told(taken(path)) == [*outcome, ("已收入", None)]


def test_one_record_said_twice(tmp_path: Path) -> None:
    path = write_export(tmp_path / "old.xlsx", [ROW, ROW | {"职工总数": 26}])
    assert told(taken(path)) == [("未收入", "E1746")] * 2


def test_a_unit_that_is_at_another_declaration_waits(tmp_path: Path) -> None:
    enter_files([write(tmp_path / "a.json", {})], Way("韦一", DAY))
    assert told(taken(write_export(tmp_path / "old.xlsx", [ROW]))) == [("未收入", "E1757")]


ACCOUNTS: dict[str, tuple[str | None, list[tuple[str, str | None]] | str]] = {
    "none given": (None, [("已收入", None), ("已收入", None), ("已收入", None)]),
    "one that matches": ("lz001", [("已收入", None)]),
    "one that matches another unit": ("lz002", [("未收入", "E1755")]),
    "one that matches nothing": ("lz009", "E1755"),
    "blanks around it": (" lz001 ", [("已收入", None)]),
}


@pytest.mark.parametrize(("account", "outcome"), ACCOUNTS.values(), ids=ACCOUNTS.keys())
def test_the_old_account(
    account: str | None, outcome: list[tuple[str, str | None]] | str, tmp_path: Path
) -> None:
    path = write_export(tmp_path / "old.xlsx", LIST)
    number = registered() if account else None
    if isinstance(outcome, str):
        with pytest.raises(RuleRefused, match=outcome):
            taken(path, account=account, registrant=number)
    else:
        assert told(taken(path, account=account, registrant=number)) == outcome


def test_a_csv_as_the_old_system_wrote_it(tmp_path: Path) -> None:
    path = tmp_path / "old.csv"
    with path.open("w", encoding="gb18030", newline="") as file:
        writer = csv.DictWriter(file, list(ROW))
        writer.writeheader()
        writer.writerow(ROW)
    assert told(taken(path)) == [("已收入", None)]


def test_no_list_of_units(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="E1758"):
        taken(write_export(tmp_path / "old.xlsx", [{"甲": "1", "乙": "2"}]))


def test_stopped_and_started_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_export(tmp_path / "old.xlsx", LIST)
    whole, calls = import_skeleton, []

    def stopped(*given: Any, **named: Any) -> Any:
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return whole(*given, **named)

    monkeypatch.setattr("tasks.filing.legacy.import_skeleton", stopped)
    with pytest.raises(KeyboardInterrupt):
        taken(path)
    assert counts() == (1, 1, 1, 1)
    assert told(taken(path)) == [("以前收入过", None), ("已收入", None), ("已收入", None)]


def test_the_receipt(tmp_path: Path) -> None:
    result = taken(write_export(tmp_path / "old.xlsx", [ROW | {"企业名称": "=甲厂"}]), rehearse=True)
    book = load_workbook(write_legacy_receipt(result, tmp_path / "回执.xlsx"))
    (row,) = list(book["逐行结果"].iter_rows(min_row=2, values_only=True))
    assert row[2:4] == ("=甲厂", "已收入")
    assert counts() == (0, 0, 0, 0)
