"""A county's workbook shows exactly its undeclared units, and what was frozen if it was (C08)."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from models.database import session
from models.target import SnapshotKind
from tasks.county_workbooks import write_workbooks
from tasks.snapshots import freeze_lists
from tasks.targets import count_counties, find_targets
from tests.make_targets import DAY, campaign_on_file, declare, make_known

pytestmark = pytest.mark.usefixtures("city")


@pytest.fixture
def city(installation: Path) -> Path:
    with session() as db:
        make_known(
            db, name="大厂", size="大", industry="3211", town="450206100", credit_code="91450200735148460A"
        )
        make_known(db, name="小厂", size="小", state="停产", state_on=date(2024, 5, 1), headcount=None)
        declare(db, make_known(db, name="已申报厂"))
        declare(db, make_known(db, name="疑似厂", size="中"), verdict="unsure")
        make_known(db, name="停产厂", state="停产", state_on=date(2023, 1, 1))
        make_known(db, name="无县区厂", county=None)
        make_known(db, name="无行业厂", industry=None)
    find_targets(campaign_on_file(), DAY)
    return installation


def rows(page: Worksheet) -> list[dict[str, object]]:
    heading, *body = page.iter_rows(values_only=True)
    return [dict(zip(map(str, heading), row, strict=True)) for row in body]


def test_every_county_and_the_citys_own(tmp_path: Path) -> None:
    files = write_workbooks(campaign_on_file(), DAY, tmp_path)
    assert len(files) == 11
    assert files[-1].name == "全市待核清单.xlsx"
    own = load_workbook(files[-1])
    names = {page.title: [row["单位名称"] for row in rows(page)] for page in own.worksheets[1:-1]}
    assert names == {
        "县区不明": ["无县区厂"],
        "行业不明": ["无行业厂"],
        "待人工核对": ["疑似厂"],
        "停产待复核": ["停产厂"],
        "未列入扩面目标": [None],
    }


def test_list_in_the_order_of_work_with_reasons(tmp_path: Path) -> None:
    (file,) = write_workbooks(campaign_on_file(), DAY, tmp_path, "450206")
    assert file.name == "柳江区_未申报单位清单.xlsx"
    book = load_workbook(file)
    listed = rows(book["未申报单位"])
    assert [(row["序号"], row["单位名称"]) for row in listed] == [(1, "大厂"), (2, "疑似厂"), (3, "小厂")]
    assert listed[0]["列入依据"] == "严重行业：冶金（有色金属冶炼和压延，归类可议）；国家风险分类目录：严重"
    assert (listed[0]["统一社会信用代码"], listed[0]["乡镇（街道）"]) == ("91450200735148460A", "拉堡镇")
    assert listed[0]["行业"] == "3211 铜冶炼"
    assert [row["状态"] for row in listed[1:]] == ["在营；疑似已申报，待人工核对", "停产（2024-05-01起）"]
    assert [row["单位名称"] for row in rows(book["停产待复核"])] == ["停产厂"]
    assert "核对结论" not in listed[0], "answers are given in the workbook of the verification (C25)"


def test_cover_counts_every_unit_once(tmp_path: Path) -> None:
    (file,) = write_workbooks(campaign_on_file(), DAY, tmp_path, "450206")
    told = {row[0]: row[1] for row in load_workbook(file)["填写说明"].iter_rows(values_only=True)}
    assert (told["未申报及待审核单位数"], told["其中：属职业病危害严重行业"]) == (3, 3)
    assert told["清单"] == "当日计算结果，未冻结"


def test_undeclared_and_pending_are_told_apart(tmp_path: Path) -> None:
    with session() as db:
        declare(db, make_known(db, name="待审厂"), from_on=None)
    (file,) = write_workbooks(campaign_on_file(), DAY, tmp_path, "450206")
    told = {row[0]: row[1] for row in load_workbook(file)["填写说明"].iter_rows(values_only=True)}
    counts = [told[name] for name in ("未申报及待审核单位数", "其中：未申报", "其中：申报待审核")]
    (line,) = count_counties(campaign_on_file(), DAY, county="450206")
    assert counts == [4, 3, 1] == [line.targets, line.undeclared, line.pending]


def test_a_frozen_list_is_shown_as_it_was_frozen(tmp_path: Path) -> None:
    frozen = freeze_lists(campaign_on_file(), SnapshotKind.ISSUED, DAY, by="张三", county="450206")[0]
    with session() as db:
        make_known(db, name="后来的厂")
    find_targets(campaign_on_file(), DAY)
    (file,) = write_workbooks(campaign_on_file(), DAY, tmp_path, "450206")
    book = load_workbook(file)
    assert [row["单位名称"] for row in rows(book["未申报单位"])] == ["大厂", "疑似厂", "小厂"]
    meta = {row[0]: row[1] for row in book["_meta"].iter_rows(values_only=True)}
    assert (meta["snapshot"], meta["sha256"], meta["county"]) == (str(frozen.id), frozen.sha256, "450206")
    (later,) = write_workbooks(campaign_on_file(), DAY + timedelta(1), tmp_path, "450206")
    assert len(rows(load_workbook(later)["未申报单位"])) == 4
