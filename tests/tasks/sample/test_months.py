"""Eighteen months of the platform's and the regulator's lists (1.7): how they go on, by queries on the files alone."""

import hashlib
import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest

from models.inbound import Kind
from tasks.manifest import orders_of
from tasks.sample import SampleReport, make_sample
from tasks.sample.answers import month_folders, read_truth
from tasks.sample.months.pace import MONTHS, month_ends

EMPLOYERS, SEED = 4000, 3
APPROVED, WAITING, REFUSED = "已审核", "待审核", "已驳回"
ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> SampleReport:
    return make_sample(
        tmp_path_factory.mktemp("months"), employers=EMPLOYERS, seed=SEED, formats="csv", months=True
    )


@pytest.fixture(scope="module")
def exports(made: SampleReport) -> list[pl.DataFrame]:
    """The platform's export of each month's end."""
    folders = [folder for _, folder in month_folders(made.out)]
    return [pl.read_csv(next(one.glob("*申报导出*.csv")), infer_schema=False) for one in folders]


def both(exports: list[pl.DataFrame]) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
    for before, after in pairwise(exports):
        yield before, before.join(after, on="申报编号", suffix="_after")


def wanted(truth: pl.DataFrame) -> pl.DataFrame:
    """Units at work that the campaign's own lists name."""
    return truth.filter((pl.col("in_scope") | pl.col("surveyed")) & (pl.col("state") == "operating"))


def shares(made: SampleReport, *of: pl.Expr) -> list[float]:
    truths = [pl.read_csv(folder / "truth_units.csv") for _, folder in month_folders(made.out)]
    return [float(wanted(truth).filter(*of)["declared"].mean()) for truth in truths]  # type: ignore[arg-type]


def digest(folder: Path) -> dict[str, str]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(one.relative_to(folder)): hashlib.sha256(one.read_bytes()).hexdigest() for one in found}


def test_the_months_leave_the_first_lists_as_they_are(tmp_path: Path) -> None:
    """To the byte, and the months themselves are the same every time."""
    for name, months in (("plain", False), ("months", True), ("again", True)):
        make_sample(tmp_path / name, employers=300, seed=5, formats="csv", months=months)
    plain, months, again = (digest(tmp_path / name) for name in ("plain", "months", "again"))
    assert months == again
    first = {name: sha for name, sha in plain.items() if not name.startswith("later/")}
    assert {name: sha for name, sha in months.items() if not name.startswith("months/")} == first


def test_the_months_are_those_of_the_campaign() -> None:
    assert (month_ends()[0], month_ends()[7], month_ends()[-1]) == (
        date(2024, 7, 31),
        date(2025, 2, 28),
        date(2025, 12, 31),
    )


def test_every_month_sends_its_three_lists(made: SampleReport) -> None:
    folders = month_folders(made.out)
    assert [end for end, _ in folders] == month_ends()
    for end, folder in folders:
        orders = orders_of(folder, "测试")
        assert [(one.kind, one.full, one.data_date) for one in orders] == [
            (Kind.REGISTRY, False, end), (Kind.DECLARATIONS, True, end), (Kind.PLATFORM_COUNTS, True, end),
        ]  # fmt: skip


def test_the_counties_come_near_their_goal_each_in_its_own_time(made: SampleReport) -> None:
    city = shares(made)
    assert city == sorted(city)
    assert city[0] < 0.55
    assert 0.88 < city[-1] < 0.99
    early = shares(made, pl.col("county").is_in([450202, 450203, 450223, 450224]))
    late = shares(made, pl.col("county").is_in([450222, 450225, 450226]))
    assert all(ahead > behind for ahead, behind in zip(early[3:], late[3:], strict=True))
    assert early[-1] > 0.94
    assert late[-1] > 0.8


def test_the_severe_sectors_come_before_their_day(made: SampleReport) -> None:
    """What is due on 31 December 2024 comes in December, much of it approved in January."""
    severe = shares(made, pl.col("in_scope"))
    two_months = [after - before for before, after in zip(severe, severe[2:], strict=False)]
    assert max(two_months) == two_months[4]  # from the end of November to that of January
    others = shares(made, ~pl.col("in_scope"))
    assert severe[6] - severe[0] > others[6] - others[0]


def test_declarations_follow_the_letters(made: SampleReport) -> None:
    """Two months after 9 September 2024 against the two months before."""
    city = shares(made)
    assert city[3] - city[1] > 1.5 * (city[1] - 0.45)


def test_some_are_refused_corrected_and_revoked(exports: list[pl.DataFrame]) -> None:
    moves = pl.concat([pair.select("状态", "状态_after") for _, pair in both(exports)])
    changed = set(moves.filter(pl.col("状态") != pl.col("状态_after")).iter_rows())
    assert {(WAITING, APPROVED), (WAITING, REFUSED), (REFUSED, APPROVED), (REFUSED, WAITING), (APPROVED, WAITING)} <= changed  # fmt: skip
    assert not {(after, "暂存") for after in (APPROVED, WAITING, REFUSED)} & changed
    revoked = moves.filter((pl.col("状态") == APPROVED) & (pl.col("状态_after") != APPROVED))
    assert 0 < len(revoked) < len(exports[-1]) * 0.03


def test_what_does_not_change_is_written_as_before(exports: list[pl.DataFrame]) -> None:
    for before, pair in both(exports):
        same = pair.filter(pl.col("状态") == pl.col("状态_after"))
        texts = [name for name in before.columns if name not in ("序号", "申报编号", "状态", "审核日期")]
        assert all((same[name].eq_missing(same[f"{name}_after"])).all() for name in texts)


def test_approvals_are_dated_within_their_export(made: SampleReport, exports: list[pl.DataFrame]) -> None:
    for (end, _), before, pair in zip(
        month_folders(made.out)[1:], exports[:-1], (pair for _, pair in both(exports)), strict=True
    ):
        new = pair.filter((pl.col("状态") != APPROVED) & (pl.col("状态_after") == APPROVED))
        days = new["审核日期_after"].drop_nulls().str.to_date()
        assert days.is_between(end.replace(day=1), end).all(), before
    assert any(export.filter(状态=APPROVED)["审核日期"].null_count() for export in exports)


def test_a_few_lines_are_missing_for_a_while_or_for_good(exports: list[pl.DataFrame]) -> None:
    seen = pl.concat([one.select("申报编号", month=pl.lit(n)) for n, one in enumerate(exports)])
    each = seen.group_by("申报编号").agg(pl.len(), pl.col("month").min(), pl.col("month").max().alias("last"))
    gaps = each.filter(pl.col("last") - pl.col("month") + 1 > pl.col("len"))
    gone = each.filter(pl.col("last") < MONTHS - 1)
    assert len(gaps) > 0
    assert len(gone) > 0
    assert len(gaps) + len(gone) < 0.015 * len(each)


def test_later_declarations_are_as_dirty_as_the_first(
    made: SampleReport, exports: list[pl.DataFrame]
) -> None:
    """Wrong counties and parents' codes go on."""
    folder = month_folders(made.out)[-1][1]
    place = pl.read_csv(folder / "truth.csv").filter(kind="declarations").sort("row_no")
    units = pl.read_csv(folder / "truth_units.csv", infer_schema=False)
    shown = exports[-1].with_columns(unit=place["unit"]).join(units, on="unit")
    later = shown.filter(pl.col("申报编号").str.slice(8, 1) == "7")
    stated = later["所属地区"].str.split("/").list.last()
    elsewhere = later.filter(
        stated.is_in(units["county_name"].unique().implode()) & (stated != later["county_name"])
    )
    of_parent = later.filter(
        (pl.col("统一社会信用代码") == pl.col("parent_code")) & (pl.col("code") != pl.col("parent_code"))
    )
    assert len(later) > 500
    assert 0.02 < len(elsewhere) / len(later) < 0.12
    assert len(of_parent) > 0


def test_firms_are_founded_and_closed(made: SampleReport) -> None:
    folders = month_folders(made.out)
    truths = [read_truth(made.out, end.replace(month=end.month % 12 + 1, day=1, year=end.year + end.month // 12)) for end, _ in folders]  # fmt: skip
    sizes = [len(truth) for truth in truths]
    assert sizes == sorted(sizes)
    assert sizes[-1] - EMPLOYERS >= 60
    closed = [len(truth.filter(state="deregistered")) for truth in truths]
    assert closed == sorted(closed)
    assert 0.03 * EMPLOYERS < closed[-1] - closed[0] < 0.07 * EMPLOYERS


def test_nobody_files_after_closing(made: SampleReport, exports: list[pl.DataFrame]) -> None:
    """But for papers of the first export, which were there before."""
    folder = month_folders(made.out)[-1][1]
    place = pl.read_csv(folder / "truth.csv").filter(kind="declarations").sort("row_no")
    units = pl.read_csv(folder / "truth_units.csv", try_parse_dates=True)
    shown = exports[-1].with_columns(unit=place["unit"]).join(units, on="unit")
    later = shown.filter(
        (pl.col("申报编号").str.slice(8, 1) == "7") & pl.col("state").is_in(["deregistered", "stopped"])
    )
    month = pl.col("申报编号").str.slice(2, 6).str.to_integer()
    assert len(later) > 10
    assert later.filter(
        month > pl.col("state_on").dt.year().cast(pl.Int64) * 100 + pl.col("state_on").dt.month()
    ).is_empty()


def test_the_truth_is_beside_the_lists_and_not_in_them(made: SampleReport) -> None:
    for _, folder in month_folders(made.out):
        for path in folder.glob("*导出*.csv"):
            assert not re.search(r"\b[UV]\d{7}\b", path.read_text("utf-8-sig"))


def test_the_program_never_reads_the_truth() -> None:
    """Only the demo's clerks and the benchmarks do: no noun, rule, flow or task knows that there is a sample."""
    sources = [
        path for part in ("models", "notices", "flows", "tasks") for path in (ROOT / part).rglob("*.py")
        if "sample" not in path.relative_to(ROOT).parts
    ]  # fmt: skip
    assert len(sources) > 300
    assert not [path for path in sources if "tasks.sample" in path.read_text("utf-8")]
