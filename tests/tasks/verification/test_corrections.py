"""What a county corrects is a line of its own with provenance, tied to its unit; what it adds is a lead (C07, C09, C25)."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from models.database import session
from models.errors import InputRefused
from models.inbound import Kind
from models.target import SnapshotKind
from tasks.explain import explain
from tasks.intake_files import ingest_one
from tasks.membership import membership_table
from tasks.order import Order
from tasks.snapshots import freeze_lists
from tasks.targets import count_counties
from tests.make_rounds import CITY, DAY, LATER, LIUJIANG, back, code_of, filled, issued, make_city, outcomes
from tests.make_targets import campaign_on_file, list_on, make_known

NEXT = DAY + timedelta(1)
NEW = {"单位名称": "新来的厂", "地址": "拉堡镇工业园9号", "发现渠道": "协管员", "线索依据": "群众来信"}
NEW |= {"统一社会信用代码": code_of(77), "行业": "3110", "从业人数": "18人", "联系电话": "13907720077"}


def facts(unit: int, *names: str) -> list[Any]:
    with session() as db:
        row = db.execute(text("SELECT * FROM employer WHERE id = :id"), {"id": unit}).mappings().one()
    return [row[name] for name in names]


def count(table: str) -> int:
    with session() as db:
        return int(db.scalar(text(f"SELECT count(*) FROM {table}")) or 0)


def test_corrected_facts_win_and_tell_where_they_are_from(
    city: dict[str, int], sheet: Path, tmp_path: Path
) -> None:
    corrections = {"更正名称": "甲钢铁厂", "更正地址": "穿山镇8号", "更正行业": "3240 有色金属合金制造"}
    corrections |= {"更正人数": "120人", "更正电话": "0772-3821234"}
    report = back(filled(sheet, tmp_path / "1.xlsx", {"甲厂": {"核对结论": "在营"} | corrections}))
    (row,) = [row for row in report.rows if row.outcome.name == "ACCEPTED"]
    assert "更正人数：25 → 120" in row.after
    assert "更正电话：已更正" in row.after
    wanted = ("name", "address", "industry", "headcount", "phone", "county", "credit_code")
    assert facts(city["甲厂"], *wanted) == [
        "甲钢铁厂", "穿山镇8号", "3240", 120, "0772-3821234", LIUJIANG, code_of(1),
    ]  # fmt: skip
    assert facts(city["乙厂"], "headcount") == [12]
    shown = explain(campaign_on_file(), str(city["甲厂"]), NEXT)
    counts = [one for one in shown["provenance"] if one["field"] == "headcount" and one["counts"]]
    assert [(one["kind"], one["source"], one["file"]) for one in counts] == [
        ("verification", "柳江区核对", "1.xlsx")
    ]
    assert [(one["finding"], one["row_no"]) for one in shown["verdicts"]] == [("operating", row.row_no)]


def test_a_later_correction_adds_to_the_earlier(city: dict[str, int], sheet: Path, tmp_path: Path) -> None:
    back(filled(sheet, tmp_path / "1.xlsx", {"甲厂": {"更正人数": 40}}))
    back(filled(sheet, tmp_path / "2.xlsx", {"甲厂": {"更正电话": "13907720099"}}), NEXT)
    assert facts(city["甲厂"], "headcount", "phone") == [40, "13907720099"]
    back(filled(sheet, tmp_path / "3.xlsx", {"甲厂": {"更正人数": 41}}), LATER)
    assert facts(city["甲厂"], "headcount", "phone") == [41, "13907720099"]
    assert count("unit_judgement") == 2, "tied once"


def test_twice_on_one_day_only_where_nothing_clashes(
    city: dict[str, int], sheet: Path, tmp_path: Path
) -> None:
    back(filled(sheet, tmp_path / "1.xlsx", {"甲厂": {"更正人数": 40}}))
    report = back(filled(sheet, tmp_path / "2.xlsx", {"甲厂": {"更正人数": 40, "更正电话": "13907720099"}}))
    assert outcomes(report)["甲厂"] == "已接收"
    report = back(filled(sheet, tmp_path / "3.xlsx", {"甲厂": {"更正人数": 41}}))
    assert outcomes(report)["甲厂"] == "未接收 E1282"
    assert facts(city["甲厂"], "headcount", "phone") == [40, "13907720099"]


def test_branches_under_one_code_are_not_confused(installation: Path, tmp_path: Path) -> None:  # noqa: ARG001
    shared = {"credit_code": code_of(1)}
    units = {"总厂": shared | {"name_core": "总", "address": "拉堡镇1号"}}
    units |= {"总厂柳江分厂": shared | {"branch_part": "柳江分厂", "name_core": "总", "address": "百朋镇2号"}}
    numbers = make_city(units)
    sheet = issued(tmp_path)
    back(filled(sheet, tmp_path / "1.xlsx", {"总厂柳江分厂": {"核对结论": "在营", "更正人数": 7}}))
    assert [facts(numbers[name], "headcount", "merged_into") for name in units] == [[25, None], [7, None]]


def test_an_address_of_another_county_moves_nobody(city: dict[str, int], sheet: Path, tmp_path: Path) -> None:
    report = back(
        filled(sheet, tmp_path / "1.xlsx", {"甲厂": {"核对结论": "在营", "更正地址": "柳北区沙塘镇5号"}})
    )
    (row,) = [row for row in report.rows if row.troubles]
    assert row.why.endswith("这个地址在柳北区。属于别的县（区）的，请选“非本辖区”并填接收县（区）。")
    assert facts(city["甲厂"], "county", "address") == [LIUJIANG, "拉堡镇柳堡路1号"]


def test_a_younger_registry_list_does_not_undo_the_county(
    city: dict[str, int], sheet: Path, tmp_path: Path
) -> None:
    back(filled(sheet, tmp_path / "1.xlsx", {"甲厂": {"更正人数": 40}}))
    with session() as db:
        list_on(db, Kind.REGISTRY, None, {"name": "丙丁厂"}, LATER)
    assert facts(city["甲厂"], "headcount") == [40]


def test_an_added_unit_is_a_lead_of_the_bureau(sheet: Path, tmp_path: Path) -> None:
    before = count_counties(campaign_on_file(), DAY, county=LIUJIANG)[0].r
    report = back(filled(sheet, tmp_path / "1.xlsx", {}, [NEW]))
    (row,) = [row for row in report.rows if row.sheet == "新增单位"]
    assert (str(row.outcome), row.after) == ("已接收", "新增")
    assert row.unit is not None
    assert facts(row.unit, "name", "county", "headcount", "industry") == ["新来的厂", LIUJIANG, 18, "3110"]
    with session() as db:
        said = text("SELECT channel, reporter, found_on, evidence FROM record WHERE name = '新来的厂'")
        assert db.execute(said).all() == [("协管员", "柳江区卫生健康局", DAY, "群众来信")]
    assert count_counties(campaign_on_file(), DAY, county=LIUJIANG)[0].r == before + 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"单位名称": None}, "缺少单位名称"),
        ({"发现渠道": None}, "缺少发现渠道"),
        ({"发现渠道": "路过"}, "发现渠道“路过”不可用"),
        ({"统一社会信用代码": code_of(77)[:-1] + "0"}, "校验位不对"),
        ({"地址": "柳北区沙塘镇5号"}, "这个地址在柳北区"),
        ({"从业人数": "一些"}, "人数看不明白"),
        ({"统一社会信用代码": code_of(1)}, "已在核对表里（甲厂）"),
        ({"单位名称": "丙厂", "统一社会信用代码": None}, "已在核对表里（丙厂）"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_added(sheet: Path, tmp_path: Path, change: dict[str, Any], said: str) -> None:
    report = back(filled(sheet, tmp_path / "1.xlsx", {}, [NEW | change]))
    (row,) = [row for row in report.rows if row.sheet == "新增单位"]
    assert {one.code for one in row.troubles} == {"E1283"}
    assert said in row.why
    assert count("record") == 5


def _added(report: Any) -> Any:
    (row,) = [row for row in report.rows if row.sheet == "新增单位"]
    return row


def test_a_firm_of_another_county_is_not_entered_anew(sheet: Path, tmp_path: Path) -> None:
    """It comes by a transfer; a branch of it, named as one, is another workplace (Q10)."""
    theirs = NEW | {"单位名称": "北厂", "统一社会信用代码": code_of(5)}
    row = _added(back(filled(sheet, tmp_path / "1.xlsx", {}, [theirs])))
    assert (str(row.outcome), [one.code for one in row.troubles]) == ("未接收", ["E1283"])
    assert "柳北区" in row.why
    branch = theirs | {"单位名称": "北厂柳江分厂"}
    assert str(_added(back(filled(sheet, tmp_path / "2.xlsx", {}, [branch]))).outcome) == "已接收"


def test_a_firm_the_database_has_is_not_counted_again(sheet: Path, tmp_path: Path) -> None:
    """C10: it was on no list, being deregistered, declared or out of scope; as a lead it joins its unit."""
    with session() as db:
        known = make_known(db, name="老厂", name_key="老厂", credit_code=code_of(50), county=LIUJIANG).id
    row = _added(
        back(
            filled(
                sheet, tmp_path / "1.xlsx", {}, [NEW | {"单位名称": "老厂", "统一社会信用代码": code_of(50)}]
            )
        )
    )
    assert (str(row.outcome), row.unit) == ("已接收", known)
    assert "不另计一户" in row.after


def test_added_again_it_is_the_same_unit(sheet: Path, tmp_path: Path) -> None:
    back(
        filled(sheet, tmp_path / "1.xlsx", {}, [NEW, NEW | {"单位名称": "又一厂", "统一社会信用代码": None}])
    )
    units = count("employer")
    again = back(filled(sheet, tmp_path / "2.xlsx", {"甲厂": "在营"}, [NEW, NEW]), NEXT)
    assert [str(row.outcome) for row in again.rows if row.sheet == "新增单位"] == ["未变", "未接收"]
    report = back(filled(sheet, tmp_path / "3.xlsx", {}, [NEW | {"从业人数": 30}]), LATER)
    (row,) = [row for row in report.rows if row.sheet == "新增单位"]
    assert (str(row.outcome), count("employer")) == ("已接收", units)
    assert facts(int(row.unit or 0), "headcount") == [30]


def test_after_the_baseline_an_addition_counts_in_a(sheet: Path, tmp_path: Path) -> None:
    freeze_lists(campaign_on_file(), SnapshotKind.BASELINE, DAY, by=CITY, county=LIUJIANG)
    report = back(filled(sheet, tmp_path / "1.xlsx", {}, [NEW]), LATER)
    assert [row.why for row in report.rows if row.sheet == "新增单位"] == ["已计入扩面目标（新增）"]
    (line,) = membership_table(campaign_on_file(), LATER, LIUJIANG)
    assert (line.b, line.x, line.a, line.n) == (4, 0, 1, 5)


@pytest.mark.usefixtures("installation")
def test_a_verification_is_no_list_to_take_in() -> None:
    order = Order(path=Path("柳江区.xlsx"), kind=Kind.VERIFICATION, by="张三", data_date=date(2024, 8, 9))
    with pytest.raises(InputRefused, match=r"E1271 .*yingbao verification return"):
        ingest_one(order, campaign_on_file())
