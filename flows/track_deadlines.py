"""The day's work: what counties owe, units long stopped, the ladder as far as acts prove it, reminders (C18, C25, C30)."""

from datetime import date
from pathlib import Path
from typing import Any

from prefect import State, flow, task
from prefect.artifacts import create_table_artifact
from pydantic import BaseModel, ConfigDict, Field

from flows.day import Day
from flows.failure_notice import tell_failure
from models.clock import today
from models.rules.membership import check_day
from models.rules.offices import office_names
from tasks.campaigns import open_campaign
from tasks.deadlines import TickReport
from tasks.deadlines import tick as run_tick
from tasks.fieldwork.ladder import climb_by_acts
from tasks.outbox import deliver_waiting
from tasks.verification import issue_rechecks

ask_again = task(name="issue-rechecks", retries=0)(issue_rechecks)
tick = task(name="tick", retries=0)(run_tick)
climb = task(name="climb", retries=0)(climb_by_acts)
deliver = task(name="deliver", retries=0)(deliver_waiting)


class Request(BaseModel):
    """What a person fills in to start a run. A mistyped field is refused, never passed over."""

    model_config = ConfigDict(extra="forbid")

    campaign: str = Field(default="liuzhou-2024-2025", title="行动")
    as_of: Day | None = Field(default=None, title="哪一天（默认今天；漏掉的日子会补上）")
    out: Path = Field(default=Path("out/核对"), title="复核表写到哪个文件夹")
    by: str = Field(default="流程", title="经办人")
    dry_run: bool = Field(default=False, title="只演算不保存、不写文件、不发送")


@flow(name="track-deadlines", on_failure=[tell_failure], on_crashed=[tell_failure])
def track_deadlines(request: Request) -> list[State[Any]]:
    """Run again on the same day, it does nothing twice. A step that fails holds up none after it, and the run fails."""
    campaign, day = open_campaign(request.campaign), request.as_of or today()
    states: list[State[Any]] = []
    if not request.dry_run:
        check_day(day, today())
        states.append(ask_again(campaign, day, request.out, by=request.by, return_state=True))
    # never to the last rung: that is a person's decision (Q17)
    states.append(climb(campaign, day, by=request.by, rehearse=request.dry_run, return_state=True))
    ticked = tick(campaign, day, rehearse=request.dry_run, return_state=True)
    states.append(ticked)
    if ticked.is_completed():
        _show(ticked.result(), office_names(campaign), day, dry_run=request.dry_run)
    if not request.dry_run:
        states.append(deliver(return_state=True))
    return states


def _show(report: TickReport, names: dict[str, str], day: date, *, dry_run: bool) -> None:
    lines = [
        {"县（区）": names[one.county], "事项": one.name, "提醒": one.told} for one in report.reminders
    ] or [{"县（区）": "—", "事项": str(report), "提醒": "—"}]
    create_table_artifact(lines, key="deadlines", description=f"{'演算，' if dry_run else ''}{day}")
