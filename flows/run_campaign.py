"""From the lists that came in to the workbooks that go out, in one go. The same lists again change nothing.

On demand: after new lists have come in, or to see beforehand what they would do.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from prefect import State, flow, task
from prefect.artifacts import create_table_artifact
from pydantic import BaseModel, ConfigDict, Field

from flows.county_table import county_table
from flows.day import Day
from flows.failure_notice import tell_failure
from flows.track_deadlines import Request as TrackRequest
from flows.track_deadlines import track_deadlines
from models.campaign import Campaign
from models.clock import today
from models.target import SnapshotKind
from tasks.campaigns import open_campaign
from tasks.intake import Receipt
from tasks.intake_files import ingest_one
from tasks.linking import link_declarations
from tasks.manifest import orders_of
from tasks.once import unasked_counties, unfrozen_lists
from tasks.order import Order
from tasks.snapshots import counties_of, freeze_lists
from tasks.targets import find_targets
from tasks.verification import issue

store_file = task(name="store-file", task_run_name="store-{order.path.name}", retries=0)(ingest_one)
link = task(name="link-declarations", retries=0)(link_declarations)
compute = task(name="compute-targets", retries=0)(find_targets)
freeze = task(name="freeze-issued-list", retries=0)(freeze_lists)
ask = task(name="issue-verification", task_run_name="issue-{county}", retries=0)(issue)


class Request(BaseModel):
    """What a person fills in to start a run. A mistyped field is refused, never passed over."""

    model_config = ConfigDict(extra="forbid")

    folder: Path = Field(title="放名册和 manifest.csv 的文件夹")
    campaign: str = Field(default="liuzhou-2024-2025", title="行动")
    as_of: Day | None = Field(default=None, title="截至哪一天（默认今天）")
    out: Path = Field(default=Path("out/核对"), title="核对表写到哪个文件夹")
    by: str = Field(default="流程", title="经办人")
    dry_run: bool = Field(default=False, title="只演算不保存、不写文件")


@flow(name="run-campaign", on_failure=[tell_failure], on_crashed=[tell_failure])
def run_campaign(request: Request) -> list[State[Any]]:
    """Take in, link, count, freeze, ask the counties, track what they owe.

    A file that is refused stops the run before anything is computed: a list frozen without it would be wrong for good.
    A dry run tries each step on what is stored now; the later ones do not see what the files would bring.
    """
    campaign, day = open_campaign(request.campaign), request.as_of or today()
    orders = orders_of(request.folder, request.by, handed_in=today(), rehearse=request.dry_run)
    states: list[State[Any]] = [store_file(order, campaign, return_state=True) for order in orders]
    done = _stored(orders, states)
    if all(state.is_completed() for state in states):
        done += _compute(campaign, day, request)
        followed = track_deadlines(_tracking(day, request), return_state=True)
        states.append(followed)
        done.append(_line("期限跟踪", "已运行" if followed.is_completed() else followed.message))
    create_table_artifact(done, key="campaign-steps", description="演算" if request.dry_run else "结果")
    return states


def _compute(campaign: Campaign, day: date, request: Request) -> list[dict[str, Any]]:
    linked = link(campaign, rehearse=request.dry_run)
    totals = compute(campaign, day, rehearse=request.dry_run)
    create_table_artifact(county_table(totals), key="targets", description=f"截至 {day}")
    return [_line("对号", linked), _freeze(campaign, day, request), _ask(campaign, day, request)]


def _tracking(day: date, request: Request) -> TrackRequest:
    said = {"campaign": request.campaign, "out": request.out, "by": request.by, "dry_run": request.dry_run}
    return TrackRequest(as_of=day, **said)  # type: ignore[arg-type]


def _stored(orders: Sequence[Order], states: Sequence[State[Any]]) -> list[dict[str, Any]]:
    return [
        _line(f"导入 {order.path.name}", _receipts(state) if state.is_completed() else state.message)
        for order, state in zip(orders, states, strict=True)
    ]


def _receipts(state: State[list[Receipt]]) -> str:
    told = [
        "以前导入过" if one.seen_before else f"{one.rows} 行，新内容 {one.new}，问题 {one.problems}"
        for one in state.result()
    ]
    return "；".join(told)


def _freeze(campaign: Campaign, day: date, request: Request) -> dict[str, Any]:
    """Each list is frozen once, all of them together where none is yet; later runs find them frozen."""
    waiting = unfrozen_lists(campaign)
    if waiting and not request.dry_run:
        for county in [None] if waiting == counties_of(campaign) else list(waiting):
            freeze(campaign, SnapshotKind.ISSUED, day, by=request.by, county=county)
    return _line("冻结下发清单", _said(waiting, "冻结"))


def _ask(campaign: Campaign, day: date, request: Request) -> dict[str, Any]:
    waiting = unasked_counties(campaign)
    for county in [] if request.dry_run else list(waiting):
        ask(campaign, day, request.out, by=request.by, county=county)
    return _line("下发核对表", _said(waiting, "下发"))


def _said(counties: Mapping[str, str], act: str) -> str:
    return f"{act}：{'、'.join(counties.values())}" if counties else f"都已{act}，不再重复"


def _line(step: str, result: object) -> dict[str, Any]:
    return {"步骤": step, "结果": str(result)}
