"""The platform's export with all sections: stored as it shows them, once, with later pictures after it (F13, Q1)."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from models.actions import platform_filing
from models.actions.platform_filing import Taken
from models.database import session
from models.errors import InputRefused, RuleRefused
from models.filing import DeclarationEvent, DeclarationVersion, FiledDeclaration, Registrant
from models.form.form import Form, stored
from models.queries.filings import open_conflicts, state_of
from tasks import review
from tasks.filing.entering import Way, enter_files
from tasks.filing.platform_import import Imported, import_platform
from tests.make_exports import details, main_row, write_export
from tests.make_filings import COUNTY
from tests.make_forms import CODE, DAY, GONE, OTHER, PARENT, make_form
from tests.make_targets import campaign_on_file
from tests.tasks.filing.test_entering import write

pytestmark = pytest.mark.usefixtures("installation")
SEPTEMBER, OCTOBER = date(2024, 9, 30), date(2024, 10, 31)
TODAY = date(2025, 1, 1)
Row = dict[str, Any]


def taken(path: Path, day: date = SEPTEMBER, *, rehearse: bool = False) -> Imported:
    return import_platform(
        path, campaign_on_file(), by="导入员", today=TODAY, data_date=day, rehearse=rehearse
    )


def export(path: Path, *rows: tuple[str, Form, Row]) -> Path:
    lines = [main_row(number, form, **columns) for number, form, columns in rows]
    return write_export(path, lines, [details(number, form) for number, form, _ in rows])


def forms() -> dict[str, dict[str, Any]]:
    with session() as db:
        latest = (
            select(FiledDeclaration.source_key, DeclarationVersion.form)
            .join(DeclarationVersion, DeclarationVersion.declaration_id == FiledDeclaration.id)
            .where(DeclarationVersion.number == FiledDeclaration.version)
        )
        return {str(key): form for key, form in db.execute(latest)}


def codes(result: Imported) -> list[str]:
    return [problem.code for problem in result.problems]


CASES: dict[str, dict[str, Any]] = {
    "sound": {},
    "secret": {"products": {"secret": True}},
    "two products": {
        "products.rows": [{"name": "甲", "output": "1.5", "unit": "台"}, {"name": "无", "output": 0}]
    },
    "change": {"type": "变更申报", "reason": "工艺变更", "event_on": "2024-08-30"},
    "wrong persons": {"basics.exposed": 1, "basics.diseased": -1},
    "no monitoring": {"monitoring": {"done": False}, "surveillance": {"done": False}},
}


@pytest.mark.parametrize("changes", CASES.values(), ids=CASES.keys())
def test_a_declaration_comes_with_all_its_sections(changes: dict[str, Any], tmp_path: Path) -> None:
    form = make_form(changes)
    result = taken(export(tmp_path / "e.xlsx", ("GX-1", form, {})))
    assert (result.taken[Taken.NEW], result.problems, result.unread) == (1, [], [])
    assert forms() == {"GX-1": stored(form) | {"products": stored(form).get("products")}}
    with session() as db:
        one = db.scalars(select(FiledDeclaration)).one()
        event = db.scalars(select(DeclarationEvent)).one()
        owner = db.get_one(Registrant, one.registrant_id)
    assert (one.state, one.source, one.filed_on) == ("已审核", "platform", date(2024, 9, 2))
    assert (event.act, event.role, event.effective_on) == ("导入", "平台", date(2024, 9, 4))
    assert (owner.source, owner.credit_code, owner.county) == ("platform", CODE, "450206")
    assert review.verify_chains() == {}


def test_the_same_again_is_nothing_new(tmp_path: Path) -> None:
    path = export(tmp_path / "e.xlsx", ("GX-1", make_form(), {}), ("GX-1", make_form(), {}))
    assert taken(path).taken == {Taken.NEW: 1}
    assert taken(path).taken == {Taken.SAME: 1}
    assert taken(path, OCTOBER).taken == {Taken.SAME: 1}
    with session() as db:
        assert db.scalar(text("SELECT count(*) FROM declaration_event")) == 1


SEND: Row = {"状态": "待审核", "审核日期": None}
PASS: Row = {"状态": "已审核", "审核日期": "2024-10-08"}
BACK: Row = {"状态": "已驳回", "审核日期": None}
# pictures of September and October → events: from, to, version, day
PICTURES: dict[str, tuple[Row, Row, dict[str, Any], tuple[str, str, int, date]]] = {
    "approved": (SEND, PASS, {}, ("待审核", "已审核", 1, date(2024, 10, 8))),
    "revoked": (PASS | {"审核日期": "2024-09-05"}, SEND, {}, ("已审核", "待审核", 1, date(2024, 9, 5))),
    "rejected after all": (PASS | {"审核日期": "2024-09-05"}, BACK, {}, ("已审核", "已驳回", 1, OCTOBER)),
    "changed while approved": (
        PASS | {"审核日期": "2024-09-05"},
        PASS | {"审核日期": "2024-09-05"},
        {"basics.headcount": 26},
        ("已审核", "已审核", 2, date(2024, 9, 5)),
    ),
    "rejected, put right, approved": (BACK, PASS, {"basics.headcount": 26}, ("已驳回", "已审核", 2, date(2024, 10, 8))),
}  # fmt: skip


@pytest.mark.parametrize(("first", "then", "changes", "told"), PICTURES.values(), ids=PICTURES.keys())
def test_a_later_picture(
    first: Row, then: Row, changes: dict[str, Any], told: tuple[str, str, int, date], tmp_path: Path
) -> None:
    september = export(tmp_path / "9.xlsx", ("GX-1", make_form(), first))
    october = export(tmp_path / "10.xlsx", ("GX-1", make_form(changes), then))
    taken(september)
    assert taken(october, OCTOBER).taken == {Taken.CHANGED: 1}
    with session() as db:
        event = db.scalars(select(DeclarationEvent).order_by(DeclarationEvent.number)).all()[-1]
        number = event.declaration_id
        before = state_of(db, number, date(2024, 9, 2)), state_of(db, number, OCTOBER)
        revoked = db.scalar(text("SELECT revoked FROM filed_declaration"))
    made = (event.from_state, event.to_state, event.version, max(event.effective_on, told[3]))
    assert made == told
    assert before[1] == told[1]
    assert revoked is (told[0] == "已审核" and told[1] != "已审核")
    assert review.verify_chains() == {}
    assert taken(september).taken == {Taken.OLDER: 1}
    assert taken(october, OCTOBER).taken == {Taken.SAME: 1}


WRONG: dict[str, tuple[Row, str]] = {
    "no number": ({"申报编号": None}, "E1741"),
    "no code": ({"统一社会信用代码": None}, "E1742"),
    "a wrong code": ({"统一社会信用代码": "914502007351484600"}, "E1742"),
    "an old number for a code": ({"统一社会信用代码": "450200000012345"}, "E1742"),
    "another city": ({"所属地区": "广西壮族自治区/南宁市/青秀区"}, "E1743"),
    "nobody knows where": (
        {"所属地区": None, "乡镇（街道）": None, "单位注册地址": None, "作业场所地址": None},
        "E1743",
    ),
    "no state": ({"状态": "处理中"}, "E1744"),
    "no day of filing": ({"申报日期": None}, "E1745"),
    "a day that is none": ({"申报日期": "2024-02-30"}, "E1745"),
    "filed after the picture": ({"申报日期": "2024-10-01", "审核日期": None}, "E1756"),
    "no branch flag": ({"是否分支机构": None}, "E1752"),
    "another platform": ({"申报平台": "原安监"}, "E1753"),
    "no name": ({"单位名称": None}, "E1101"),
}


@pytest.mark.parametrize(("columns", "code"), WRONG.values(), ids=WRONG.keys())
def test_a_row_that_is_not_certain_is_told_and_left_out(columns: Row, code: str, tmp_path: Path) -> None:
    good = make_form({"basics.credit_code": OTHER, "basics.name": "别的单位"})
    lines = [main_row("GX-1", make_form(), **columns), main_row("GX-2", good)]
    result = taken(write_export(tmp_path / "e.xlsx", lines))
    assert (codes(result), result.left_out, result.taken) == ([code], 1, {Taken.NEW: 1})
    assert list(forms()) == ["GX-2"]


CELLS: dict[str, tuple[Row, list[str], dict[str, Any]]] = {
    "persons": ({"粉尘 接触总人数": "十来个"}, ["E1731"], {"hazards.dust.exposed": GONE}),
    "yes or no": ({"粉尘 有/无": "可能"}, ["E1731"], {"hazards.dust.present": GONE}),
    "size": ({"企业规模": "巨大"}, ["E1731"], {"basics.size": GONE}),
    "a long number": ({"检测报告编号": 20240000000000012}, ["E1732"], {"monitoring.report_nos": GONE}),
    "a day of approval that is none": ({"审核日期": "2024-02-30"}, ["E1141"], {}),
    "an industry that is not listed": ({"行业分类": "0000"}, [], {"basics.industry": "0000"}),
    "a factor in a column": ({"接触高温人数": 3}, [], {}),
    "a column nobody knows": ({"天气": "晴"}, [], {}),
    "secret, and told": ({"军工等涉密产品": "是"}, ["E1754"], {"products": {"secret": True}}),
}


@pytest.mark.parametrize(("columns", "told", "changes"), CELLS.values(), ids=CELLS.keys())
def test_cells(columns: Row, told: list[str], changes: dict[str, Any], tmp_path: Path) -> None:
    result = taken(export(tmp_path / "e.xlsx", ("GX-1", make_form(), columns)))
    assert codes(result) == told
    assert result.unread == [name for name in columns if name == "天气"]
    expected = stored(make_form(changes))
    if "接触高温人数" in columns:
        expected["hazards"]["physical"]["factors"].insert(0, {"name": "高温", "exposed": 3})
    assert forms()["GX-1"] == expected


def test_products_side_by_side_and_in_one_cell(tmp_path: Path) -> None:
    beside: Row = {"产品名称1": "甲", "年产量1": 1, "计量单位1": "台", "产品名称2": "乙", "年产量2": 2}
    within = {"产品名称": "甲；乙", "年产量": "1；2", "计量单位": "台；吨"}
    unsure = {"产品名称": "甲；乙", "年产量": "1"}
    codes_of = (CODE, PARENT, OTHER)
    ways: tuple[Row, ...] = (beside, within, unsure)
    lines = [
        main_row(f"GX-{at}", make_form({"basics.credit_code": code, "basics.name": code}), **columns)
        for at, (code, columns) in enumerate(zip(codes_of, ways, strict=True))
    ]
    result = taken(write_export(tmp_path / "e.xlsx", lines))
    made = [
        [(row["name"], row["output"]) for row in forms()[f"GX-{at}"]["products"].get("rows", ())]
        for at in range(3)
    ]
    assert made == [[("甲", "1"), ("乙", "2")], [("甲", "1"), ("乙", "2")], []]
    assert codes(result) == ["E1751"]


def test_one_number_with_two_contents_and_details_of_nobody(tmp_path: Path) -> None:
    lines = [main_row("GX-1", make_form()), main_row("GX-1", make_form({"basics.headcount": 26}))]
    stray = details("GX-9", make_form({"monitoring": None, "surveillance": None, "hazards": None}))
    result = taken(write_export(tmp_path / "e.xlsx", lines, [stray]))
    assert codes(result) == ["E1746", "E1746", "E1748"]
    assert forms() == {}


def test_rows_that_break_the_rule_of_one_open_are_listed(tmp_path: Path) -> None:
    rows = [(f"GX-{at}", make_form({"year": year}), SEND) for at, year in enumerate((2023, 2024))]
    result = taken(export(tmp_path / "e.xlsx", *rows))
    assert [(one["name"], one["told"]) for one in result.conflicts] == [
        ("柳州市鑫鸿铸造有限公司", "GX-0（待审核）、GX-1（待审核）")
    ]
    with session() as db:
        assert [numbers for _, numbers in open_conflicts(db)] == [result.conflicts[0]["declarations"]]


def test_a_unit_stays_the_unit_it_was(tmp_path: Path) -> None:
    """The export gives another code later: the declaration stays where it was, and the county is asked."""
    taken(export(tmp_path / "9.xlsx", ("GX-1", make_form(), {})))
    moved = make_form({"basics.credit_code": OTHER, "basics.name": "别的单位"})
    result = taken(export(tmp_path / "10.xlsx", ("GX-1", moved, {})), OCTOBER)
    assert codes(result) == ["E1749"]
    with session() as db:
        one = db.scalars(select(FiledDeclaration)).one()
        assert db.get_one(Registrant, one.registrant_id).credit_code == CODE


def test_what_we_file_afterwards_knows_the_platforms_approval(tmp_path: Path) -> None:
    """One registration for both books: an annual update has its predecessor, a first declaration is refused."""
    taken(export(tmp_path / "e.xlsx", ("GX-1", make_form(), {})), SEPTEMBER)
    way = Way("受理员", date(2025, 9, 1), submit=True)
    (first,) = enter_files([write(tmp_path / "a.json", {"year": 2025})], way)
    (update,) = enter_files([write(tmp_path / "a.json", {"year": 2025, "type": "年度更新"})], way)
    assert [finding.code for finding in first.findings] == ["E1621"]
    assert (update.outcome, update.findings, update.registered) == ("已提交", (), False)
    with session() as db:
        assert db.scalar(text("SELECT count(*) FROM registrant")) == 1


def test_nobody_decides_here_about_a_declaration_of_the_platform(tmp_path: Path) -> None:
    taken(export(tmp_path / "e.xlsx", ("GX-1", make_form(), SEND)))
    with session() as db:
        number = db.scalars(select(FiledDeclaration.id)).one()
    with pytest.raises(RuleRefused, match="E1750"):
        review.approve(number, actor=COUNTY, on=DAY)


def test_stopped_half_way_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    codes_of = (CODE, PARENT, OTHER)
    rows: list[tuple[str, Form, Row]] = [
        (f"GX-{one}", make_form({"basics.credit_code": one, "basics.name": one}), {}) for one in codes_of
    ]
    path = export(tmp_path / "e.xlsx", *rows)
    monkeypatch.setattr("tasks.filing.platform_import.PART", 1)
    whole, calls = platform_filing.take_shown, []

    def stopped(*given: Any) -> Any:
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return whole(*given)

    monkeypatch.setattr("tasks.filing.platform_import.take_shown", stopped)
    with pytest.raises(KeyboardInterrupt):
        taken(path)
    assert forms() == {}
    assert taken(path).taken == {Taken.NEW: 3}
    assert review.verify_chains() == {}


def test_a_rehearsal_leaves_nothing(tmp_path: Path) -> None:
    path = export(tmp_path / "e.xlsx", ("GX-1", make_form(), {}))
    assert taken(path, rehearse=True).taken == {Taken.NEW: 1}
    assert forms() == {}


FILES: dict[str, tuple[list[Row], date | None, str]] = {
    "no list of declarations": ([{"单位名称": "甲厂", "地址": "某路"}], SEPTEMBER, "E1758"),
    "no numbers": ([{"单位名称": "甲厂", "状态": "已审核", "申报日期": "2024-01-01"}], SEPTEMBER, "E1758"),
    "no day": ([{"申报编号": "1", "单位名称": "甲厂", "状态": "已审核"}], None, "E1031"),
    "a day to come": ([{"申报编号": "1", "单位名称": "甲厂", "状态": "已审核"}], date(2026, 1, 1), "E1036"),
}


@pytest.mark.parametrize(("rows", "day", "code"), FILES.values(), ids=FILES.keys())
def test_files_that_are_refused(rows: list[Row], day: date | None, code: str, tmp_path: Path) -> None:
    path = write_export(tmp_path / "e.xlsx", rows)
    with pytest.raises(InputRefused) as refused:
        import_platform(path, campaign_on_file(), by="导入员", today=TODAY, data_date=day)
    assert refused.value.code == code
