"""After the baseline a county's workbook follows N = B + A - X: no letter goes to the wrong county (1.7)."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from models.database import session
from models.target import SnapshotKind
from tasks.county_workbooks import write_workbooks
from tasks.explain import explain
from tasks.membership import add, membership_table, move, remove
from tasks.snapshots import freeze_lists
from tests.make_targets import DAY, campaign_on_file, declare, make_known

LIUJIANG, LIUBEI = "450206", "450205"
ACT, LATER = date(2024, 9, 1), date(2024, 9, 30)
pytestmark = pytest.mark.usefixtures("changed")


@pytest.fixture
def changed(installation: Path) -> None:  # noqa: ARG001
    """Of five units in 柳江区 one is removed, one moves to 柳北区, one declares; one is added later."""
    with session() as db:
        for name in ("甲厂", "乙厂", "丙厂", "丁厂"):
            make_known(db, name=name, name_key=name)
        declare(db, make_known(db, name="戊厂", name_key="戊厂"), from_on=ACT)
        make_known(db, name="北厂", name_key="北厂", county=LIUBEI)
    for kind in SnapshotKind:
        freeze_lists(campaign_on_file(), kind, DAY, by="张三")
    with session() as db:
        make_known(db, name="新厂", name_key="新厂")
        make_known(db, name="漏厂", name_key="漏厂")
    remove(campaign_on_file(), "甲厂", reason="no_hazard", note="无", by="李四", on=ACT)
    move(campaign_on_file(), "乙厂", to=LIUBEI, note=None, by="李四", on=ACT)
    add(campaign_on_file(), "新厂", county=None, reason="found", note=None, by="李四", on=ACT)


def sheets(file: Path) -> dict[str, list[tuple[object, ...]]]:
    return {page.title: list(page.iter_rows(values_only=True)) for page in load_workbook(file).worksheets}


def listed(out: Path, county: str, as_of: date, sheet: str = "未申报单位") -> list[object]:
    (file,) = write_workbooks(campaign_on_file(), as_of, out, county)
    heading, *rows = sheets(file).get(sheet, [("单位名称",)])
    return [row[heading.index("单位名称")] for row in rows]


@pytest.mark.parametrize(
    ("county", "as_of", "expected"),
    [
        pytest.param(LIUJIANG, date(2024, 8, 31), {"甲厂", "乙厂", "丙厂", "丁厂", "戊厂"}, id="变动之前"),
        pytest.param(LIUJIANG, LATER, {"丙厂", "丁厂", "新厂"}, id="原县区"),
        pytest.param(LIUBEI, LATER, {"北厂", "乙厂"}, id="接收县区"),
    ],
)
def test_the_list_follows_n(tmp_path: Path, county: str, as_of: date, expected: set[str]) -> None:
    assert set(listed(tmp_path, county, as_of)) == expected
    (line,) = membership_table(campaign_on_file(), as_of, county)
    assert line.u == len(expected)


def test_the_moved_one_shows_its_new_county_and_the_removed_one_why(tmp_path: Path) -> None:
    taker, giver = (
        write_workbooks(campaign_on_file(), LATER, tmp_path, one)[0] for one in (LIUBEI, LIUJIANG)
    )
    heading, *rows = sheets(taker)["未申报单位"]
    moved = next(dict(zip(heading, row, strict=True)) for row in rows if "乙厂" in row)
    assert (moved["县（区）"], moved["状态"]) == ("柳北区", "在营；2024-09-01 由柳江区划入柳北区")
    heading, *rows = sheets(giver)["已核销"]
    told = {row[heading.index("单位名称")]: row for row in rows}
    assert {
        name: (row[heading.index("核销原因")], row[heading.index("核销日期")]) for name, row in told.items()
    } == {
        "甲厂": ("无危害", "2024-09-01"),
        "乙厂": ("非本辖区", "2024-09-01"),
    }


def test_a_member_that_has_stopped_for_long_stays_on_the_list_alone(tmp_path: Path) -> None:
    with session() as db:
        db.execute(text("UPDATE employer SET state = '停产', state_on = '2024-09-02' WHERE name = '丙厂'"))
        make_known(db, name="停厂", name_key="停厂", state="停产", state_on=date(2023, 1, 1))
    late = date(2025, 9, 1)
    assert "丙厂" in listed(tmp_path, LIUJIANG, late)
    assert listed(tmp_path, LIUJIANG, late, "停产待复核") == ["停厂"]


def test_what_n_never_held_is_shown_to_the_city(tmp_path: Path) -> None:
    heading, *rows = sheets(write_workbooks(campaign_on_file(), LATER, tmp_path)[-1])["未列入扩面目标"]
    assert [row[heading.index("单位名称")] for row in rows] == ["漏厂"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("甲厂", "扩面目标：2024-09-01 从柳江区核销（无危害）。"),
        ("乙厂", "扩面目标：2024-09-01 由柳江区划入柳北区。"),
        ("新厂", "扩面目标：2024-09-01 新增到柳江区（补充发现）。"),
        ("丙厂", "未申报。"),
    ],
)
def test_the_answer_about_a_unit_tells_its_change(name: str, said: str) -> None:
    assert explain(campaign_on_file(), name, LATER)["answer"].endswith(said)


def test_a_lost_approval_enters_a_by_itself_until_a_person_acts(tmp_path: Path) -> None:
    with session() as db:
        lost = make_known(db, name="撤销厂", name_key="撤销厂")
        declare(db, lost, to_on=date(2024, 9, 10))
        declare(db, make_known(db, name="仍有效", name_key="仍有效"), to_on=date(2024, 12, 1))

    def figures(county: str, as_of: date = LATER) -> tuple[int | None, ...]:
        (line,) = membership_table(campaign_on_file(), as_of, county)
        return line.b, line.x, line.a, line.n, line.u

    assert figures(LIUJIANG, date(2024, 9, 9)) == (5, 2, 1, 4, 3)
    assert figures(LIUJIANG) == (5, 2, 2, 5, 4)
    assert "撤销厂" in listed(tmp_path, LIUJIANG, LATER)
    said = "撤销后未申报，计入柳江区新增。"
    assert explain(campaign_on_file(), "撤销厂", LATER)["answer"].endswith(said)
    remove(campaign_on_file(), "撤销厂", reason="注销", note=None, by="李四", on=LATER)
    assert figures(LIUJIANG) == (5, 3, 2, 4, 3)
    assert "撤销厂" not in listed(tmp_path, LIUJIANG, LATER)


def test_a_lost_approval_added_by_hand_or_moved_counts_once() -> None:
    with session() as db:
        for name in ("补加厂", "划转厂"):
            declare(db, make_known(db, name=name, name_key=name), to_on=date(2024, 9, 10))
    add(campaign_on_file(), "补加厂", county=None, reason="revoked", note=None, by="李四", on=LATER)
    move(campaign_on_file(), "划转厂", to=LIUBEI, note=None, by="李四", on=LATER)
    lines = {one.county: (one.b, one.x, one.a, one.n) for one in membership_table(campaign_on_file(), LATER)}
    assert (lines[LIUJIANG], lines[LIUBEI]) == ((5, 3, 3, 5), (1, 0, 2, 3))
