"""The demo: a made-up city from its dirty files to one workbook per county, through the same steps as a real one."""

import os
import re
import shutil
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from operator import itemgetter
from pathlib import Path
from time import perf_counter
from typing import Any

from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from deployments.clerks import Clerks
from deployments.cli.output import console
from deployments.cli.target_words import county_row
from deployments.demo_index import write_demo_index
from deployments.replay import Replay
from deployments.replay_plan import FIRST_DAY, ISSUE_DAY, LAST_DAY
from deployments.replay_story import county_rows, write_story
from models import settings
from models.campaign import Campaign
from models.target import SnapshotKind
from tasks.campaigns import open_campaign
from tasks.county_workbooks import write_workbooks
from tasks.intake_files import ingest_one
from tasks.linking import link_declarations
from tasks.manifest import orders_of
from tasks.sample import SampleReport, make_sample
from tasks.sample.dice import Dice
from tasks.snapshots import freeze_lists
from tasks.targets import find_targets

CAMPAIGN = "liuzhou-2024-2025"
WHO = "演示"
MARK = "这是演示数据"


def run_demo(employers: int, seed: int, out: Path, *, quiet: bool = False) -> dict[str, Any]:
    """Run every step and say what came of it. Starts from nothing each time, in a database of its own."""
    home = _fresh_home()
    campaign = open_campaign(CAMPAIGN)
    spent: defaultdict[str, float] = defaultdict(float)
    with _steps(quiet, spent) as step:
        step("生成模拟数据", 5)
        made = make_sample(home / "sample", employers=employers, seed=seed, months=True)
        _take_in(home / "sample", campaign, step)
        step("申报与单位对号", 5)
        links = link_declarations(campaign)
        step(f"计算申报目标（截至 {ISSUE_DAY}）", 5)
        totals = find_targets(campaign, ISSUE_DAY)
        step("冻结下发清单", 5)
        frozen = freeze_lists(campaign, SnapshotKind.ISSUED, ISSUE_DAY, by=WHO)
        step("写出各县（区）清单", 10)
        files = write_workbooks(campaign, ISSUE_DAY, out)
        replay = _replay(campaign, home / "sample", out, seed, step)
        story = write_story(campaign, replay.story, out, LAST_DAY)
        index = write_demo_index(out)
        step("完成", 0)
    return {
        "counties": [county_row(total, campaign) for total in totals],
        "campaign": county_rows(campaign, LAST_DAY),
        "remarks": [
            *_remarks(made, links, len(frozen), files, out),
            f"行动回放：{story}",
            f"全部文件从这一页打开：{index}",
            f"用时（秒）：{_seconds(spent)}；其中回放：{_seconds(replay.spent)}",
        ],
        "files": [str(path) for path in [*files, story, index]],
        "dirt": vars(made.dirt),
    }


def _replay(campaign: Campaign, sample: Path, out: Path, seed: int, step: Any) -> Replay:
    """From the frozen lists on: what counties and city did, day by day."""
    clerks = Clerks(campaign, sample, out / "核对返回", Dice(seed, "replay"))
    replay = Replay(campaign, clerks, out)
    months = (LAST_DAY.year - FIRST_DAY.year) * 12 + LAST_DAY.month - FIRST_DAY.month + 1
    replay.run(lambda day: step(f"行动回放：{day:%Y-%m}", 45 / months) if day.day == 1 else None)
    return replay


def _take_in(folder: Path, campaign: Campaign, step: Any) -> None:
    orders = orders_of(folder, WHO)
    for number, order in enumerate(orders, start=1):
        step(f"导入 {number}/{len(orders)}：{order.path.name}", 20 / len(orders))
        ingest_one(order, campaign)


def _remarks(made: SampleReport, links: Any, frozen: int, files: list[Path], out: Path) -> list[str]:
    dirt = "，".join(f"{name} {share:.3f}" for name, share in vars(made.dirt).items())
    return [
        f"模拟城市：{made.employers} 家单位，{made.declarations} 条申报。数据毛病：{dirt}",
        f"对号：{links}",
        f"冻结清单 {frozen} 份；写出 {len(files)} 个文件，在 {out}/",
    ]


def _seconds(spent: defaultdict[str, float]) -> str:
    return "，".join(
        f"{work} {seconds:.0f}"
        for work, seconds in sorted(spent.items(), key=itemgetter(1), reverse=True)
        if work
    )


def _fresh_home() -> Path:
    """A home folder of the demo's own beside the real one; only a folder that carries our mark is ever emptied."""
    home = settings.get_settings().home / "demo"
    if (home / MARK).exists():
        shutil.rmtree(home)
    home.mkdir(parents=True, exist_ok=True)
    (home / MARK).touch()
    os.environ["YINGBAO_HOME"] = str(home)
    os.environ.pop("YINGBAO_DATABASE_URL", None)
    settings.get_settings.cache_clear()
    return home


@contextmanager
def _steps(quiet: bool, spent: defaultdict[str, float]) -> Iterator[Any]:
    """A progress display; each step is announced with its share of the whole, and timed under its first word."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=quiet) as progress:
        bar: TaskID = progress.add_task("开始", total=100)
        share, now, begun = 0.0, "", perf_counter()

        def step(what: str, percent: float) -> None:
            nonlocal share, now, begun
            spent[now] += perf_counter() - begun
            progress.update(bar, description=what, advance=share)
            share, now, begun = percent, re.split(r"[ （：]", what)[0], perf_counter()

        yield step
