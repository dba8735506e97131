"""The demo from the command line, its 580 days included: who was reminded of what, and when, against dates found by hand.

The calendar: 2024-09-15…17, 10-01…07, 2025-01-01, 01-28…02-04, 04-04…06, 05-01…05, 05-31…06-02, 10-01…08 and
2026-01-01…03 are days off; 2024-09-14, 09-29, 10-12, 2025-01-26, 02-08, 04-27, 09-28, 10-11 and 2026-01-04 are not.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import fastexcel
import pytest

VERIFICATION, SUMMARY = "“数据库”信息核对并发回", "{}年度申报工作总结"
MONTHLY = "月度复核与工作情况（{}）"
ONE, SEVEN = timedelta(days=1), timedelta(days=7)


@pytest.fixture(scope="module")
def demo() -> Iterator[dict[str, Any]]:
    """One run for all tests here; a folder of its own that an embedded server may live in."""
    folder = Path(tempfile.mkdtemp(prefix="yingbao-demo-"))
    folder.chmod(0o755)
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "deployments.cli",
            "demo",
            "--employers",
            "400",
            "--out",
            str(folder / "out"),
            "--json",
        ],
        env=os.environ | {"YINGBAO_HOME": str(folder / "home")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    yield json.loads(run.stdout) | {"out": folder / "out", "home": folder / "home"}
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def told(demo: dict[str, Any]) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """County, obligation → the days on which it was reminded, and of what."""
    sheet = fastexcel.read_excel(demo["out"] / "行动回放.xlsx").load_sheet("催办提醒", dtypes="string")
    found = defaultdict(list)
    for day, county, name, rungs in sheet.to_polars().iter_rows():
        found[county, name].append((day, rungs))
    return found


@pytest.fixture(scope="module")
def months(demo: dict[str, Any]) -> dict[str, int]:
    """Day on which a month's lists came in → units declared then."""
    sheet = fastexcel.read_excel(demo["out"] / "行动回放.xlsx").load_sheet("大事记", dtypes="string")
    lines = [(day, what) for day, what in sheet.to_polars().iter_rows() if what.startswith("收到 ")]
    return {day: int(re.search(r"已申报 (\d+) 家", what)[1]) for day, what in lines}  # type: ignore[index]


@pytest.fixture(scope="module")
def told_work(demo: dict[str, Any]) -> dict[str, tuple[int, ...]]:
    """Month → trainings, units trained, visits, units visited, as its bulletin tells them."""
    found = {}
    for path in (demo["out"] / "通报").glob("*/*.docx"):
        said = re.sub("<[^>]+>", "", zipfile.ZipFile(path).read("word/document.xml").decode())
        work = re.search(r"举办培训(\d+)场，参加培训(\d+)家；入户指导(\d+)次、(\d+)家", said)
        found[path.parent.name] = tuple(map(int, work.groups()))  # type: ignore[union-attr]
    return found


def _days(lines: list[tuple[str, str]]) -> list[str]:
    return [day for day, _ in lines]


ON_TIME = {  # 城中区 answers a month the day before it is due, or on the second of the month
    VERIFICATION: ["2024-07-26", "2024-08-02", "2024-08-06"],  # handed in on 08-07
    SUMMARY.format(2024): ["2024-11-29", "2024-12-06"],  # Sundays 12-01 and 12-08; handed in on 12-10
    SUMMARY.format(2025): ["2025-10-31", "2025-11-07"],  # Saturdays 11-01 and 11-08; handed in on 11-10
    MONTHLY.format("2024年8月"): [
        "2024-09-03"
    ],  # due 09-04; three days before is Sunday, the Friday before not open
    MONTHLY.format("2024年9月"): ["2024-10-09"],  # due 10-10, the third working day after the holidays
    MONTHLY.format("2024年10月"): ["2024-11-01", "2024-11-04"],  # due 11-05; 11-02 is a Saturday
    MONTHLY.format("2024年11月"): ["2024-12-03"],
    MONTHLY.format("2024年12月"): ["2025-01-03"],  # due Monday 01-06: 01-03, and 01-05 a Sunday, meet
    MONTHLY.format("2025年1月"): ["2025-02-06"],  # due 02-07; 02-04 is still Spring Festival
    MONTHLY.format("2025年2月"): ["2025-03-04"],
    MONTHLY.format("2025年3月"): ["2025-04-02"],
    MONTHLY.format("2025年4月"): ["2025-05-07"],  # due 05-08
    MONTHLY.format("2025年5月"): ["2025-06-04"],  # due 06-05
    MONTHLY.format("2025年6月"): ["2025-07-02"],
    MONTHLY.format("2025年7月"): ["2025-08-01", "2025-08-04"],  # due 08-05; 08-02 is a Saturday
    MONTHLY.format("2025年8月"): ["2025-09-02"],
    MONTHLY.format("2025年9月"): ["2025-10-10"],  # due Saturday 10-11, a working day
    MONTHLY.format("2025年10月"): ["2025-11-04"],
    MONTHLY.format("2025年11月"): ["2025-12-02"],
    MONTHLY.format("2025年12月"): ["2026-01-05"],  # due 01-06; Sunday 01-04 is a working day
}


def test_a_county_on_time_hears_of_what_is_due_only(told: dict[Any, Any]) -> None:
    found = {name: _days(lines) for (county, name), lines in told.items() if county == "城中区"}
    assert found == ON_TIME


SENT_BACK = {  # 柳江区: in on 08-16, sent back on 08-19, in again on 08-27; months four days late
    VERIFICATION: [
        ("2024-07-26", "提前14天"),
        ("2024-08-02", "提前7天"),
        ("2024-08-06", "提前3天"),
        ("2024-08-08", "提前1天"),
        ("2024-08-09", "期限当日"),
        ("2024-08-12", "逾期1天、逾期3天"),  # Saturday 08-10 meets Monday
        ("2024-08-16", "逾期7天"),
        ("2024-08-20", "退回重报"),
        ("2024-08-23", "逾期14天"),
    ],
    SUMMARY.format(2024): [
        ("2024-11-29", "提前14天"),
        ("2024-12-06", "提前7天"),
        ("2024-12-12", "提前3天"),
        ("2024-12-13", "提前1天、期限当日"),  # Saturday and Sunday
        ("2024-12-16", "逾期1天"),
        ("2024-12-18", "逾期3天"),
        ("2024-12-23", "逾期7天"),  # Sunday 12-22; handed in on 12-27
    ],
    SUMMARY.format(2025): [
        ("2025-10-31", "提前14天"),
        ("2025-11-07", "提前7天"),
        ("2025-11-12", "提前3天"),
        ("2025-11-14", "提前1天、期限当日"),  # due on a Saturday
        ("2025-11-17", "逾期1天"),
        ("2025-11-18", "逾期3天"),
        ("2025-11-24", "逾期7天"),  # Saturday 11-22; handed in on 11-28
    ],
    MONTHLY.format("2024年8月"): [
        ("2024-09-03", "提前1天"),
        ("2024-09-04", "期限当日"),
        ("2024-09-05", "逾期1天"),
    ],
    MONTHLY.format("2024年9月"): [
        ("2024-10-09", "提前1天"),
        ("2024-10-10", "期限当日"),
        ("2024-10-11", "逾期1天"),
        ("2024-10-14", "逾期3天"),  # Sunday 10-13; answered on 10-14, later in the day
    ],
}


@pytest.mark.parametrize("name", SENT_BACK)
def test_a_late_county_hears_on_until_it_answers_and_again_after_a_send_back(
    name: str, told: dict[Any, Any]
) -> None:
    assert told["柳江区", name] == SENT_BACK[name]


def _weekly(first: date, moved: dict[str, str]) -> list[str]:
    """Every seventh day to the end of the replay, those on days off moved by hand."""
    days = [str(first + number * SEVEN) for number in range(((date(2026, 1, 31) - first).days) // 7 + 1)]
    assert set(moved) <= set(days)
    return [moved.get(day, day) for day in days]


FRIDAYS = {  # days off among them, and the working days after
    "2024-10-04": "2024-10-08",
    "2025-01-31": "2025-02-05",
    "2025-04-04": "2025-04-07",
    "2025-05-02": "2025-05-06",
    "2025-10-03": "2025-10-09",
    "2026-01-02": "2026-01-04",
}
SUNDAYS_AT_WORK = ("2025-01-26", "2025-04-27", "2025-09-28", "2026-01-04")
SUNDAYS_IN_HOLIDAYS = {
    "2025-02-02": "2025-02-05",
    "2025-05-04": "2025-05-06",
    "2025-06-01": "2025-06-03",
    "2025-10-05": "2025-10-09",
}


def test_a_silent_county_hears_every_week(told: dict[Any, Any]) -> None:
    first = ["2024-07-26", "2024-08-02", "2024-08-06", "2024-08-08", "2024-08-09", "2024-08-12", "2024-08-16"]
    assert _days(told["柳城县", VERIFICATION]) == [*first, *_weekly(date(2024, 8, 23), FRIDAYS)]


def test_a_week_that_ends_on_sundays_is_told_on_mondays(told: dict[Any, Any]) -> None:
    first = ["2024-11-29", "2024-12-06", "2024-12-12", "2024-12-13", "2024-12-16", "2024-12-18", "2024-12-23"]
    sundays = [date(2024, 12, 29) + number * SEVEN for number in range(57)]
    assert sundays[-1] == date(2026, 1, 25)
    moved = {str(day): str(day + ONE) for day in sundays} | {day: day for day in SUNDAYS_AT_WORK}
    moved |= SUNDAYS_IN_HOLIDAYS
    assert _days(told["柳城县", SUMMARY.format(2024)]) == [*first, *_weekly(sundays[0], moved)]


LISTS_COME = [  # the first working day of each month
    "2024-08-01", "2024-09-02", "2024-10-08", "2024-11-01", "2024-12-02", "2025-01-02", "2025-02-05", "2025-03-03", "2025-04-01",
    "2025-05-06", "2025-06-03", "2025-07-01", "2025-08-01", "2025-09-01", "2025-10-09", "2025-11-03", "2025-12-01", "2026-01-04",
]  # fmt: skip


def test_every_month_brings_its_lists(months: dict[str, int]) -> None:
    assert list(months) == LISTS_COME


def test_employers_declare_after_the_letters_and_go_on(months: dict[str, int]) -> None:
    """Letters go out on 2024-09-09; approvals may be revoked, so that a month can lose one or two."""
    before = months["2024-09-02"] - months["2024-08-01"]
    assert months["2024-11-01"] - months["2024-09-02"] > 2 * before
    counts = list(months.values())
    assert all(after >= before - 2 for before, after in pairwise(counts))
    assert counts[-1] > 1.7 * counts[0]


def test_what_the_counties_still_owe_has_become_little(demo: dict[str, Any]) -> None:
    rows = demo["campaign"]
    assert sum(row["undeclared"] for row in rows) < 0.4 * sum(row["n"] for row in rows)


def test_no_office_gets_two_digests_a_day(demo: dict[str, Any]) -> None:
    messages = (demo["home"] / "demo" / "outbox").glob("*/*/*.eml")
    boxes = [path.parent for path in messages if path.read_text("utf-8").startswith("Subject: 【期限提醒】")]
    assert len(boxes) == len(set(boxes)) > 500


def test_every_county_has_its_letters_to_hand_over(demo: dict[str, Any]) -> None:
    booklets = {path.name.split("_")[0] for path in (demo["out"] / "告知单").glob("*.pdf")}
    assert booklets == {row["county"] for row in demo["campaign"]}


def test_the_bulletins_tell_of_the_field_work_as_it_is_handed_in(
    told_work: dict[str, tuple[int, ...]],
) -> None:
    months = [told_work[month] for month in sorted(told_work)]
    assert told_work["2024-10"] == (0, 0, 0, 0)  # the first sheets come back in November
    assert all(told_work["2024-12"])
    assert all(told_work["2025-09"][at] > told_work["2024-12"][at] for at in (0, 1))
    assert all(before <= after for one in zip(*months, strict=True) for before, after in pairwise(one))


def test_the_last_bulletin_counts_what_stands_in_the_sheets(
    demo: dict[str, Any], told_work: dict[str, tuple[int, ...]]
) -> None:
    def handed_in(title: str, day: str) -> list[tuple[str, str]]:
        sheets = (demo["out"] / "现场工作").glob(f"*_{title}登记表_*.xlsx")
        read = ((path, fastexcel.read_excel(path).load_sheet(title, dtypes="string")) for path in sheets)
        return [
            (path.name, on) for path, sheet in read for on in sheet.to_polars()[day].drop_nulls().to_list()
        ]

    trainings, _, visits, _ = told_work["2025-12"]
    assert visits == len(handed_in("入户指导", "入户日期"))
    assert trainings == len(set(handed_in("专题培训", "培训日期")))


def test_every_county_stands_where_its_plan_leads(demo: dict[str, Any]) -> None:
    rows = {row["county"]: row for row in demo["campaign"]}
    assert rows["城中区"]["verified_on"] == "2024-08-07"
    assert rows["柳江区"] | {"late": 18} == rows["柳江区"]
    assert rows["柳城县"]["verified_on"] is None
    assert all(row["baseline"] is not None for row in rows.values())


@pytest.mark.parametrize("month", ["2024-09", "2025-12"])
def test_a_published_month_is_proved_after_all_that_followed(demo: dict[str, Any], month: str) -> None:
    """By another process, with the stored day and instant: every row, every figure, the quality of declarations."""
    run = subprocess.run(
        [sys.executable, "-m", "deployments.cli", "report", month, "--verify", "--json"],
        env=os.environ | {"YINGBAO_HOME": str(demo["home"] / "demo")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert json.loads(run.stdout)["holds"]
