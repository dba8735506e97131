"""What a verdict does to the targets and to N, on which day and as known when (C09, C25, 1.7)."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from models.database import session
from models.inbound import Kind
from models.queries.targets import Wanted
from models.target import SnapshotKind
from tasks.membership import membership_table
from tasks.snapshots import freeze_lists, verify_snapshots
from tasks.targets import list_units
from tasks.verification import accept
from tests.make_rounds import CITY, DAY, LATER, LIUJIANG, back, filled, issued, outcomes
from tests.make_targets import campaign_on_file, declare, list_on, make_known

BEFORE, NEXT = DAY - timedelta(1), DAY + timedelta(1)


def rule_of(unit: int, on: date, known_at: datetime | None = None) -> tuple[str, bool]:
    """The rule that decides about the unit, and whether a person should look at its declaration."""
    (found,) = list_units(campaign_on_file(), on, Wanted(unit=unit), known_at)
    return found["rule"], found["unsure"]


def figures(on: date, county: str = LIUJIANG) -> tuple[int | None, ...]:
    """B X A N"""
    (line,) = membership_table(campaign_on_file(), on, county)
    return line.b, line.x, line.a, line.n


@pytest.mark.parametrize(
    ("cells", "rule", "unsure"),
    [
        ({"核对结论": "在营"}, "sector", False),
        ({"核对结论": "停产≤6个月", "日期": date(2024, 2, 9)}, "sector", False),
        ({"核对结论": "停产>6个月", "日期": date(2024, 2, 8)}, "stopped_long", False),
        ({"核对结论": "注销", "日期": DAY}, "deregistered", False),
        ({"核对结论": "无危害因素", "说明": "只做销售"}, "no_hazard", False),
        ({"核对结论": "非本辖区", "接收县（区）": "柳北区"}, "sector", False),
        ({"核对结论": "重复", "与哪个单位重复": "乙厂"}, "duplicate", False),
        ({"核对结论": "已申报", "申报编号": "SB1"}, "sector", True),
        ({"核对结论": "其他", "说明": "联系不上"}, "sector", False),
    ],
    ids=lambda cells: cells.get("核对结论") if isinstance(cells, dict) else "",
)
def test_a_verdict_holds_from_its_day_and_not_before(
    city: dict[str, int], sheet: Path, tmp_path: Path, cells: dict[str, Any], rule: str, unsure: bool
) -> None:
    with session() as db:
        known_before = db.scalar(text("SELECT now()"))
    report = back(filled(sheet, tmp_path / "in.xlsx", {"甲厂": cells}))
    assert outcomes(report)["甲厂"] == "已接收"
    assert rule_of(city["甲厂"], BEFORE) == ("sector", False)
    assert rule_of(city["甲厂"], DAY) == (rule, unsure)
    assert rule_of(city["甲厂"], DAY, known_before) == ("sector", False), "nobody knew it then"


def test_an_ended_verdict_holds_no_longer_and_is_still_known(
    city: dict[str, int], sheet: Path, tmp_path: Path
) -> None:
    back(filled(sheet, tmp_path / "1.xlsx", {"甲厂": {"核对结论": "无危害因素", "说明": "只做销售"}}))
    with session() as db:
        known_first = db.scalar(text("SELECT now()"))
    report = back(filled(sheet, tmp_path / "2.xlsx", {"甲厂": "在营"}), NEXT)
    (row,) = [row for row in report.rows if row.name == "甲厂"]
    assert (row.before, row.after) == ("无危害因素（只做销售）", "在营")
    assert [rule_of(city["甲厂"], day)[0] for day in (DAY, NEXT)] == ["no_hazard", "sector"]
    assert rule_of(city["甲厂"], NEXT, known_first)[0] == "no_hazard"


def test_a_list_that_tells_of_a_later_end_knows_more(
    city: dict[str, int], sheet: Path, tmp_path: Path
) -> None:
    back(filled(sheet, tmp_path / "1.xlsx", {"甲厂": "在营", "乙厂": "在营"}))
    with session() as db:
        for name, since in (("甲厂", NEXT), ("乙厂", date(2024, 6, 1))):
            statement = text("UPDATE employer SET state = '注销', state_on = :since WHERE id = :id")
            db.execute(statement, {"since": since, "id": city[name]})
    told = [[rule_of(city[name], day)[0] for day in (DAY, NEXT)] for name in ("甲厂", "乙厂")]
    assert told == [["sector", "deregistered"], ["sector", "sector"]]


def test_a_duplicate_needs_the_other_unit_to_live(city: dict[str, int], sheet: Path, tmp_path: Path) -> None:
    back(filled(sheet, tmp_path / "1.xlsx", {"甲厂": {"核对结论": "重复", "与哪个单位重复": "丁厂"}}))
    assert rule_of(city["甲厂"], DAY)[0] == "duplicate"
    with session() as db:
        db.execute(text("UPDATE employer SET ended_at = now() WHERE id = :id"), {"id": city["丁厂"]})
    assert rule_of(city["甲厂"], DAY)[0] == "sector"


def test_declared_by_word_is_looked_at_until_the_platform_shows_it(
    city: dict[str, int], sheet: Path, tmp_path: Path
) -> None:
    back(filled(sheet, tmp_path / "1.xlsx", {"甲厂": {"核对结论": "已申报", "申报编号": "SB1"}}))
    (unit,) = list_units(campaign_on_file(), DAY, Wanted(unit=city["甲厂"]))
    assert (unit["in_r"], unit["declared"], unit["unsure"]) == (True, False, True)
    with session() as db:
        (row,) = db.execute(text("SELECT id, name FROM employer WHERE id = :id"), {"id": city["甲厂"]}).all()
        declare(db, row, from_on=date(2024, 6, 1))
    (unit,) = list_units(campaign_on_file(), DAY, Wanted(unit=city["甲厂"]))
    assert (unit["declared"], unit["unsure"]) == (True, False)


def test_a_frozen_baseline_is_proved_with_the_verdicts_of_its_time(sheet: Path, tmp_path: Path) -> None:
    back(
        filled(
            sheet, tmp_path / "1.xlsx", {"甲厂": {"核对结论": "无危害因素", "说明": "销售"}, "乙厂": "在营"}
        )
    )
    freeze_lists(campaign_on_file(), SnapshotKind.BASELINE, DAY, by=CITY, county=LIUJIANG)
    assert figures(DAY) == (3, 0, 0, 3)
    back(
        filled(sheet, tmp_path / "2.xlsx", {"甲厂": "在营", "乙厂": {"核对结论": "注销", "日期": DAY}}), LATER
    )
    assert all(proof.holds for proof in verify_snapshots(campaign_on_file()))


# verdict after the baseline → X, A, and N on its day; then a second verdict a month later
@pytest.mark.parametrize(
    ("first", "after_first", "second", "after_second"),
    [
        ({"核对结论": "注销", "日期": DAY}, (4, 1, 0, 3), "在营", (4, 0, 0, 4)),
        ({"核对结论": "无危害因素", "说明": "销售"}, (4, 1, 0, 3), {"核对结论": "其他", "说明": "不明"}, (4, 1, 0, 3)),
        ({"核对结论": "停产>6个月", "日期": date(2024, 1, 5)}, (4, 1, 0, 3), "在营", (4, 0, 0, 4)),
        ({"核对结论": "停产>6个月", "日期": date(2024, 1, 5)}, (4, 1, 0, 3), {"核对结论": "注销", "日期": DAY}, (4, 1, 0, 3)),
        ({"核对结论": "重复", "与哪个单位重复": "乙厂"}, (4, 1, 0, 3), "在营", (4, 0, 0, 4)),
        ({"核对结论": "停产≤6个月", "日期": date(2024, 5, 1)}, (4, 0, 0, 4), {"核对结论": "注销", "日期": DAY}, (4, 1, 0, 3)),
        ("在营", (4, 0, 0, 4), {"核对结论": "已申报", "申报编号": "SB1"}, (4, 0, 0, 4)),
    ],
    ids=lambda value: (value if isinstance(value, str) else value["核对结论"]) if not isinstance(value, tuple) else "",
)  # fmt: skip
def test_after_the_baseline_a_verdict_moves_n(
    sheet: Path, tmp_path: Path, first: Any, after_first: Any, second: Any, after_second: Any
) -> None:
    freeze_lists(campaign_on_file(), SnapshotKind.BASELINE, DAY, by=CITY, county=LIUJIANG)
    second_day = LATER + timedelta(30)
    back(filled(sheet, tmp_path / "1.xlsx", {"甲厂": first}), LATER)
    back(filled(sheet, tmp_path / "2.xlsx", {"甲厂": second}), second_day)
    days = (LATER - timedelta(1), LATER, second_day)
    assert [figures(day) for day in days] == [(4, 0, 0, 4), after_first, after_second]


def test_back_at_work_after_a_baseline_without_it_joins_n(
    city: dict[str, int],  # noqa: ARG001
    sheet: Path,
    tmp_path: Path,
) -> None:
    """It was out when the baseline froze: there is no removal to cancel, so it is an addition (1.7)."""
    answers: dict[str, Any] = dict.fromkeys(("乙厂", "丙厂", "丁厂"), "在营")
    back(filled(sheet, tmp_path / "1.xlsx", answers | {"甲厂": {"核对结论": "注销", "日期": DAY}}))
    accept(campaign_on_file(), LIUJIANG, DAY, by=CITY)
    report = back(filled(sheet, tmp_path / "2.xlsx", {"甲厂": "在营"}), LATER)
    assert [row.why for row in report.rows if row.name == "甲厂"] == ["已计入扩面目标（信息更正后纳入）"]
    (line,) = membership_table(campaign_on_file(), LATER, LIUJIANG)
    assert (line.b, line.a, line.x, line.n) == (3, 1, 0, 4)
    again = back(
        filled(sheet, tmp_path / "3.xlsx", {"甲厂": {"核对结论": "注销", "日期": LATER}}),
        LATER + timedelta(1),
    )
    assert [row.why for row in again.rows if row.name == "甲厂"] == ["已核销（注销）"]


def test_time_alone_removes_nothing_a_verdict_does(city: dict[str, int], sheet: Path, tmp_path: Path) -> None:
    back(filled(sheet, tmp_path / "1.xlsx", {"甲厂": {"核对结论": "停产≤6个月", "日期": date(2024, 3, 1)}}))
    freeze_lists(campaign_on_file(), SnapshotKind.BASELINE, DAY, by=CITY, county=LIUJIANG)
    assert rule_of(city["甲厂"], LATER)[0] == "stopped_long"
    (line,) = membership_table(campaign_on_file(), LATER, LIUJIANG)
    assert (line.n, line.recheck) == (4, 1)
    back(
        filled(sheet, tmp_path / "2.xlsx", {"甲厂": {"核对结论": "停产>6个月", "日期": date(2024, 3, 1)}}),
        LATER,
    )
    assert figures(LATER) == (4, 1, 0, 3)


def test_a_unit_merged_since_answers_by_its_survivor(
    city: dict[str, int], sheet: Path, tmp_path: Path
) -> None:
    with session() as db:
        survivor = make_known(db, name="合并后")
        statement = text("UPDATE employer SET merged_into = :to WHERE id = :id")
        db.execute(statement, {"to": survivor.id, "id": city["甲厂"]})
    report = back(filled(sheet, tmp_path / "1.xlsx", {"甲厂": {"核对结论": "无危害因素", "说明": "销售"}}))
    assert {row.unit for row in report.rows if row.verdict} == {survivor.id}
    assert (report.done, report.asked) == (1, 4)
    assert rule_of(survivor.id, DAY)[0] == "no_hazard"
    second = issued(tmp_path, on=LATER)
    assert back(filled(second, tmp_path / "2.xlsx", {"合并后": "在营"}), LATER).accepted == 1


def test_a_unit_of_the_list_that_ended_is_asked_no_more(
    city: dict[str, int], sheet: Path, tmp_path: Path
) -> None:
    with session() as db:
        db.execute(text("UPDATE employer SET ended_at = now() WHERE id = :id"), {"id": city["丁厂"]})
    report = back(filled(sheet, tmp_path / "1.xlsx", dict.fromkeys(("甲厂", "乙厂", "丙厂"), "在营")))
    assert (report.done, report.asked, report.returned) == (3, 3, True)


def test_a_list_of_the_day_after_does_not_hide_the_verdict(
    city: dict[str, int], sheet: Path, tmp_path: Path
) -> None:
    """Where younger lists are stored, the targets of the day rest on the facts as known: the verdict among them."""
    back(filled(sheet, tmp_path / "1.xlsx", {"甲厂": {"核对结论": "无危害因素", "说明": "销售"}}))
    with session() as db:
        list_on(db, Kind.SURVEY, None, {"name": "别的厂"}, LATER)
    assert [rule_of(city["甲厂"], day)[0] for day in (BEFORE, DAY)] == ["sector", "no_hazard"]
